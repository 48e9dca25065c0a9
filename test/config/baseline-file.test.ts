// A baseline is read whole or not at all, and what is written is read back.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBaseline, parseBaseline } from '../../src/config/baseline-file.ts';
import type { BaselineEntry } from '../../src/model/baseline.ts';
import { VERDICTS } from '../../src/model/baseline.ts';

const field = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter((text) => text.trim() !== '');

const entry: fc.Arbitrary<BaselineEntry> = fc
  .record({
    fingerprint: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 }),
    ruleId: fc.constantFrom('slack-bot-token', 'jwt'),
    path: field,
    verdict: fc.constantFrom(...VERDICTS),
    expires: fc.option(fc.constantFrom('2027-01-31', '2020-02-29'), { nil: undefined }),
    by: field,
    reason: field,
  })
  .map(({ expires, ...rest }) => (expires === undefined ? rest : { ...rest, expires }));

const sort = (entries: readonly BaselineEntry[]): BaselineEntry[] =>
  entries.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

describe('a baseline', () => {
  it('is read back as it was written, with any line ends', () => {
    fc.assert(
      fc.property(fc.uniqueArray(entry, { selector: (each) => each.fingerprint }), (entries) => {
        const text = formatBaseline(entries);
        expect(sort(parseBaseline(text, 'b').entries)).toEqual(sort(entries));
        expect(sort(parseBaseline(text.replaceAll('\n', '\r\n'), 'b').entries)).toEqual(sort(entries));
        expect(formatBaseline(parseBaseline(text, 'b').entries)).toBe(text);
      }),
    );
  });

  it('is refused wherever it is cut', () => {
    const [sample] = fc.sample(entry, { numRuns: 1, seed: 1 });
    const text = formatBaseline([sample!]);
    // The last line feed may be missing: editors drop it.
    for (let end = 0; end < text.length - 1; end++) {
      expect(() => parseBaseline(text.slice(0, end), 'b')).toThrow(/no baseline|cut off|no entry|version/);
    }
  });

  it.each([
    ['', 'is no baseline'],
    ['{"results": {}}', 'is no baseline'],
    ['# nhi-scan baseline 2: x\n# end of nhi-scan baseline\n', 'version 2'],
    ['# nhi-scan baseline 1\n<<<<<<< ours\n# end of nhi-scan baseline\n', 'conflict'],
    ['# nhi-scan baseline 1\nx\ty\n# end of nhi-scan baseline\n', 'no entry'],
  ])('is refused as %j', (text, message) => {
    expect(() => parseBaseline(text, 'b')).toThrow(message);
  });
});
