// Lines and columns against a naive model, for whole texts and for texts that come in pieces.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineTracker } from '../../src/analysis/line-tracker.ts';

const TEXT = fc
  .array(fc.constantFrom('a', '\n', '\r', '\r\n', '\t', 'é', '漢', '😀', '\u2028', ' '), { maxLength: 60 })
  .map((characters) => characters.join(''));

/** What an editor shows before this many UTF-16 units. */
function locateNaively(text: string, units: number): { line: number; column: number } {
  const before = text.slice(0, units);
  // Between the two halves of a CRLF the CR has ended the line already.
  const lines = before.split(/\r\n|\r|\n/);
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}

function* listBoundaries(text: string): Generator<{ units: number; bytes: number }> {
  let [units, bytes] = [0, 0];
  for (const character of text) {
    yield { units, bytes };
    units += character.length;
    bytes += Buffer.byteLength(character);
  }
  yield { units, bytes };
}

describe('a line tracker', () => {
  it('says what an editor shows, forwards and backwards', () => {
    fc.assert(
      fc.property(TEXT, (text) => {
        const tracker = createLineTracker(Buffer.from(text));
        const boundaries = [...listBoundaries(text)];
        for (const { units, bytes } of [...boundaries, ...boundaries.reverse()]) {
          expect(tracker.locate(bytes)).toEqual(locateNaively(text, units));
        }
      }),
    );
  });

  it('says the same of a text that is cut between any two characters', () => {
    fc.assert(
      fc.property(TEXT, fc.nat(), (text, seed) => {
        const bytes = Buffer.from(text);
        const boundaries = [...listBoundaries(text)];
        const cut = boundaries[seed % boundaries.length]!.bytes;
        const rest = createLineTracker(bytes.subarray(cut), createLineTracker(bytes).originAt(cut));
        expect(rest.locate(bytes.length - cut)).toEqual(locateNaively(text, text.length));
      }),
    );
  });

  it('says the same on lines that are long', () => {
    const pieces = fc.constantFrom('x'.repeat(5000), 'é', '\r', '\n', '漢');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (chosen) => {
        const tracker = createLineTracker(Buffer.from(chosen.join('')));
        for (let count = 0; count <= chosen.length; count++) {
          const before = chosen.slice(0, count).join('');
          if (before.endsWith('\r') && chosen[count] === '\n') continue;
          expect(tracker.locate(Buffer.byteLength(before))).toEqual(locateNaively(before, before.length));
        }
      }),
    );
  });

  it('says the same of places far apart, back and forth', () => {
    const pieces = fc.constantFrom('x'.repeat(20_000), 'line\n'.repeat(5000), 'é'.repeat(9000), '\r\n', '漢');
    const jumps = fc.array(fc.nat(), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 5 }), jumps, (chosen, places) => {
        const text = chosen.join('');
        const tracker = createLineTracker(Buffer.from(text));
        for (const place of places) {
          const before = text.slice(0, place % (text.length + 1));
          if (before.endsWith('\r')) continue;
          expect(tracker.locate(Buffer.byteLength(before))).toEqual(locateNaively(before, before.length));
        }
      }),
      { numRuns: 50 },
    );
  });
});
