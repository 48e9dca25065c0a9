// The literal that code falls back on where a read gives nothing: `config.get('token') || "…"`, `… if … else "…"`.
import type { Span } from '../../model/match.ts';
import { countOpaque } from './readability.ts';

const QUOTED = '[brfu@$]{0,2}(?<quote>["\'`])(?<fallback>[^"\'`\\r\\n]{1,200})\\k<quote>';
/** What is left of the read, then an operator that stands in for its absence. */
const BEHIND_OPERATOR = new RegExp(
  '(?:\\([^()\\r\\n]{0,80}\\)|["\']?,\\s?(?:None|null|nil|undefined)\\s?)?[)\\]}!]{0,3}' +
    '(?:\\sas\\s\\w{1,10}|\\sif\\s[^\\r\\n]{1,80}\\selse)?\\s{0,3}' +
    `(?:\\|\\||\\?\\?|\\?:|(?<=\\s)or|(?<=\\selse\\s?))\\s{0,3}${QUOTED}`,
  'dy',
);
/** The second argument of the read. */
const AS_ARGUMENT = new RegExp(
  `\\(?(?:["'][^"'\\r\\n]{1,80}["'])?["']?\\s{0,2},\\s{0,3}(?:default\\s?=\\s?)?${QUOTED}\\s?\\)`,
  'dy',
);
/** An argument with fewer opaque characters may name a version or a field. */
const MIN_OPAQUE = 6;

/** The literal behind a reference that ends at `end`, and where in `line` it stands. */
export function findLiteralBeside(line: string, end: number): (Span & { value: string }) | undefined {
  const behind = matchAt(BEHIND_OPERATOR, line, end);
  if (behind) return behind;
  const argument = matchAt(AS_ARGUMENT, line, end);
  return argument && countOpaque(argument.value) >= MIN_OPAQUE ? argument : undefined;
}

function matchAt(pattern: RegExp, line: string, at: number): (Span & { value: string }) | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(line);
  const range = found?.indices?.groups?.['fallback'];
  return range && { value: found!.groups!['fallback']!, start: range[0], end: range[1] };
}
