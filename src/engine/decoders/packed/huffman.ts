// Huffman codes of deflate: from the lengths of the codes to a table of the short ones, and a walk for the others.
// Source: RFC 1951, section 3.2.
import type { Bits } from './bits.ts';
import { dropBits, fetchByte, INPUT_END } from './bits.ts';

/** Thrown where compressed data cannot be right. */
export const DAMAGE: Error = new Error('the compressed data is damaged');

const MAX_CODE_BITS = 15;
const SHORT_BITS = 9;
/** In the table of short codes: the length in the lowest bits, the symbol above. */
const LENGTH_BITS = 4;

export interface Code {
  readonly short: Uint16Array;
  /** Codes by their length. */
  readonly counts: Uint16Array;
  /** In the order of their codes. */
  readonly symbols: Uint16Array;
}

/** @param mayLack whether one code, or none, may be all there is */
export function createCode(lengths: Uint8Array, mayLack: boolean): Code {
  const counts = new Uint16Array(MAX_CODE_BITS + 1);
  for (const length of lengths) counts[length]!++;
  counts[0] = 0;
  checkCounts(counts, mayLack);
  const firsts = new Uint16Array(MAX_CODE_BITS + 2);
  const places = new Uint16Array(MAX_CODE_BITS + 2);
  for (let length = 1; length <= MAX_CODE_BITS; length++) {
    firsts[length + 1] = (firsts[length]! + counts[length]!) << 1;
    places[length + 1] = places[length]! + counts[length]!;
  }
  const code: Code = {
    short: new Uint16Array(1 << SHORT_BITS),
    counts,
    symbols: new Uint16Array(lengths.length),
  };
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol]!;
    if (length === 0) continue;
    code.symbols[places[length]!++] = symbol;
    fillShort(code.short, { bits: firsts[length]!++, length, symbol });
  }
  return code;
}

/** More codes than there is room for, or fewer, are nothing that a program has written. */
function checkCounts(counts: Uint16Array, mayLack: boolean): void {
  let left = 1;
  let total = 0;
  for (let length = 1; length <= MAX_CODE_BITS; length++) {
    left = left * 2 - counts[length]!;
    total += counts[length]!;
    if (left < 0) throw DAMAGE;
  }
  if (left > 0 && !(mayLack && total <= 1)) throw DAMAGE;
}

function fillShort(
  short: Uint16Array,
  { bits, length, symbol }: { bits: number; length: number; symbol: number },
): void {
  if (length > SHORT_BITS) return;
  let reversed = 0;
  for (let bit = 0; bit < length; bit++) reversed |= ((bits >> bit) & 1) << (length - 1 - bit);
  for (let index = reversed; index < short.length; index += 1 << length) {
    short[index] = (symbol << LENGTH_BITS) | length;
  }
}

export function readSymbol(bits: Bits, { short, counts, symbols }: Code): number {
  while (bits.holdBits < SHORT_BITS && fetchByte(bits));
  const entry = short[bits.hold & (short.length - 1)]!;
  if (entry > 0) {
    const length = entry & ((1 << LENGTH_BITS) - 1);
    if (length > bits.holdBits) throw INPUT_END;
    dropBits(bits, length);
    return entry >> LENGTH_BITS;
  }
  let code = 0;
  let first = 0;
  let place = 0;
  for (let length = 1; length <= MAX_CODE_BITS; length++) {
    if (length > bits.holdBits && !fetchByte(bits)) throw INPUT_END;
    code |= (bits.hold >>> (length - 1)) & 1;
    const count = counts[length]!;
    if (code < first + count) {
      dropBits(bits, length);
      return symbols[place + code - first]!;
    }
    place += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  throw DAMAGE;
}
