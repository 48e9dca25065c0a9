// Rules that know a file by its name and say how its content begins: keys and ciphertext without any keyword.
import type { Match } from '../model/match.ts';
import type { RuleMatcher } from '../model/rule.ts';
import { splitPath } from './place/file-name.ts';
import type { PathTable } from './place/path-table.ts';
import { createPathTable } from './place/path-table.ts';

export interface FileRules {
  /** Whether a rule knows the file, so that it is analysed although no keyword stands in it. */
  knows(path: string): boolean;
  /** The rule that knows the file. */
  find(path: string): RuleMatcher | undefined;
  /** At most one match: of the first rule, in order of id, that knows the file. */
  match(path: string, bytes: Uint8Array): Match[];
}

/** The patterns see no more of a file. */
const MAX_HEAD_BYTES = 64 * 1024;

export function createFileRules(rules: readonly RuleMatcher[]): FileRules {
  const table: PathTable<RuleMatcher> = createPathTable(
    rules.flatMap((rule) => (rule.files ? [[rule, rule.files.join(' ').toLowerCase()] as const] : [])),
  );
  const look = (path: string): RuleMatcher | undefined => table(...splitPath(path));
  // Each is asked for several times, one after another; in history, for each of its versions.
  let last: { readonly path: string; readonly rule: RuleMatcher | undefined } | undefined;
  const find = (path: string): RuleMatcher | undefined => {
    if (last?.path !== path) last = { path, rule: look(path) };
    return last.rule;
  };
  return {
    find,
    knows: (path) => find(path) !== undefined,
    match: (path, bytes) => {
      const rule = find(path);
      return rule ? matchHead(rule, bytes) : [];
    },
  };
}

function matchHead(rule: RuleMatcher, { buffer, byteOffset, byteLength }: Uint8Array): Match[] {
  const head = Buffer.from(buffer, byteOffset, Math.min(byteLength, MAX_HEAD_BYTES)).toString('latin1');
  const found = new RegExp(rule.pattern, rule.ignoreCase ? 'dyi' : 'dy').exec(head);
  const range = found?.indices?.groups?.['secret'];
  if (!found || !range) return [];
  const [start, end] = range;
  return [
    {
      ruleId: rule.id,
      span: { start: found.index, end: found.index + found[0].length },
      secretSpan: { start, end },
      secret: head.slice(start, end),
      captures: {},
      decodedBy: [],
    },
  ];
}
