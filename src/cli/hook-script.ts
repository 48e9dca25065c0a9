// The scripts that git runs: known again by all that stands in them, and sure to fail where nhi-scan is not there.
import { createHash } from 'node:crypto';

export const HOOK_TYPES = ['pre-commit', 'pre-push', 'pre-receive'] as const;
export type HookType = (typeof HOOK_TYPES)[number];

/** The folder in which an earlier hook keeps its name, for one that asks what it is called. */
export const EARLIER_FOLDER = 'nhi-scan-before';

/** Its name where it stays in its folder, for one that looks for files beside itself. */
export function earlierHookName(type: HookType): string {
  return `${type}.before-nhi-scan`;
}

export interface Program {
  /** Absolute paths of node and of nhi-scan. */
  readonly node: string;
  readonly script: string;
}

const START = `#!/bin/sh
# nhi-scan hook: 'nhi-scan hook uninstall' removes it and puts back the hook that was here before.
`;

/** Reads what git says there, which the earlier hook and the scan are both told. */
const READ_INPUT: Readonly<Record<HookType, string>> = {
  'pre-commit': 'input=',
  'pre-push': 'input=$(cat) || exit 1',
  'pre-receive': 'input=$(cat) || exit 1',
};

/** A hook of its own: runs the earlier one, then the scan. */
export function createHookScript(type: HookType, { node, script }: Program): string {
  return `${START}${READ_INPUT[type]}
tell() {
  [ -z "$input" ] || printf '%s\\n' "$input"
}
folder=$(dirname -- "$0")
for earlier in "$folder/${EARLIER_FOLDER}/${type}" "$folder/${earlierHookName(type)}"; do
  if [ -x "$earlier" ]; then
    tell | "$earlier" "$@" || exit $?
  fi
done
${type === 'pre-push' ? '[ -n "$input" ] || exit 0 # All is up to date.\n' : ''}node=${quote(node)}
program=${quote(script)}
if [ -x "$node" ] && [ -f "$program" ]; then
  tell | "$node" "$program" hook run ${type} "$@"
elif command -v nhi-scan >/dev/null 2>&1; then
  tell | nhi-scan hook run ${type} "$@"
else
  echo "nhi-scan: not found, so nothing was scanned. Install it, or run 'git ${verbOf(type)} --no-verify'." >&2
  exit 1
fi
`;
}

function verbOf(type: HookType): string {
  return type === 'pre-push' ? 'push' : 'commit';
}

/** For the shell: as it is, whatever it holds. */
function quote(text: string): string {
  return `'${text.replaceAll('\\', '/').replaceAll("'", `'\\''`)}'`;
}

/** Scripts that earlier versions wrote, as `hashOf` has them. */
const EARLIER_VERSIONS: ReadonlySet<string> = new Set([
  '28c9232d1042664b8d70252a7b6144f93520548fe11ab8e950c0934369a9eb9c',
  'e0b1495b9c5ada9b0bea2416b6ed7a008b492b33f03a9e06fce6ebc1ba772ffa',
  'f9437e328d0073177e3a3b0a86a4113739568b33c82c2103987cd9331fefac2e',
]);

/** `changed`: it was ours, and holds something that another has written. */
export function recognizeScript(written: string, type: HookType): 'ours' | 'changed' | 'other' {
  // A folder of hooks in the work tree gets the line ends that git is set to.
  const text = written.replaceAll('\r\n', '\n');
  const hash = hashOf(text);
  const isOurs = hash === hashOf(createHookScript(type, { node: '', script: '' }));
  if (isOurs || EARLIER_VERSIONS.has(hash)) return 'ours';
  return text.startsWith(START) ? 'changed' : 'other';
}

/** The same on every machine. */
function hashOf(text: string): string {
  const shape = text.replaceAll(/^(node|program)=.*$/gm, '$1=');
  return createHash('sha256').update(shape).digest('hex');
}
