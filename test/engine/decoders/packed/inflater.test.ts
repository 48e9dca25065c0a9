// node:zlib is the oracle: whatever the room and wherever the text is cut, the same bytes come out.
import { constants, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOutput } from '../../../../src/engine/decoders/output.ts';
import type { Format } from '../../../../src/engine/decoders/packed/envelopes.ts';
import type { Outcome } from '../../../../src/engine/decoders/packed/inflater.ts';
import { createInflater, MAX_STEP_BYTES } from '../../../../src/engine/decoders/packed/inflater.ts';
import { buildZip } from '../../../sources/archives/build-archive.ts';

interface Unpacked {
  readonly bytes: Buffer;
  readonly outcome: Outcome;
  readonly at: number;
}

/** Unpacks by pieces of some room, of a text that comes by parts of some length. */
function unpack(
  text: string,
  format: Format,
  { room, part }: { room: number; part: number } = { room: 1 << 20, part: Infinity },
): Unpacked {
  const source = Buffer.from(text, 'latin1');
  const inflater = createInflater(source, 0, format);
  const bytes: Buffer[] = [];
  for (let end = Math.min(part, source.length); ;) {
    const output = createOutput(new Uint8Array(room + MAX_STEP_BYTES), 0, room + MAX_STEP_BYTES);
    const isLast = end === source.length;
    const outcome = inflater.unpack({ end, isLast }, output);
    bytes.push(Buffer.from(output.bytes.subarray(0, output.at)));
    if (outcome === 'waiting') end = Math.min(source.length, end + part);
    else if (outcome !== 'full') return { bytes: Buffer.concat(bytes), outcome, at: inflater.at() };
  }
}

const contents = fc
  .array(
    fc.oneof(
      fc.constantFrom('password: ', '"kind": "Secret",\n', '    ', 'é', 'x'.repeat(300)),
      fc.string({ unit: 'binary', maxLength: 40 }),
    ),
    { maxLength: 400 },
  )
  .map((parts) => Buffer.from(parts.join('')));
const settings = fc.record({
  level: fc.constantFrom(0, 1, 6, 9),
  strategy: fc.constantFrom(constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_HUFFMAN_ONLY),
  memLevel: fc.constantFrom(1, 8),
});
const cuts = fc.record({
  room: fc.integer({ min: 1, max: 5000 }),
  part: fc.integer({ min: 3000, max: 9000 }),
});
const spellings = fc.constantFrom(
  (bytes: Buffer) => bytes.toString('base64'),
  (bytes: Buffer) => bytes.toString('base64url'),
  (bytes: Buffer) => bytes.toString('base64').replace(/.{76}/g, '$&\n    '),
  (bytes: Buffer) => bytes.toString('base64').replace(/.{30}/g, '$&\\n'),
  (bytes: Buffer) => bytes.toString('base64').replace(/.{60}/g, '$&" +\r\n\t"'),
  (bytes: Buffer) => bytes.toString('base64').replaceAll('/', '\\/'),
);

describe('inflater', () => {
  it('yields what was compressed, whatever the settings, the spelling and the cuts', () => {
    fc.assert(
      fc.property(contents, fc.tuple(settings, spellings), cuts, (content, [options, spell], cut) => {
        const gzip = unpack(`${spell(gzipSync(content, options))}"\nnext: x`, 'gzip', cut);
        expect(gzip.outcome).toBe('ended');
        expect(gzip.bytes.equals(content)).toBe(true);
        const zlib = unpack(`${spell(deflateSync(content, options))}"\nnext: x`, 'zlib', cut);
        expect(zlib.outcome).toBe('ended');
        expect(zlib.bytes.equals(content)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('reads the members of a gzip file one after another, and leaves what follows', () => {
    const two = Buffer.concat([gzipSync('first, '), gzipSync('second')]).toString('base64');
    expect(unpack(two, 'gzip')).toMatchObject({ outcome: 'ended', bytes: Buffer.from('first, \nsecond') });
    const one = gzipSync('x').toString('base64').replaceAll('=', '');
    expect(unpack(`${one}\n- H4sI`, 'gzip')).toMatchObject({ outcome: 'ended', at: one.length });
  });

  it('reads the members of a zip file, deflated or stored, up to the directory', () => {
    const zip = buildZip([
      { path: 'a', content: Buffer.from('deflated '.repeat(9)) },
      { path: 'b', content: Buffer.from('stored'), isStored: true },
      { path: 'c', content: Buffer.from('more') },
    ]).toString('base64');
    const { bytes, outcome } = unpack(zip, 'zip', { room: 1, part: 8 });
    expect(outcome).toBe('ended');
    expect(bytes.toString()).toBe(`${'deflated '.repeat(9)}\nstored\nmore`);
  });

  it('yields what comes before the cut or the damage', () => {
    const content = Buffer.from(Array.from({ length: 900 }, (_, index) => `line ${index * 7919}`).join('\n'));
    const text = gzipSync(content).toString('base64');
    for (let length = 20; length < text.length - 12; length += 97) {
      const cut = unpack(text.slice(0, length), 'gzip');
      expect(cut.outcome).toBe('cut');
      expect(content.subarray(0, cut.bytes.length).equals(cut.bytes)).toBe(true);
    }
    const whole = unpack(text.slice(0, -12), 'gzip');
    expect(whole.bytes.equals(content)).toBe(true);
    const damaged = unpack(`${text.slice(0, 2000)}${'A'.repeat(40)}${text.slice(2040)}`, 'gzip');
    expect(content.subarray(0, 1000).equals(damaged.bytes.subarray(0, 1000))).toBe(true);
  });

  it('ends, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 2000 }),
        fc.constantFrom<Format>('gzip', 'zlib', 'zip'),
        cuts,
        (noise, format, cut) => {
          const heads = { gzip: '1f8b080000000000000', zlib: '789c', zip: '504b0304' };
          const bytes = Buffer.concat([Buffer.from(heads[format], 'hex'), noise]);
          const { bytes: unpacked } = unpack(bytes.toString('base64'), format, cut);
          expect(unpacked.length).toBeLessThan((bytes.length + 1) * MAX_STEP_BYTES * 4);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
