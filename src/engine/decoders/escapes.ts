// Escapes: text in which single characters are encoded. One walk for all kinds; each kind reads its own escape.
import { HEX_VALUES, NO_DIGIT, readHex } from './digits.ts';
import type { Decode, Output } from './output.ts';
import { put } from './output.ts';

/** A character that an escape stands for, and how many bytes the escape takes. */
interface Escape {
  /** Code point, or a byte where `isByte`; -1 for an escape that stands for nothing. */
  readonly value: number;
  readonly length: number;
  readonly isByte: boolean;
}

type ReadEscape = (source: Uint8Array, at: number) => Escape | undefined;

/** Plain text after the last escape that is still decoded: a token that it begins may be this long. */
const TAIL_BYTES = 4096;
const LF = 0x0a;
const CR = 0x0d;
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
      if (byte === sign) {
        const escape = readEscape(source, at);
        if (escape && at + escape.length <= end) {
          putEscape(output, escape, at);
          at += escape.length;
          tailEnd = at + TAIL_BYTES;
          continue;
        }
      }
      if (byte === LF || byte === CR) return { stop: at, isFull: false };
      put(output, byte, [at, at + 1]);
      at++;
    }
    return { stop: at, isFull: false };
  };
}

function putEscape(output: Output, { value, length, isByte }: Escape, at: number): void {
  if (value < 0) return;
  const place = [at, at + length] as const;
  if (isByte || value < 0x80) {
    put(output, value, place);
    return;
  }
  for (const byte of Buffer.from(String.fromCodePoint(value), 'utf8')) put(output, byte, place);
}

// Control characters are no text that someone escaped: format strings and tables of bytes look like that.
function byteEscape(value: number | undefined, length: number): Escape | undefined {
  if (value === undefined || value === 0x7f) return undefined;
  if (value < 0x20 && value !== LF && value !== CR && value !== 0x09) return undefined;
  return { value, length, isByte: true };
}

function pointEscape(value: number | undefined, length: number): Escape | undefined {
  if (value === undefined || value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) return undefined;
  const escape = byteEscape(value, length);
  return escape && { ...escape, isByte: false };
}

/** RFC 3986. */
export const decodePercent: Decode = createEscapeDecoder(0x25, (source, at) =>
  byteEscape(readHex(source, at + 1, 2), 3),
);

const SIMPLE: Readonly<Record<string, number>> = { n: LF, r: CR, t: 0x09 };
const ITSELF = '"\'\\/`';

/** Escapes of strings, as JSON, JavaScript, C, Python and many others write them. */
export const decodeBackslash: Decode = createEscapeDecoder(0x5c, (source, at) => {
  const letter = String.fromCharCode(source[at + 1] ?? 0);
  if (ITSELF.includes(letter)) return { value: letter.charCodeAt(0), length: 2, isByte: true };
  const simple = SIMPLE[letter];
  if (simple !== undefined) return { value: simple, length: 2, isByte: true };
  if (letter === 'x') return byteEscape(readHex(source, at + 2, 2), 4);
  if (letter === 'U') return pointEscape(readHex(source, at + 2, 8), 10);
  if (letter !== 'u') return undefined;
  return source[at + 2] === 0x7b ? readBraced(source, at) : pointEscape(readHex(source, at + 2, 4), 6);
});

/** `\u{61}` */
function readBraced(source: Uint8Array, at: number): Escape | undefined {
  for (let digits = 1; digits <= 6; digits++) {
    if (source[at + 3 + digits] === 0x7d) return pointEscape(readHex(source, at + 3, digits), digits + 4);
  }
  return undefined;
}

/** The named characters of HTML that are likely beside a credential. */
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  nbsp: ' ',
  equals: '=',
  colon: ':',
  semi: ';',
  sol: '/',
  plus: '+',
  commat: '@',
  dollar: '$',
  lowbar: '_',
  num: '#',
};
const MAX_ENTITY_BYTES = 10;

export const decodeHtml: Decode = createEscapeDecoder(0x26, (source, at) => {
  let stop = at + 2;
  while (stop < at + MAX_ENTITY_BYTES && source[stop] !== 0x3b) stop++;
  if (source[stop] !== 0x3b) return undefined;
  const name = String.fromCharCode(...source.subarray(at + 1, stop));
  const length = stop + 1 - at;
  const number = /^#(?:[xX]([0-9A-Fa-f]{1,6})|(\d{1,7}))$/.exec(name);
  if (number) return pointEscape(number[1] ? Number.parseInt(number[1], 16) : Number(number[2]), length);
  const character = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
  return character === undefined ? undefined : pointEscape(character.codePointAt(0), length);
});

/** RFC 2045. A sign at the end of a line joins it to the next. */
export const decodeQuotedPrintable: Decode = createEscapeDecoder(0x3d, (source, at) => {
  if (source[at + 1] === LF) return { value: -1, length: 2, isByte: true };
  if (source[at + 1] === CR) {
    return { value: -1, length: source[at + 2] === LF ? 3 : 2, isByte: true };
  }
  if (HEX_VALUES[source[at + 1] ?? 0] === NO_DIGIT) return undefined;
  return byteEscape(readHex(source, at + 1, 2), 3);
});
