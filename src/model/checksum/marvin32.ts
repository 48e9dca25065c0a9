// Marvin32, the hash that Microsoft's identifiable keys carry as their checksum.

/**
 * The 32-bit Marvin hash of `bytes`, unsigned.
 * Source: microsoft/security-utilities, which cites SymCrypt's marvin32.c.
 * @param seed 64 bits
 */
export function computeMarvin32(bytes: Uint8Array, seed: bigint): number {
  const state: MarvinState = { low: Number(seed & 0xffffffffn), high: Number((seed >> 32n) & 0xffffffffn) };
  const wordsEnd = bytes.length - (bytes.length % 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let offset = 0; offset < wordsEnd; offset += 4) mix(state, view.getUint32(offset, true));
  mix(state, readTail(bytes.subarray(wordsEnd)));
  mix(state, 0);
  return (state.low ^ state.high) >>> 0;
}

/** Seed of a key kind: its eight-character label as a big-endian number. */
export function marvinSeed(label: string): bigint {
  return Buffer.from(label, 'latin1').readBigUInt64BE();
}

interface MarvinState {
  low: number;
  high: number;
}

function mix(state: MarvinState, word: number): void {
  let low = (state.low + word) | 0;
  let high = state.high ^ low;
  low = (rotateLeft(low, 20) + high) | 0;
  high = rotateLeft(high, 9) ^ low;
  low = (rotateLeft(low, 27) + high) | 0;
  state.low = low;
  state.high = rotateLeft(high, 19);
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** The zero to three bytes that are left over, closed by 0x80 and filled up with zeros. */
function readTail(rest: Uint8Array): number {
  let word = 0x80;
  for (let index = rest.length - 1; index >= 0; index--) word = (word << 8) | rest[index]!;
  return word;
}
