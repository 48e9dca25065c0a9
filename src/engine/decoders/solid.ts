// Base64 and hexadecimal: runs in which every character is part of the encoding.
import { BASE64_VALUES, HEX_VALUES, NO_DIGIT } from './digits.ts';
import type { Decode } from './output.ts';
import { put } from './output.ts';

/** A line at least this long goes on in the next one: mail breaks at 76, PEM at 64, some tools at 60. */
const MIN_WRAPPED_LINE = 40;
const MAX_INDENT = 32;
const LF = 0x0a;
const CR = 0x0d;
const TAB = 0x09;
const SPACE = 0x20;
const PADDING = 0x3d;
/** What may stand behind the last line. */
const CLOSING: ReadonlySet<number> = new Set(Buffer.from('"\'`<\\),;]}'));

/** RFC 4648, both alphabets, with or without padding. */
function createBase64Decoder(joinsLines: boolean): Decode {
  return (source, { from, end }, output) => {
    let at = from;
    let lineStart = joinsLines ? findLineStart(source, from) : from;
    let bits = 0;
    let count = 0;
    let firstAt = from;
    while (at < end) {
      const value = BASE64_VALUES[source[at]!]!;
      if (value === NO_DIGIT) {
        const isLong = at - lineStart >= MIN_WRAPPED_LINE;
        const next = joinsLines && isLong ? nextLine(source, at, end) : at;
        if (next === at) break;
        at = lineStart = next;
        continue;
      }
      bits = ((bits << 6) | value) & 0xffffff;
      count++;
      if (count % 4 !== 1) {
        if (output.at === output.limit) return { stop: firstAt, isFull: true };
        output.from = firstAt;
        output.to = at + 1;
        put(output, (bits >> SPARE_BITS[count % 4]!) & 0xff);
      }
      firstAt = at++;
    }
    return { stop: at, isFull: false };
  };
}

/** A run may be taken up within a line: what has been read of it counts as well. */
function findLineStart(source: Uint8Array, from: number): number {
  let start = from;
  while (start > 0 && from - start < MIN_WRAPPED_LINE && BASE64_VALUES[source[start - 1]!] !== NO_DIGIT)
    start--;
  return start;
}

/** In one line. */
export const decodeBase64: Decode = createBase64Decoder(false);

export const decodeWrappedBase64: Decode = createBase64Decoder(true);

/** Bits of the last character that belong to the next byte, by characters read modulo 4. */
const SPARE_BITS: readonly number[] = [0, 0, 4, 2];

/** Where the run goes on behind the line that ends at `at`; `at` where it does not. */
function nextLine(source: Uint8Array, at: number, end: number): number {
  let next = at;
  if (source[next] === CR) next++;
  if (next < end && source[next] === LF) next++;
  if (next === at) return at;
  const limit = Math.min(end, next + MAX_INDENT);
  while (next < limit && (source[next] === SPACE || source[next] === TAB)) next++;
  return next < end && endsAsText(source, next, end) ? next : at;
}

/** A line of a wrapped text is nothing but text, up to its end or a closing sign: no name to which a value is given. */
function endsAsText(source: Uint8Array, from: number, end: number): boolean {
  let at = endOfBase64(source, from, end);
  if (at === from) return false;
  while (at < end && source[at] === PADDING) at++;
  return at >= end || source[at]! <= SPACE || CLOSING.has(source[at]!);
}

export function endOfBase64(source: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && BASE64_VALUES[source[at]!] !== NO_DIGIT) at++;
  return at;
}

/** Does what begins at `at`, in a line that ends at `lineEnd`, go on in the next one? */
export function isWrapped(
  source: Uint8Array,
  { at, lineEnd, end }: { at: number; lineEnd: number; end: number },
): boolean {
  return lineEnd - at >= MIN_WRAPPED_LINE && nextLine(source, lineEnd, end) !== lineEnd;
}

export const decodeHex: Decode = (source, { from, end }, output) => {
  let at = from;
  for (; at + 1 < end; at += 2) {
    const high = HEX_VALUES[source[at]!]!;
    const low = HEX_VALUES[source[at + 1]!]!;
    if (high === NO_DIGIT || low === NO_DIGIT) return { stop: at, isFull: false };
    if (output.at === output.limit) return { stop: at, isFull: true };
    output.from = at;
    output.to = at + 2;
    put(output, (high << 4) | low);
  }
  return { stop: end, isFull: false };
};
