// What comes before damage in compressed data is not lost.
import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArchiveFailure } from '../../../src/sources/archives/container.ts';
import { inflate } from '../../../src/sources/archives/inflate.ts';
import { salvage } from '../../../src/sources/archives/salvage.ts';
import { createBytesReader } from '../../../src/scan/read-text.ts';

function unpack(format: 'gzip' | 'deflate', packed: Uint8Array): { text: string; problem?: string } {
  const target = new Uint8Array(1 << 20);
  try {
    const count = inflate(format, createBytesReader(packed))(target);
    return { text: Buffer.from(target.subarray(0, count)).toString('latin1') };
  } catch (error) {
    const { filledBytes, message } = error as ArchiveFailure;
    expect(error).toBeInstanceOf(ArchiveFailure);
    return { text: Buffer.from(target.subarray(0, filledBytes)).toString('latin1'), problem: message };
  }
}

const lines = Array.from({ length: 3000 }, (_, index) => `line ${index * 7919}\n`).join('');
const whole = gzipSync(lines);
const damaged = expect.stringContaining('damaged or cut off, or something follows it') as string;

describe('damaged gzip', () => {
  it('yields all of it where only the checksum is wrong, or something follows', () => {
    const wrong = Buffer.from(whole);
    wrong[wrong.length - 8]! ^= 0xff;
    expect(unpack('gzip', wrong)).toEqual({ text: lines, problem: damaged });
    const followed = Buffer.concat([whole, Buffer.from('something else')]);
    expect(unpack('gzip', followed)).toEqual({ text: lines, problem: damaged });
    const second = Buffer.concat([whole, gzipSync('second'), Buffer.from('!')]);
    expect(unpack('gzip', second)).toEqual({ text: `${lines}second`, problem: damaged });
  });

  it('knows every part of a header', () => {
    const parts = [
      Buffer.from([0x1f, 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3, 2, 0]),
      Buffer.from('xxname\0note\0cc'),
    ];
    const packed = Buffer.concat([...parts, deflateRawSync(lines), Buffer.alloc(8)]);
    expect(unpack('gzip', packed)).toEqual({ text: lines, problem: damaged });
  });

  it('yields what comes before the damage', () => {
    const flipped = Buffer.concat([whole.subarray(0, whole.length >> 1), Buffer.alloc(20, 0xff)]);
    const { text, problem } = unpack('gzip', flipped);
    expect(problem).toEqual(damaged);
    expect(text.slice(0, 10_000)).toBe(lines.slice(0, 10_000));
    expect(unpack('gzip', whole.subarray(0, 2000)).text).toBe(
      lines.slice(0, unpack('gzip', whole.subarray(0, 2000)).text.length),
    );
  });

  it('never fails in another way, whatever is damaged', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const packed = Buffer.from(whole);
        packed[at]! ^= change;
        unpack('gzip', packed);
        unpack('deflate', packed.subarray(10));
      }),
      { numRuns: 100 },
    );
  });
});

describe('what unpacks to too much', () => {
  it('yields as much as is allowed, or nearly', () => {
    const { bytes, packedBytes } = salvage(deflateRawSync(Buffer.alloc(1 << 20, 'ab')), 300_000);
    expect(packedBytes).toBeUndefined();
    expect(bytes.length).toBeLessThanOrEqual(300_000);
    expect(bytes.length).toBeGreaterThan(200_000);
  });
});
