// The first and cheapest test of a generic match: do the words of its name name what its rule stands for?
import type { Match, Span } from '../../model/match.ts';
import type { RuleMatcher } from '../../model/rule.ts';
import { findNameAround } from '../candidate.ts';
import type { NameKind } from './name.ts';
import { readName } from './name.ts';
import { PRINTED } from './syntax-reasons.ts';

/** The kind of name that each rule stands for. Rules that are not listed read no name. */
const KIND_OF_RULE: ReadonlyMap<string, NameKind> = new Map([
  ['generic-password', 'password'],
  ['generic-password-translated', 'password'],
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
  if (isCode && isPlainCode(secret, bytes, { start: span.start, end: secretSpan.start })) return false;
  const name = findNameAround(bytes, { start: span.start, end: secretSpan.start });
  return readName(decode(bytes, name.start, name.end)).kind === kind;
}

/** What `basic` and `bearer` stand before in prose. */
const WORD = /^[a-z]{1,24}[.,]?$/;
/** A name or a number: a value in a comment, but not where nothing begins one. */
const IDENTIFIER = /^(?:[A-Za-z_]\w{0,80}|\d{1,10}|0x[0-9A-Fa-f]{1,8})$/;
/** Names, words of a sentence and what is printed with numbers: no value in a comment either. */
const NAMES =
  /^[*&!-]?[A-Za-z_]+(?:(?:->|[.|:])[A-Za-z_]+){0,5}[.,;:)]{0,3}$|^(?:0x)?%\d{0,3}l{0,2}[a-z][.,;:)]{0,3}$|^#\w+$/;
/** More words than a passphrase has. */
const SENTENCE = /^(?:[^\s]{1,40} ){7}/;
/** What a string of bytes is written as. */
const BYTES = /^(?:\\x[0-9A-Fa-f]{2})+$/;
const MAX_LINE_BYTES = 200;

/** Does program code stand in the place of the value, not a literal? `range` is what stands before it, from its name on. */
function isPlainCode(secret: string, bytes: Uint8Array, range: Span): boolean {
  if (BYTES.test(secret) || PRINTED.test(secret) || SENTENCE.test(secret)) return true;
  if (IDENTIFIER.test(secret) && !holdsMark(LITERALS, bytes, range)) return true;
  return NAMES.test(secret) && !holdsMark(QUOTES, bytes, range);
}

/** Does one of the marks stand between the beginning of the line and the end of the range? */
function holdsMark(marks: ReadonlySet<number>, bytes: Uint8Array, { start, end }: Span): boolean {
  const floor = Math.max(0, start - MAX_LINE_BYTES);
  for (let at = end - 1; at >= floor; at--) {
    const byte = bytes[at]!;
    if (byte === 0x0a && at < start) return false;
    if (marks.has(byte)) return true;
  }
  return false;
}

const QUOTES: ReadonlySet<number> = new Set([...`"'\``].map((mark) => mark.charCodeAt(0)));
/** Quotes, and what comments begin with: `#`, `/`, `*`, `;`. */
const LITERALS: ReadonlySet<number> = new Set([...QUOTES, ...[...'#/*;'].map((mark) => mark.charCodeAt(0))]);

function decode(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
}
