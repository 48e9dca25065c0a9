// Base64 and hexadecimal: runs in which every character is part of the encoding.
import { BASE64_VALUES, HEX_VALUES, NO_DIGIT } from './digits.ts';
import type { Decode } from './output.ts';
import { put } from './output.ts';

/** A line at least this long goes on in the next one: mail breaks at 76, PEM at 64, some tools at 60. */
const MIN_WRAPPED_LINE = 40;
const MAX_INDENT = 32;

/** RFC 4648, both alphabets, with or without padding, over several lines. */
export const decodeBase64: Decode = (source, { from, end }, output) => {
  let at = from;
  let lineStart = from;
  let bits = 0;
  let count = 0;
  let firstAt = from;
  while (at < end) {
    const value = BASE64_VALUES[source[at]!]!;
    if (value === NO_DIGIT) {
      const next = at - lineStart >= MIN_WRAPPED_LINE ? nextLine(source, at, end) : at;
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

/** Bits of the last character that belong to the next byte, by characters read modulo 4. */
const SPARE_BITS: readonly number[] = [0, 0, 4, 2];

/** Where the run goes on behind the end of a line; `at` where it does not. */
function nextLine(source: Uint8Array, at: number, end: number): number {
  let next = at;
  if (source[next] === 0x0d) next++;
  if (next < end && source[next] === 0x0a) next++;
  if (next === at) return at;
  const limit = Math.min(end, next + MAX_INDENT);
  while (next < limit && (source[next] === 0x20 || source[next] === 0x09)) next++;
  return next < end && BASE64_VALUES[source[next]!] !== NO_DIGIT ? next : at;
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
