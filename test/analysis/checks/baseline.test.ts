// One entry accepts one secret at one path, wherever that path has moved to; never another secret, never for ever.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeByBaseline } from '../../../src/analysis/checks/baseline.ts';
import { fingerprintOf } from '../../../src/analysis/fingerprint.ts';
import type { BaselineEntry } from '../../../src/model/baseline.ts';
import type { Finding } from '../../../src/model/finding.ts';

const TODAY = '2026-06-15';

function finding(fingerprint: string, path: string): Finding {
  return { fingerprint, ruleId: 'r', location: { path, startLine: 1 }, notes: [] } as unknown as Finding;
}

function entry(fingerprint: string, path: string, changes: Partial<BaselineEntry> = {}): BaselineEntry {
  return { fingerprint, ruleId: 'r', path, verdict: 'test', by: 'ann', reason: 'sample', ...changes };
}

function reported(findings: Finding[], entries: BaselineEntry[]): string[] {
  return judgeByBaseline(findings, entries, { today: TODAY }).findings.map(({ location }) => location.path);
}

describe('judgeByBaseline', () => {
  it('accepts a secret at its path, and after that path has moved', () => {
    expect(reported([finding('a', 'x'), finding('a', 'x')], [entry('a', 'x')])).toEqual([]);
    expect(reported([finding('a', 'moved')], [entry('a', 'x')])).toEqual([]);
  });

  it('reports another secret at the path, and a copy of the secret elsewhere', () => {
    expect(reported([finding('b', 'x')], [entry('a', 'x')])).toEqual(['x']);
    const { findings } = judgeByBaseline([finding('a', 'x'), finding('a', 'copy')], [entry('a', 'x')], {
      today: TODAY,
    });
    expect(findings.map(({ location, notes }) => [location.path, notes.length])).toEqual([['copy', 1]]);
  });

  it('accepts up to the last day', () => {
    expect(reported([finding('a', 'x')], [entry('a', 'x', { expires: TODAY })])).toEqual([]);
    const late = [entry('a', 'x', { expires: '2026-06-14' })];
    expect(reported([finding('a', 'x')], late)).toEqual(['x']);
    expect(judgeByBaseline([], late, { today: TODAY }).expired).toEqual(late);
  });

  it('accepts what is real only for a time', () => {
    for (const verdict of ['real', 'leak'] as const) {
      expect(reported([finding('a', 'x')], [entry('a', 'x', { verdict })])).toEqual(['x']);
      const lent = [entry('a', 'x', { verdict, expires: '2026-07-01' })];
      expect(reported([finding('a', 'x')], lent)).toEqual([]);
    }
  });

  it('names the entries that accept nothing', () => {
    const entries = [entry('a', 'x'), entry('b', 'y')];
    expect(judgeByBaseline([finding('a', 'x')], entries, { today: TODAY }).unused).toEqual([entries[1]]);
  });

  it('never accepts more paths than it has entries', () => {
    const paths = fc.uniqueArray(fc.constantFrom('p', 'q', 'r', 's', 't'));
    fc.assert(
      fc.property(paths, paths, (found, known) => {
        const open = reported(
          found.map((path) => finding('a', path)),
          known.map((path) => entry('a', path)),
        );
        expect(open.length).toBe(Math.max(0, found.length - known.length));
      }),
    );
  });
});

describe('the fingerprint of a secret of several lines', () => {
  it('is the same for any line ends and indentation', () => {
    const lines = fc.array(fc.string({ unit: fc.constantFrom(...'abcXYZ019+/='), minLength: 1 }), {
      minLength: 2,
    });
    const indent = fc.constantFrom('', ' ', '    ', '\t');
    fc.assert(
      fc.property(lines, indent, fc.constantFrom('\n', '\r\n', '\r'), (text, space, end) => {
        expect(fingerprintOf('r', text.join(end + space))).toBe(fingerprintOf('r', text.join('\n')));
      }),
    );
    expect(fingerprintOf('r', 'a b')).not.toBe(fingerprintOf('r', 'ab'));
  });
});
