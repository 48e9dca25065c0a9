// The scripts that git runs: found again by their first lines, and sure to fail where nhi-scan is not there.

export const HOOK_TYPES = ['pre-commit', 'pre-push', 'pre-receive'] as const;
export type HookType = (typeof HOOK_TYPES)[number];

const MARK = '# nhi-scan hook';

/** What an earlier hook is renamed to; it still runs, and first. */
export function earlierHookName(type: HookType): string {
  return `${type}.before-nhi-scan`;
}

export function isOurScript(text: string): boolean {
  return text.includes(MARK);
}

export interface Program {
  /** Absolute paths of node and of nhi-scan. */
  readonly node: string;
  readonly script: string;
}

/** A hook of its own: runs the earlier one, then the scan. Both read what git hands over on standard input. */
export function createHookScript(type: HookType, { node, script }: Program): string {
  return `#!/bin/sh
${MARK}: 'nhi-scan hook uninstall' removes it and puts back the hook that was here before.
input=
case ${type} in pre-commit) ;; *) input=$(cat) ;; esac
earlier=$(dirname -- "$0")/${earlierHookName(type)}
if [ -x "$earlier" ]; then
  printf '%s\\n' "$input" | "$earlier" "$@" || exit $?
fi
node=${quote(node)}
program=${quote(script)}
if [ -x "$node" ] && [ -f "$program" ]; then
  printf '%s\\n' "$input" | "$node" "$program" hook run ${type} "$@"
elif command -v nhi-scan >/dev/null 2>&1; then
  printf '%s\\n' "$input" | nhi-scan hook run ${type} "$@"
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

const BLOCK = /# nhi-scan hook\n[^\n]*\n# end of nhi-scan hook\n/;

/** For a script that a team shares: nothing in it is of one machine. */
export function addBlock(text: string, type: HookType): string {
  if (BLOCK.test(text)) return text;
  const head = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return `${head}${MARK}\nnpx --no-install nhi-scan hook run ${type} "$@" || exit $?\n# end of nhi-scan hook\n`;
}

export function removeBlock(text: string): string {
  return text.replace(BLOCK, '');
}
