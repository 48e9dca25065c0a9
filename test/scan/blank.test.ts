// Blanking keeps places and line ends, however the bytes are read.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blank } from '../../src/scan/blank.ts';
import { createBytesReader } from '../../src/scan/read-text.ts';

function readAll(bytes: Uint8Array, spans: readonly { start: number; end: number }[], piece: number): string {
  const read = blank(createBytesReader(bytes), spans);
  const target = new Uint8Array(piece);
  let text = '';
  for (let count = piece; count === piece;) {
    count = read(target);
    text += Buffer.from(target.subarray(0, count)).toString('latin1');
  }
  return text;
}

describe('blank', () => {
  it('leaves what is in no span, and line ends', () => {
    expect(readAll(Buffer.from('ab\ncd\r\nef'), [{ start: 1, end: 5 }], 100)).toBe('a \n  \r\nef');
  });

  it('is the same whatever the pieces and the order of the spans', () => {
    const span = fc.tuple(fc.nat(40), fc.nat(20)).map(([start, size]) => ({ start, end: start + size }));
    fc.assert(
      fc.property(fc.array(span), fc.integer({ min: 1, max: 50 }), (spans, piece) => {
        const bytes = Buffer.from('line one\nline two\nline three and so on\n');
        const isBlanked = (at: number): boolean => spans.some(({ start, end }) => at >= start && at < end);
        const expected = [...bytes].map((byte, at) => (isBlanked(at) && byte !== 0x0a ? 0x20 : byte));
        expect(readAll(bytes, spans, piece)).toBe(Buffer.from(expected).toString('latin1'));
      }),
    );
  });
});
