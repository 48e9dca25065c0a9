// What is found in a version of a text is the same whether or not earlier versions have been scanned.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDecodingScanner } from '../../src/engine/decoders/decoding-scanner.ts';
import type { ScannerCounters } from '../../src/engine/scanner.ts';
import type { Match } from '../../src/model/match.ts';
import { openRules, packRules } from '../../src/model/packed-rules.ts';
import { SAMPLE_RULES } from './sample-rules.ts';

type Scanner = ReturnType<typeof createDecodingScanner>;

const CAPACITY_BYTES = 1 << 18;
const rules = openRules(packRules(SAMPLE_RULES));
const fresh = createDecodingScanner(rules, { capacityBytes: CAPACITY_BYTES });

function scan(scanner: Scanner, text: string, name?: string): Match[] {
  const bytes = Buffer.from(text, 'latin1');
  scanner.buffer.set(bytes);
  return scanner.scan({ start: 0, limit: bytes.length, end: bytes.length }, Infinity, name);
}

const encoded = Buffer.from(`x = ${'tkn_'}abcd1234 and some more text`).toString('base64');
const LINES = [
  'tkn_abcd1234',
  'password = "s3cr3tvalue"',
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
  '-us1',
  '\u0000',
];

const text = fc.array(fc.constantFrom(...LINES), { maxLength: 12 }).map((parts) => parts.join(''));
const edit = fc.record({ at: fc.nat(30_000), cut: fc.nat(40), add: fc.constantFrom('', ...LINES) });

function apply(before: string, { at, cut, add }: { at: number; cut: number; add: string }): string {
  const place = before.length === 0 ? 0 : at % (before.length + 1);
  return before.slice(0, place) + add + before.slice(place + cut);
}

describe('versions of a text', () => {
  it('hold what they would hold if they were the only one', () => {
    fc.assert(
      fc.property(text, fc.array(edit, { minLength: 1, maxLength: 8 }), (first, edits) => {
        const scanner = createDecodingScanner(rules, { capacityBytes: CAPACITY_BYTES });
        let version = first;
        for (const each of [undefined, ...edits]) {
          if (each) version = apply(version, each);
          expect(scan(scanner, version, 'a')).toEqual(scan(fresh, version));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are searched where they differ: what stands elsewhere is not tried again', () => {
    const counters: ScannerCounters = { keywordHits: 0, patternRuns: 0 };
    const scanner = createDecodingScanner(rules, { capacityBytes: CAPACITY_BYTES, counters });
    const line = 'alpha_live_0 is no token, and words of no meaning\n';
    const lines = line.repeat(1000);
    scan(scanner, lines, 'a');
    const first = counters.patternRuns;
    expect(first).toBeGreaterThanOrEqual(1000);
    scan(scanner, `${lines.slice(0, line.length * 500)}changed\n${lines.slice(line.length * 500)}`, 'a');
    expect(counters.patternRuns - first).toBeLessThan(100);
    scan(scanner, lines, 'another name');
    expect(counters.patternRuns - first).toBeGreaterThanOrEqual(1000);
  });
});
