// Marvin32 against the test vectors of SymCrypt and of microsoft/security-utilities.
import { describe, expect, it } from 'vitest';
import { computeMarvin32, marvinSeed } from '../../../src/model/checksum/marvin32.ts';

/** The vectors state 64 bits; Marvin32 is their halves, XORed. */
function foldTo32(hash: bigint): number {
  return Number((hash ^ (hash >> 32n)) & 0xffffffffn);
}

const SEED = 0x004fb61a001bdbccn;

describe('computeMarvin32', () => {
  it.each<[bigint, readonly number[], bigint]>([
    [0xd53cd9cecd0893b7n, [...Buffer.from('abc')], 0x22c74339492769bfn],
    [0x0ddddeeeeffff000n, [...Buffer.from('abcdefghijklmnopqrstuvwxyz')], 0xa128eb7e7260aca2n],
    [SEED, [], 0x30ed35c100cd3c7dn],
    [SEED, [175], 0x48e73fc77d75ddc1n],
    [SEED, [231, 15], 0xb5f6e1fc485dbff8n],
    [SEED, [55, 244, 149], 0xf0b07c789b8cf7e8n],
    [SEED, [134, 66, 220, 89], 0x7008f2e87e9cf556n],
    [SEED, [21, 63, 183, 152, 38], 0xe6c08c6da2afa997n],
    [SEED, [171, 66, 126, 168, 209, 15, 199], 0xe11847e4f0678c41n],
    [0x804fb61a801bdbccn, [255, 0, 255, 0, 255, 0, 255], 0xfdfd187b1d3ce784n],
  ])('seed %s over %j', (seed, bytes, expected) => {
    expect(computeMarvin32(Uint8Array.from(bytes), seed)).toBe(foldTo32(expected));
  });

  it('reads a view that begins anywhere in its buffer', () => {
    const bytes = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(computeMarvin32(bytes.subarray(1), SEED)).toBe(
      computeMarvin32(Uint8Array.from([2, 3, 4, 5, 6, 7, 8, 9]), SEED),
    );
  });
});

describe('marvinSeed', () => {
  it('reads a label as a big-endian number', () => {
    expect(marvinSeed('Default0')).toBe(0x44656661756c7430n);
    expect(marvinSeed('AbAcct00')).toBe(0x4162416363743030n);
  });
});
