// The engine finds what its patterns match, whatever the prefilter, the alignment or the cut.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScanner } from '../../src/engine/scanner.ts';
import type { Match } from '../../src/model/match.ts';
import { openRules, packRules } from '../../src/model/packed-rules.ts';
import type { RuleMatcher } from '../../src/model/rule.ts';
import { createMatcher, SAMPLE_RULES } from './sample-rules.ts';

const scanner = createScanner(openRules(packRules(SAMPLE_RULES)), { capacityBytes: 1 << 16 });

function scan(text: string): Match[] {
  const bytes = Buffer.from(text, 'latin1');
  scanner.buffer.set(bytes);
  return scanner.scan({ start: 0, limit: bytes.length, end: bytes.length });
}

/** What the patterns find by themselves, without keywords. Within what is a name itself, they go on searching. */
function searchWithoutPrefilter(text: string, rule: RuleMatcher): string[] {
  const pattern = new RegExp(rule.pattern, rule.ignoreCase ? 'dgi' : 'dg');
  const all: string[] = [];
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    const secret = found.groups?.['secret'] ?? found[0];
    const [start] = found.indices!.groups?.['secret'] ?? found.indices![0]!;
    if (/^[A-Za-z][A-Za-z_.:]{2,40}$/.test(secret)) pattern.lastIndex = Math.max(start, found.index + 1);
    all.push(`${rule.id}@${found.index}:${secret}`);
  }
  return all;
}

function describeMatches(matches: readonly Match[]): string[] {
  return matches.map((match) => `${match.ruleId}@${match.span.start}:${match.secret}`).sort();
}

const pieces = fc.constantFrom(
  'tkn_',
  'abcd1234',
  'TKN_',
  'sk-',
  '0123456789',
  'alpha_live_',
  'beta_live_',
  'ABCDEF',
  '012345678abc-us1',
  '-us1',
  'password',
  'PassWord_x',
  'pwd',
  ' = ',
  ': ',
  '"',
  's3cr3tvalue',
  '\n',
  ' ',
  'x',
  '_',
  '\u00ff',
  '\u0000',
  'deadbeef',
);

describe('scanner', () => {
  it('finds tokens and says where the secret stands', () => {
    const text = `key: ${'tkn_'}abcd1234\nalpha_live_00FFAA.`;
    expect(scan(text)).toMatchObject([
      { ruleId: 'plain-token', span: { start: 5, end: 17 }, secret: 'tkn_abcd1234' },
      { ruleId: 'two-keywords', secret: '00FFAA', secretSpan: { start: 29, end: 35 } },
    ]);
  });

  const twoNames = 'id_(?<name>[a-z]{3})_(?<secret>[a-z]{3,4})';
  it.each([
    { where: 'behind itself', pattern: twoNames, text: 'id_abc_abc;', start: 7, end: 10 },
    { where: 'overlapping itself', pattern: twoNames, text: 'id_aaa_aaaa;', start: 7, end: 11 },
    {
      where: 'behind text before its keyword',
      pattern: '[a-z]{3}-id_[a-z]{3}_(?<secret>[a-z]{3})',
      lookback: 8,
      text: 'abc-id_abc_abc;',
      start: 11,
      end: 14,
    },
    {
      where: 'behind the match',
      pattern: 'id_(?=[a-z]{3}_(?<secret>[a-z]{3}))',
      text: 'id_abc_xyz;',
      start: 7,
      end: 10,
    },
    {
      where: 'in and behind it',
      pattern: 'id_abc(?=_(?<secret>[a-z]{3}))',
      text: 'id_abc_abc;',
      start: 7,
      end: 10,
    },
    { where: 'before it', pattern: '(?<=(?<secret>[a-z]{3}):)id_abc', text: 'abc:id_abc;', start: 0, end: 3 },
  ])('says where a secret stands: $where', ({ pattern, text, start, end, lookback = 0 }) => {
    const rule = createMatcher({ id: 'repeats', keywords: ['id_'], pattern, lookback });
    const own = createScanner(openRules(packRules([rule])), { capacityBytes: 4096 });
    own.buffer.set(Buffer.from(text, 'latin1'));
    const [match] = own.scan({ start: 0, limit: text.length, end: text.length });
    expect(match?.secretSpan).toEqual({ start, end });
    expect(match?.secret).toBe(text.slice(start, end));
    expect(match?.captures).toEqual(pattern.includes('<name>') ? { name: text.slice(3, 6) } : {});
  });

  it('finds the same with the prefilter as without', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        const expected = SAMPLE_RULES.flatMap((rule) => searchWithoutPrefilter(text, rule)).sort();
        // A generic keyword may begin within what another of its matches covers; only those are left out.
        expect(describeMatches(scan(text))).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('finds a token at every alignment', () => {
    for (let pad = 0; pad < 40; pad++) {
      expect(scan(`${'.'.repeat(pad)}tkn_abcd1234`)).toHaveLength(1);
    }
  });

  it('takes more hits than the kernel has room for in one call', () => {
    const count = 20_000 / 13;
    const text = 'tkn_abcd1234 '.repeat(count);
    expect(scan(text)).toHaveLength(Math.floor(count));
    const dense = `${'sk-'.repeat(21_000)}x`;
    const before = scanner.counters.keywordHits;
    expect(scan(dense)).toHaveLength(0);
    expect(scanner.counters.keywordHits - before).toBe(21_000);
  });

  it('runs no pattern of an ordinary word unless a value is assigned', () => {
    const before = scanner.counters.patternRuns;
    scan('the password of the user, and its pwd; see password() for details'.repeat(50));
    expect(scanner.counters.patternRuns - before).toBe(0);
  });

  it('does not see bytes of an earlier text behind the end', () => {
    scan('x'.repeat(100) + 'tkn_abcd1234');
    expect(scan('x'.repeat(100) + 'tkn_abcd')).toEqual([]);
  });
});
