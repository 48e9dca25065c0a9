// Base64 → bits, the lowest of each byte first, as deflate has them. Lines and strings into which it was broken are joined.
import { BASE64_VALUES, NO_DIGIT } from '../digits.ts';

/** Thrown where the text ends, or something else stands in it. */
export const INPUT_END: Error = new Error('the input ends');

export interface Bits {
  source: Uint8Array;
  end: number;
  /** Offset of the next character. */
  at: number;
  /** Offset of the last character that was read. */
  lastAt: number;
  /** Bits of characters that make no whole byte yet: the lowest of `group`. */
  group: number;
  groupBits: number;
  /** Bits of bytes that were read: the lowest of `hold`. */
  hold: number;
  holdBits: number;
  /** Where the last byte that was read begins, and the one before it. */
  byteAt: number;
  earlierByteAt: number;
}

export function createBits(source: Uint8Array, at: number, end: number): Bits {
  const position = { at, lastAt: at, byteAt: at, earlierByteAt: at };
  return { source, end, ...position, group: 0, groupBits: 0, hold: 0, holdBits: 0 };
}

/** The text from now on: the same one, of which the first bytes are gone. */
export function moveBits(bits: Bits, movedBytes: number): void {
  bits.at -= movedBytes;
  bits.lastAt = Math.max(0, bits.lastAt - movedBytes);
  bits.byteAt = Math.max(0, bits.byteAt - movedBytes);
  bits.earlierByteAt = Math.max(0, bits.earlierByteAt - movedBytes);
}

/** Offset of the character that holds the next bit. */
export function offsetOf({ holdBits, at, byteAt, earlierByteAt }: Bits): number {
  if (holdBits === 0) return at;
  return holdBits > 8 ? earlierByteAt : byteAt;
}

export function readBits(bits: Bits, count: number): number {
  while (bits.holdBits < count) if (!fetchByte(bits)) throw INPUT_END;
  const value = bits.hold & ((1 << count) - 1);
  dropBits(bits, count);
  return value;
}

export function dropBits(bits: Bits, count: number): void {
  bits.hold >>>= count;
  bits.holdBits -= count;
}

/** Leaves out what is left of a byte. */
export function alignBits(bits: Bits): void {
  dropBits(bits, bits.holdBits & 7);
}

/** Whether there was another byte. */
export function fetchByte(bits: Bits): boolean {
  let byteAt = bits.lastAt;
  if (bits.groupBits === 0) {
    if (!fetchCharacter(bits)) return false;
    byteAt = bits.lastAt;
  }
  if (bits.groupBits < 8 && !fetchCharacter(bits)) return false;
  bits.groupBits -= 8;
  bits.hold |= ((bits.group >> bits.groupBits) & 0xff) << bits.holdBits;
  bits.holdBits += 8;
  bits.earlierByteAt = bits.byteAt;
  bits.byteAt = byteAt;
  return true;
}

function fetchCharacter(bits: Bits): boolean {
  const { source, end } = bits;
  let value = bits.at < end ? BASE64_VALUES[source[bits.at]!]! : NO_DIGIT;
  if (value === NO_DIGIT) {
    bits.at = skipBreak(source, bits.at, end);
    value = bits.at < end ? BASE64_VALUES[source[bits.at]!]! : NO_DIGIT;
    if (value === NO_DIGIT) return false;
  }
  bits.group = ((bits.group << 6) | value) & 0xfff;
  bits.groupBits += 6;
  bits.lastAt = bits.at++;
  return true;
}

/** Indent and the signs between two strings that are joined. */
const MAX_BREAK_BYTES = 64;
const LF = 0x0a;
const PLUS = 0x2b;
const SLASH = 0x2f;
const BACKSLASH = 0x5c;
const LETTER_N = 0x6e;
const LETTER_R = 0x72;
/** Quotes, signs that join strings, and white space. */
const BETWEEN: ReadonlySet<number> = new Set(Buffer.from('"\'`+.&,\\ \t\r\n'));

/**
 * Behind the line end at `at`, be it escaped, with what stands around it where a string is written over several lines;
 * `at` where there is none. The slash that some programs escape is no line end.
 */
function skipBreak(source: Uint8Array, at: number, end: number): number {
  if (source[at] === BACKSLASH && source[at + 1] === SLASH) return at + 1;
  const limit = Math.min(end, at + MAX_BREAK_BYTES);
  let isBroken = false;
  let next = at;
  while (next < limit && isBetween(source, next)) {
    const isEscaped = source[next] === BACKSLASH && isLineEnd(source[next + 1]);
    isBroken ||= isEscaped || source[next] === LF;
    next += isEscaped ? 2 : 1;
  }
  return isBroken ? next : at;
}

/** A sign that joins strings has no character of them behind it. */
function isBetween(source: Uint8Array, at: number): boolean {
  const next = source[at + 1]!;
  return BETWEEN.has(source[at]!) && (source[at] !== PLUS || (BETWEEN.has(next) && next !== PLUS));
}

function isLineEnd(letter: number | undefined): boolean {
  return letter === LETTER_N || letter === LETTER_R;
}
