// Of several claims on the same bytes the most specific stands, whatever the order in which they come.
import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../src/analysis/candidate.ts';
import { resolveOverlap } from '../../src/analysis/overlap.ts';
import type { RuleMatcher } from '../../src/model/rule.ts';
import { buildCandidate } from './build-candidate.ts';

const TEXT = 'name = aaaabbbbcccc; other = dddd';

type Claim = Partial<RuleMatcher> & { readonly from?: number };

/** @param from where the match begins; at the beginning of the text when left out */
function claim(id: string, value: string, { from = 0, ...rule }: Claim = {}): Candidate {
  return buildCandidate(TEXT, value, { rule: { id, ...rule }, matchStart: from });
}

function resolve(candidates: readonly Candidate[]): { standing: string[]; covered: string[] } {
  const { standing, covered } = resolveOverlap(candidates);
  return {
    standing: standing.map(({ rule }) => rule.id),
    covered: covered.map(({ candidate, by }) => `${candidate.rule.id} by ${by}`),
  };
}

const WINNERS: readonly (readonly [why: string, winner: Candidate, loser: Candidate])[] = [
  [
    'a prefixed over a contextual rule',
    claim('w', 'bbbb'),
    claim('l', 'aaaabbbbcccc', { shape: 'contextual' }),
  ],
  [
    'a structured over a generic rule',
    claim('w', 'bbbb', { shape: 'structured' }),
    claim('l', 'bbbb', { shape: 'generic' }),
  ],
  [
    'a contextual over a generic rule',
    claim('w', 'bbbb', { shape: 'contextual', confidence: 'low' }),
    claim('l', 'bbbb', { shape: 'generic' }),
  ],
  [
    'a rule of references over another of its shape',
    claim('w', 'bbbb', { kind: 'slot', confidence: 'low' }),
    claim('l', 'bbbb'),
  ],
  ['the surer rule', claim('w', 'bbbb'), claim('l', 'aaaabbbb', { confidence: 'medium' })],
  ['the longer value', claim('w', 'aaaabbbb'), claim('l', 'bbbb')],
  ['the longer match of one value', claim('w', 'bbbb', { from: 0 }), claim('l', 'bbbb', { from: 7 })],
  ['the value that begins first', claim('w', 'aaaabbbb', { from: 7 }), claim('l', 'bbbbcccc', { from: 11 })],
  ['the first id, where all is the same', claim('a', 'bbbb'), claim('b', 'bbbb')],
];

describe('resolveOverlap', () => {
  it.each(WINNERS)('prefers %s', (_, winner, loser) => {
    const expected = { standing: [winner.rule.id], covered: [`${loser.rule.id} by ${winner.rule.id}`] };
    expect(resolve([winner, loser])).toEqual(expected);
    expect(resolve([loser, winner])).toEqual(expected);
  });

  it('keeps what has no byte in common, in order of place', () => {
    expect(resolve([claim('last', 'dddd'), claim('next', 'bbbb'), claim('first', 'aaaa')])).toEqual({
      standing: ['first', 'next', 'last'],
      covered: [],
    });
  });

  it('lets what is covered cover nothing', () => {
    const [strong, weak, weaker] = [
      claim('strong', 'aaaa'),
      claim('weak', 'aaaabbbb', { shape: 'contextual' }),
      claim('weaker', 'bbbb', { shape: 'generic' }),
    ];
    expect(resolve([weaker, weak, strong])).toEqual({
      standing: ['strong', 'weaker'],
      covered: ['weak by strong'],
    });
  });
});
