// The two codes of a block of deflate, of bytes and lengths and of distances, and the numbers that they stand for.
// Source: RFC 1951, sections 3.2.5 to 3.2.7.
import type { Bits } from './bits.ts';
import { readBits } from './bits.ts';
import type { Code } from './huffman.ts';
import { createCode, DAMAGE, readSymbol } from './huffman.ts';

export interface BlockCodes {
  readonly literals: Code;
  readonly distances: Code;
}

export const END_OF_BLOCK = 256;

/** Numbers that a symbol stands for: the first of them, and how many bits say which it is. */
interface Numbers {
  readonly firsts: readonly number[];
  readonly extraBits: readonly number[];
}

/** From the symbol behind the end of a block on. */
export const LENGTHS: Numbers = {
  // prettier-ignore
  firsts: [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
  ],
  extraBits: [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0],
};

export const DISTANCES: Numbers = {
  // prettier-ignore
  firsts: [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
    8193, 12289, 16385, 24577,
  ],
  extraBits: [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
  ],
};

export function readNumber(bits: Bits, symbol: number, { firsts, extraBits }: Numbers): number {
  const first = firsts[symbol];
  if (first === undefined) throw DAMAGE;
  return first + readBits(bits, extraBits[symbol]!);
}

/** The order in which the lengths of the codes of lengths are written. */
const ORDER: readonly number[] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const MAX_LITERALS = 286;
const MAX_DISTANCES = 30;

/** Reads the codes of a block that brings its own. */
export function readCodes(bits: Bits): BlockCodes {
  const literals = readBits(bits, 5) + 257;
  const distances = readBits(bits, 5) + 1;
  const orders = readBits(bits, 4) + 4;
  if (literals > MAX_LITERALS || distances > MAX_DISTANCES) throw DAMAGE;
  const lengthBits = new Uint8Array(ORDER.length);
  for (const place of ORDER.slice(0, orders)) lengthBits[place] = readBits(bits, 3);
  const lengths = readLengths(bits, createCode(lengthBits, false), literals + distances);
  if (lengths[END_OF_BLOCK] === 0) throw DAMAGE;
  return {
    literals: createCode(lengths.subarray(0, literals), false),
    distances: createCode(lengths.subarray(literals), true),
  };
}

const REPEAT_LAST = 16;
const REPEAT_ZERO = 17;

/** The lengths of codes, of which several that are the same are written as one symbol. */
function readLengths(bits: Bits, code: Code, count: number): Uint8Array {
  const lengths = new Uint8Array(count);
  let at = 0;
  while (at < count) {
    const symbol = readSymbol(bits, code);
    if (symbol < REPEAT_LAST) {
      lengths[at++] = symbol;
      continue;
    }
    if (symbol === REPEAT_LAST && at === 0) throw DAMAGE;
    const last = symbol === REPEAT_LAST ? lengths[at - 1]! : 0;
    const stop = at + countRepeats(bits, symbol);
    if (stop > count) throw DAMAGE;
    lengths.fill(last, at, stop);
    at = stop;
  }
  return lengths;
}

function countRepeats(bits: Bits, symbol: number): number {
  if (symbol === REPEAT_LAST) return 3 + readBits(bits, 2);
  return symbol === REPEAT_ZERO ? 3 + readBits(bits, 3) : 11 + readBits(bits, 7);
}

function fixedLengths(): Uint8Array {
  const lengths = new Uint8Array(288).fill(8);
  lengths.fill(9, 144, 256);
  lengths.fill(7, 256, 280);
  return lengths;
}

export const FIXED_CODES: BlockCodes = {
  literals: createCode(fixedLengths(), false),
  distances: createCode(new Uint8Array(32).fill(5), false),
};
