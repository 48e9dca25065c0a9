// A match with what its surroundings say of it: the material that the checks judge.
import type { Provenance } from '../model/blob.ts';
import { displayPath } from '../model/blob.ts';
import type { Place } from '../model/finding.ts';
import type { Match, Span } from '../model/match.ts';
import type { RuleMatcher } from '../model/rule.ts';
import type { ChunkOrigin } from './line-tracker.ts';
import type { Literal } from './storage/match-references.ts';
import type { Classification } from './storage/classify-value.ts';
import { classifyValue } from './storage/classify-value.ts';
import type { ReferenceCatalogue } from './storage/reference-index.ts';
import type { FindKeywords } from './storage/text-keywords.ts';
import type { TextReader } from './text-reader.ts';

/** The bytes that matches point into: a whole file, or one chunk of it. */
export interface ScannedText {
  readonly provenance: Provenance;
  readonly bytes: Uint8Array;
  readonly origin: ChunkOrigin;
  readonly place: Place;
}

export interface Candidate {
  readonly rule: RuleMatcher;
  readonly match: Match;
  readonly text: ScannedText;
  readonly path: string;
  /** The secret as text, decoded from UTF-8. */
  readonly value: string;
  /** The name that the value is assigned to, or the empty string. */
  readonly keyName: string;
  /** The quote around the value, or the empty string. */
  readonly quote: string;
  /** Latin1 text of the value's line, at most `MAX_LINE_BYTES` on either side of the value. */
  readonly line: string;
  /** Where the value begins in `line`. */
  readonly valueStart: number;
  /** How the value is stored, as far as it says so itself. Absent for a literal. */
  readonly storage: Classification | undefined;
  /** The same value as a generic rule sees it, whose score says more than a rule that is not sure. */
  readonly second: Candidate | undefined;
  /** Path of the key in a structured file; known for what is reported or counted. */
  readonly keyPath: string | undefined;
}

const MAX_LINE_BYTES = 1024;

/** The name and the operator before a value, read from right to left within a line. */
const ASSIGNED_NAME =
  /([A-Za-z_$][\w.$-]{0,80})\\?["'`]?\]?\)?(?:\s?:\s?[A-Za-z][\w.]{0,20}(?=\s?=))?\s{0,8}(?:=>|:=|[:=]=?|<-|,|\(|>|\s)\s{0,8}(?:[bBfFrRuU@$]{0,2}\\?["'`]{0,3})?(?:(?:Bearer|Basic|Token|token|bearer|basic)\s)?$/;

interface CandidateParts {
  readonly rule: RuleMatcher;
  readonly catalogue: ReferenceCatalogue;
  readonly reader: TextReader;
}

function onLine(findKeywords: FindKeywords, lineStart: number): FindKeywords {
  return (start, end) =>
    findKeywords(start + lineStart, end + lineStart).map(({ reference, at }) => ({
      reference,
      at: at - lineStart,
    }));
}

/** Where a match stands, and what its value says of how it is stored. A literal beside a reference is a value of its own. */
export function createCandidate(
  text: ScannedText,
  match: Match,
  { rule, catalogue, reader }: CandidateParts,
): Candidate {
  const candidate = situate(text, match, { rule, reader });
  const { path, line, valueStart } = candidate;
  // A slot begins with the name of the credential; nearer the value may stand that of a reference: `secure:`.
  const keyName = (rule.kind === 'slot' ? nearestName(line, valueStart) : undefined) ?? candidate.keyName;
  const lineStart = match.secretSpan.start - valueStart;
  const findKeywords = onLine(reader.findKeywords, lineStart);
  const storage = classifyValue(
    { value: match.secret, keyName, line, valueStart, path, place: text.place, findKeywords },
    catalogue,
  );
  if (!storage) return candidate;
  return {
    ...(storage.fallback
      ? situate(text, narrow(match, candidate, storage.fallback), { rule, reader })
      : candidate),
    storage,
  };
}

function situate(
  text: ScannedText,
  match: Match,
  { rule, reader }: Pick<CandidateParts, 'rule' | 'reader'>,
): Candidate {
  const bytes = Buffer.from(text.bytes.buffer, text.bytes.byteOffset, text.bytes.byteLength);
  const { start, end } = match.secretSpan;
  const around = lineAround(bytes, { start, end });
  const line = reader.latin1(around.start, around.end);
  const valueStart = start - around.start;
  const before = line.slice(Math.max(0, valueStart - 200), valueStart);
  return {
    rule,
    match,
    text,
    path: displayPath(text.provenance),
    value: Buffer.from(match.secret, 'latin1').toString('utf8'),
    keyName: (rule.assigned ? undefined : ASSIGNED_NAME.exec(before)?.[1]) ?? readOwnName(bytes, match),
    quote: /["'`]$/.exec(before)?.[0] ?? '',
    line,
    valueStart,
    storage: undefined,
    second: undefined,
    keyPath: undefined,
  };
}

function nearestName(line: string, valueStart: number): string | undefined {
  return ASSIGNED_NAME.exec(line.slice(Math.max(0, valueStart - 200), valueStart))?.[1];
}

/** The match, with the literal as its secret. */
function narrow(match: Match, { valueStart }: Candidate, literal: Literal): Match {
  const lineStart = match.secretSpan.start - valueStart;
  const secretSpan = { start: lineStart + literal.start, end: lineStart + literal.end };
  return { ...match, secret: literal.value, secretSpan };
}

/** The line, or lines, of a span, as far as they are looked at. */
export function lineAround(bytes: Uint8Array, { start, end }: Span): Span {
  return { start: findLineStart(bytes, start), end: findLineEnd(bytes, end) };
}

function findLineStart(bytes: Uint8Array, offset: number): number {
  const floor = Math.max(0, offset - MAX_LINE_BYTES);
  let at = offset;
  while (at > floor && bytes[at - 1] !== 0x0a && bytes[at - 1] !== 0x0d) at--;
  return at;
}

function findLineEnd(bytes: Uint8Array, offset: number): number {
  const ceiling = Math.min(bytes.length, offset + MAX_LINE_BYTES);
  let at = offset;
  while (at < ceiling && bytes[at] !== 0x0a && bytes[at] !== 0x0d) at++;
  return at;
}

/** A match that begins with a name (`db_password: …`) has it at its own beginning. */
function readOwnName(bytes: Buffer, match: Match): string {
  const { span, secretSpan } = match;
  if (span.start === secretSpan.start) return '';
  const name = findNameAround(bytes, { start: span.start, end: secretSpan.start });
  return bytes.toString('latin1', name.start, name.end);
}

const MAX_NAME_SIDE_BYTES = 64;

/** The name around the beginning of `range`: to its left as far as it goes, to its right within the range. */
export function findNameAround(bytes: Uint8Array, { start, end }: Span): Span {
  let from = start;
  const floor = Math.max(0, start - MAX_NAME_SIDE_BYTES);
  while (from > floor && isNameByte(bytes[from - 1]!)) from--;
  let to = start;
  const ceiling = Math.min(end, start + MAX_NAME_SIDE_BYTES);
  while (to < ceiling && isNameByte(bytes[to]!)) to++;
  return { start: from, end: to };
}

/** Letters, digits, `_`, `.`, `$` and `-`. */
function isNameByte(byte: number): boolean {
  const letter = byte | 0x20;
  if (letter >= 0x61 && letter <= 0x7a) return true;
  return (byte >= 0x30 && byte <= 0x39) || byte === 0x5f || byte === 0x2e || byte === 0x24 || byte === 0x2d;
}
