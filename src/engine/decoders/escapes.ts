// Escapes: text in which single characters are encoded. One walk for all kinds; each kind reads its own escape.
import { HEX_VALUES, NO_DIGIT, readHex } from './digits.ts';
import type { Decode, Output } from './output.ts';
import { put } from './output.ts';

/**
 * What stands at an offset: one number for the character and the length of its escape, as this runs for every sign.
 * The lowest 21 bits are a code point, the next one says that it is a byte, the rest is the length. 0: no escape.
 */
type ReadEscape = (source: Uint8Array, at: number) => number;

const POINT_BITS = 0x1fffff;
const IS_BYTE = 0x200000;
const LENGTH_SHIFT = 22;
/** An escape that stands for nothing. */
const NOTHING = 0x1ffffe;

/** Plain text after the last escape that is still decoded: a token that it begins may be this long. */
const TAIL_BYTES = 4096;
const LF = 0x0a;
const CR = 0x0d;
const TAB = 0x09;
/** What one escape becomes at most. */
const MAX_UTF8_BYTES = 4;

/** Decodes to the end of the line, or until no escape has come for a while. */
function createEscapeDecoder(sign: number, readEscape: ReadEscape): Decode {
  return (source, { from, end }, output) => {
    let at = from;
    let tailEnd = from + TAIL_BYTES;
    while (at < end && at < tailEnd) {
      if (output.at + MAX_UTF8_BYTES > output.limit) return { stop: at, isFull: true };
      const byte = source[at]!;
      const escape = byte === sign ? readEscape(source, at) : 0;
      const length = escape >>> LENGTH_SHIFT;
      output.from = at;
      if (length > 0 && at + length <= end) {
        output.to = at += length;
        tailEnd = at + TAIL_BYTES;
        putEscape(output, escape);
        continue;
      }
      if (byte === LF || byte === CR) return { stop: at, isFull: false };
      output.to = ++at;
      put(output, byte);
    }
    return { stop: at, isFull: false };
  };
}

function putEscape(output: Output, escape: number): void {
  const point = escape & POINT_BITS;
  if (point === NOTHING) return;
  if (point < 0x80 || (escape & IS_BYTE) !== 0) put(output, point);
  else putCharacter(output, point);
}

/** As UTF-8. */
function putCharacter(output: Output, point: number): void {
  if (point < 0x800) put(output, 0xc0 | (point >> 6));
  else if (point < 0x10000) put(output, 0xe0 | (point >> 12));
  else {
    put(output, 0xf0 | (point >> 18));
    put(output, 0x80 | ((point >> 12) & 0x3f));
  }
  if (point >= 0x800) put(output, 0x80 | ((point >> 6) & 0x3f));
  put(output, 0x80 | (point & 0x3f));
}

// Control characters are no text that someone escaped: format strings and tables of bytes look like that.
function isControl(value: number): boolean {
  return value === 0x7f || (value < 0x20 && value !== LF && value !== CR && value !== TAB);
}

function packByte(value: number, length: number): number {
  return value < 0 || isControl(value) ? 0 : (length << LENGTH_SHIFT) | IS_BYTE | value;
}

/** Halves of pairs are left as they are. */
function packPoint(value: number, length: number): number {
  const isCharacter = value >= 0 && value <= 0x10ffff && (value < 0xd800 || value >= 0xe000);
  return isCharacter && !isControl(value) ? (length << LENGTH_SHIFT) | value : 0;
}

/** RFC 3986. */
export const decodePercent: Decode = createEscapeDecoder(0x25, (source, at) =>
  packByte(readHex(source, at + 1, 2), 3),
);

/** Characters behind a backslash that stand for themselves or for white space. */
const SIMPLE = new Uint8Array(256);
for (const character of '"\'\\/`') SIMPLE[character.charCodeAt(0)] = character.charCodeAt(0);
SIMPLE['n'.charCodeAt(0)] = LF;
SIMPLE['r'.charCodeAt(0)] = CR;
SIMPLE['t'.charCodeAt(0)] = TAB;

/** Escapes of strings, as JSON, JavaScript, C, Python and many others write them. */
export const decodeBackslash: Decode = createEscapeDecoder(0x5c, (source, at) => {
  const letter = source[at + 1] ?? 0;
  if (SIMPLE[letter]! > 0) return packByte(SIMPLE[letter]!, 2);
  if ((letter === 0x78 || letter === 0x75) && source[at + 2] === 0x7b) return readBraced(source, at);
  if (letter === 0x78) return packByte(readHex(source, at + 2, 2), 4);
  if (letter === 0x55) return packPoint(readHex(source, at + 2, 8), 10);
  if (letter !== 0x75) return packByte(readOctal(source, at + 1), 4);
  return packPoint(readHex(source, at + 2, 4), 6);
});

/** The byte that three octal digits stand for, of which the first is at most a 3; -1 where there are none. */
function readOctal(source: Uint8Array, at: number): number {
  const high = source[at]! - 0x30;
  const middle = source[at + 1]! - 0x30;
  const low = source[at + 2]! - 0x30;
  const isByte = high >= 0 && high < 4 && middle >= 0 && middle < 8 && low >= 0 && low < 8;
  return isByte ? (high << 6) | (middle << 3) | low : -1;
}

/** `\u{61}` and `\x{61}` */
function readBraced(source: Uint8Array, at: number): number {
  for (let digits = 1; digits <= 6; digits++) {
    if (source[at + 3 + digits] === 0x7d) return packPoint(readHex(source, at + 3, digits), digits + 4);
  }
  return 0;
}

/** The named characters of HTML that are likely beside a credential. */
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
  ['lt', '<'],
  ['gt', '>'],
  ['nbsp', ' '],
  ['equals', '='],
  ['colon', ':'],
  ['semi', ';'],
  ['sol', '/'],
  ['plus', '+'],
  ['commat', '@'],
  ['dollar', '$'],
  ['lowbar', '_'],
  ['UnderBar', '_'],
  ['period', '.'],
  ['comma', ','],
  ['num', '#'],
  ['percnt', '%'],
  ['excl', '!'],
  ['quest', '?'],
  ['ast', '*'],
  ['bsol', '\\'],
  ['verbar', '|'],
]);
const MAX_ENTITY_BYTES = 10;
const SEMICOLON = 0x3b;

export const decodeHtml: Decode = createEscapeDecoder(0x26, (source, at) => {
  let stop = at + 2;
  while (stop < at + MAX_ENTITY_BYTES && source[stop] !== SEMICOLON) stop++;
  if (source[stop] !== SEMICOLON) return 0;
  const length = stop + 1 - at;
  if (source[at + 1] !== 0x23) {
    const name = String.fromCharCode(...source.subarray(at + 1, stop));
    return packPoint(ENTITIES.get(name)?.charCodeAt(0) ?? -1, length);
  }
  const isHex = (source[at + 2]! | 0x20) === 0x78;
  return packPoint(
    isHex ? readHex(source, at + 3, stop - at - 3) : readDecimal(source, at + 2, stop),
    length,
  );
});

/** -1 where it is no number. */
function readDecimal(source: Uint8Array, start: number, stop: number): number {
  let number = start === stop ? -1 : 0;
  for (let at = start; at < stop; at++) {
    const digit = source[at]! - 0x30;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/** RFC 2045. A sign at the end of a line joins it to the next. */
export const decodeQuotedPrintable: Decode = createEscapeDecoder(0x3d, (source, at) => {
  if (source[at + 1] === LF) return (2 << LENGTH_SHIFT) | NOTHING;
  if (source[at + 1] === CR) return ((source[at + 2] === LF ? 3 : 2) << LENGTH_SHIFT) | NOTHING;
  if (HEX_VALUES[source[at + 1] ?? 0] === NO_DIGIT) return 0;
  return packByte(readHex(source, at + 1, 2), 3);
});
