// What is found in a text is the same whether or not the text before it was nearly the same.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDecodingScanner } from '../../src/engine/decoders/decoding-scanner.ts';
import type { Scanner, ScannerCounters } from '../../src/engine/scanner.ts';
import type { Match } from '../../src/model/match.ts';
import { openRules, packRules } from '../../src/model/packed-rules.ts';
import { SAMPLE_RULES } from './sample-rules.ts';

const CAPACITY_BYTES = 1 << 18;
const rules = openRules(packRules(SAMPLE_RULES));
const alone = createDecodingScanner(rules, { capacityBytes: CAPACITY_BYTES });

function createScanner(counters: ScannerCounters = { keywordHits: 0, patternRuns: 0 }): Scanner {
  return createDecodingScanner(rules, { capacityBytes: CAPACITY_BYTES, counters, hasVersions: true });
}

function scan(scanner: Scanner, text: string, isCode = false): Match[] {
  const bytes = Buffer.from(text, 'latin1');
  scanner.buffer.set(bytes);
  return scanner.scan({ start: 0, limit: bytes.length, end: bytes.length, isCode });
}

const encoded = Buffer.from(`x = ${'tkn_'}abcd1234 and some more text`).toString('base64');
const PARTS = [
  'tkn_abcd1234',
  'password = "s3cr3tvalue"',
  'password = some_name',
  'TKN_ alpha_live_00FFAA',
  'sk-0123456789',
  `data: ${encoded}`,
  'password',
  ' = value123',
  'a'.repeat(900),
  'words of no meaning\n'.repeat(60),
  '\n',
  ' ',
  'x',
  '"',
  '-us1',
  '\u0000',
];

const text = fc.array(fc.constantFrom(...PARTS), { maxLength: 12 }).map((parts) => parts.join(''));
const edit = fc.record({
  at: fc.nat(30_000),
  cut: fc.nat(40),
  add: fc.constantFrom('', ...PARTS),
  isCode: fc.boolean(),
});

function apply(before: string, { at, cut, add }: { at: number; cut: number; add: string }): string {
  const place = before.length === 0 ? 0 : at % (before.length + 1);
  return before.slice(0, place) + add + before.slice(place + cut);
}

describe('versions of a text', () => {
  it('hold what they hold alone', () => {
    fc.assert(
      fc.property(text, fc.array(edit, { minLength: 1, maxLength: 8 }), (first, edits) => {
        const scanner = createScanner();
        let version = first;
        for (const each of [undefined, ...edits]) {
          if (each) version = apply(version, each);
          const isCode = each?.isCode === true;
          expect(scan(scanner, version, isCode)).toEqual(scan(alone, version, isCode));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('are searched where they differ: what stands elsewhere is not tried again', () => {
    const counters: ScannerCounters = { keywordHits: 0, patternRuns: 0 };
    const scanner = createScanner(counters);
    const line = 'alpha_live_0 is no token, and words of no meaning\n';
    const lines = line.repeat(1000);
    const countRuns = (version: string, isCode = false): number => {
      const before = counters.patternRuns;
      scan(scanner, version, isCode);
      return counters.patternRuns - before;
    };
    expect(countRuns(lines)).toBeGreaterThanOrEqual(1000);
    const changed = `${lines.slice(0, line.length * 500)}changed\n${lines.slice(line.length * 500)}`;
    expect(countRuns(changed)).toBeLessThan(100);
    expect(countRuns(changed, true)).toBeGreaterThanOrEqual(1000);
    expect(countRuns(`something else\n${line}`, true)).toBe(1);
    expect(countRuns(changed, true)).toBeGreaterThanOrEqual(1000);
  });
});
