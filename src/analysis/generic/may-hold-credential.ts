// The first and cheapest test of a generic match: do the words of its name name what its rule stands for?
import type { Match } from '../../model/match.ts';
import type { RuleMatcher } from '../../model/rule.ts';
import { findNameAround } from '../candidate.ts';
import type { NameKind } from './name.ts';
import { readName } from './name.ts';

/** The kind of name that each rule stands for. Rules that are not listed read no name. */
const KIND_OF_RULE: ReadonlyMap<string, NameKind> = new Map([
  ['generic-password', 'password'],
  ['generic-secret', 'secret'],
  ['generic-token', 'token'],
  ['generic-api-key', 'key'],
  ['generic-credential', 'credential'],
  ['generic-salt', 'salt'],
]);

/**
 * False for `monkey`, `tokenizer` and other names that only hold the letters of a keyword, where the last word
 * that names a credential is another rule's, as in `password_salt`, and where code assigns a variable or a
 * number: `key = other`; and for what `basic` and `bearer` are adjectives of. Such a match is no slot of any kind, and
 * most matches in code are such.
 */
export function mayHoldCredential(
  rule: RuleMatcher,
  { span, secretSpan, secret }: Match,
  { bytes, isCode }: { bytes: Uint8Array; isCode: boolean },
): boolean {
  if (rule.shape !== 'generic') return true;
  if (rule.id === 'generic-authorization-header') return !WORD.test(secret);
  const kind = KIND_OF_RULE.get(rule.id);
  if (kind === undefined) return true;
  if (isCode && IDENTIFIER.test(secret) && isBare(bytes, span.start, secretSpan.start)) return false;
  const name = findNameAround(bytes, { start: span.start, end: secretSpan.start });
  return readName(decode(bytes, name.start, name.end)).kind === kind;
}

/** What `basic` and `bearer` stand before in prose. */
const WORD = /^[a-z]{1,24}[.,]?$/;
const IDENTIFIER = /^(?:[A-Za-z_]\w{0,80}|\d{1,10}|0x[0-9A-Fa-f]{1,8})$/;
const MAX_LINE_BYTES = 200;

/** Is there no quote and no comment between the beginning of the line and the value? */
function isBare(bytes: Uint8Array, start: number, end: number): boolean {
  const floor = Math.max(0, start - MAX_LINE_BYTES);
  for (let at = end - 1; at >= floor; at--) {
    const byte = bytes[at]!;
    if (byte === 0x0a && at < start) return true;
    if (MARKS.has(byte)) return false;
  }
  return true;
}

/** Quotes, and what comments begin with: `#`, `/`, `*`, `;`. */
const MARKS: ReadonlySet<number> = new Set([...`"'\`#/*;`].map((mark) => mark.charCodeAt(0)));

function decode(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
}
