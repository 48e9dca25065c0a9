// A candidate → what is hidden in output, and what is shown instead.
import type { Codec, Match, Span } from '../model/match.ts';
import { redact } from '../model/redact.ts';
import type { RuleShape } from '../model/rule.ts';
import type { AnalysisSettings } from './analysis-settings.ts';
import type { Candidate } from './candidate.ts';
import type { Redaction } from './known-secrets.ts';
import { listSpellings } from './spellings.ts';

/** Makes the redactions of one text. */
export type Redactor = (candidate: Candidate) => Redaction;

export function createRedactor({ bytes }: { bytes: Uint8Array }, settings: AnalysisSettings): Redactor {
  const findRun = createRunFinder(bytes);
  const made = new Map<Candidate, Redaction>();
  const redactOne: Redactor = (candidate) => {
    const { match, value } = candidate;
    const shown = show(candidate, settings);
    const { start, end } = match.secretSpan;
    if (shown === value) return { start, end, shown, value, spellings: [] };
    const spellings = listSpellings(value);
    if (match.decodedBy.length > 0) {
      const run = findRun(match);
      return { start: run.start, end: run.end, shown, value, spellings };
    }
    const stringEnd = findStringEnd(bytes, candidate);
    if (stringEnd === end) return { start, end, shown, value, spellings };
    const whole = value + Buffer.from(bytes.buffer, bytes.byteOffset + end, stringEnd - end).toString('utf8');
    return { start, end: stringEnd, shown, value, spellings: [...spellings, whole, ...listSpellings(whole)] };
  };
  return (candidate) => {
    const redaction = made.get(candidate) ?? redactOne(candidate);
    made.set(candidate, redaction);
    return redaction;
  };
}

export function show(candidate: Candidate, { showSecrets }: AnalysisSettings): string {
  return showSecrets || isNoSecret(candidate)
    ? candidate.value
    : redact(candidate.value, publicPrefixOf(candidate));
}

/** What a posture rule captures is a reference, or something that its pattern spells out. */
function isNoSecret({ rule, storage }: Candidate): boolean {
  if (rule.kind !== 'posture') return false;
  return rule.posture?.shown === true || (storage !== undefined && storage.fallback === undefined);
}

const NAMING_SHAPES: ReadonlySet<RuleShape> = new Set<RuleShape>(['prefixed', 'structured']);

/** The part of a token that its format fixes: the longest keyword with which it begins. */
function publicPrefixOf({ rule, value }: Candidate): string {
  if (!NAMING_SHAPES.has(rule.shape)) return '';
  const lower = value.slice(0, 256).toLowerCase();
  const length = Math.max(
    0,
    ...rule.keywords.map((keyword) => (lower.startsWith(keyword.toLowerCase()) ? keyword.length : 0)),
  );
  return value.slice(0, length);
}

/** Characters of encoded text beside letters and digits, whatever the codec: base64 may stand in a string with `\n`. */
const SOLID = '+/_-\\';
/** What a codec writes beside these. */
const SIGNS: Readonly<Partial<Record<Codec, string>>> = {
  base64: '',
  hex: '',
  percent: '%',
  escape: '{}',
  html: '&#;',
  'quoted-printable': '=',
};

/**
 * Encoded text around a secret may be another one that nobody has decoded: all of the run is hidden, as far as it
 * stands on the lines of the secret.
 */
function createRunFinder(bytes: Uint8Array): (match: Match) => Span {
  // Many secrets may stand in one long run, and come in order.
  let last = { start: 0, end: 0, signs: '' };
  return ({ decodedBy, secretSpan }) => {
    const parts = decodedBy.flatMap((codec) => SIGNS[codec] ?? []);
    const signs = parts.join('');
    if (parts.length === 0) return secretSpan;
    if (signs === last.signs && secretSpan.start >= last.start && secretSpan.end <= last.end) return last;
    const isRun = createByteTest(SOLID + signs);
    let { start, end } = secretSpan;
    while (start > 0 && isRun(bytes[start - 1]!)) start--;
    while (end < bytes.length && (isRun(bytes[end]!) || bytes[end] === PADDING)) end++;
    last = { start, end: withoutBackslash(bytes, secretSpan.end, end), signs };
    return last;
  };
}

const PADDING = 0x3d;
const BACKSLASH = 0x5c;

function createByteTest(signs: string): (byte: number) => boolean {
  const codes = new Set(Buffer.from(signs, 'latin1'));
  return (byte) => {
    const letter = byte | 0x20;
    return (letter >= 0x61 && letter <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || codes.has(byte);
  };
}

/** The one before a quote is no part of the run. */
function withoutBackslash(bytes: Uint8Array, floor: number, offset: number): number {
  let end = offset;
  while (end > floor && bytes[end - 1] === BACKSLASH) end--;
  return end;
}

/** Strings that are not closed within this many bytes are hidden as far. */
const MAX_STRING_BYTES = 1024;

/**
 * What may follow a capture in its string: an escaped or a doubled quote, and then anything up to the end. A string that
 * the line does not close was closed before: there a backslash escapes nothing.
 */
const REST_OF_STRING: ReadonlyMap<string, RegExp> = new Map(
  ['"', "'", '`'].map((quote) => {
    const pair = `\\\\[^\\r\\n]|${quote}${quote}`;
    return [quote, new RegExp(`^(?=\\\\?${quote}[^])(?:${pair}|[^${quote}\\\\\\r\\n])+(?=${quote}|$)`)];
  }),
);

/** Behind the string in which a secret stands where it goes on beyond the capture. */
function findStringEnd(bytes: Uint8Array, { match, quote }: Candidate): number {
  const { start, end } = match.secretSpan;
  const before = bytes[start - 2];
  // Within another string the first escaped quote ends it; behind three quotes nobody doubles one.
  if (before === BACKSLASH || before === quote.charCodeAt(0)) return end;
  const from = bytes[end - 1] === BACKSLASH ? end - 1 : end;
  const length = Math.min(bytes.length - from, MAX_STRING_BYTES);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, length).toString('latin1');
  const rest = REST_OF_STRING.get(quote)?.exec(text)?.[0] ?? '';
  const isClosed = rest.length < text.length || length === MAX_STRING_BYTES;
  return isClosed ? Math.max(end, from + rest.length) : end;
}
