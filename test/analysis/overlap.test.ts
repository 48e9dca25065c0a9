// Of several claims on the same bytes the most specific stands, whatever the order in which they come.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../src/analysis/candidate.ts';
import { createCover, resolveOverlap } from '../../src/analysis/overlap.ts';
import type { RuleMatcher } from '../../src/model/rule.ts';
import { buildCandidate, buildMatch } from './build-candidate.ts';

const TEXT = 'name = aaaabbbbcccc; other = dddd';
const HEADER = 'Authorization: "Bearer eeeeffff"';

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
  [
    'a credential over one with its scheme of authorization',
    buildCandidate(HEADER, 'eeeeffff', { rule: { id: 'w' } }),
    buildCandidate(HEADER, 'Bearer eeeeffff', { rule: { id: 'l' } }),
  ],
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

  it('says the same as a look at every claim that stands, for spans of any length and place', () => {
    const spans = fc.array(fc.tuple(fc.nat(2000), fc.constantFrom(0, 1, 7, 40, 300, 900)), { maxLength: 30 });
    fc.assert(
      fc.property(spans, (chosen) => {
        const claims = chosen.map(([start, length], index) => {
          const each = claim(`r${index}`, 'aaaa');
          return { ...each, match: buildMatch(`r${index}`, { start, end: start + length }) };
        });
        const { standing, covered } = resolveOverlap(claims);
        // Longer spans claim first here: all else is the same.
        const byLength = [...standing].sort(
          (a, b) => lengthOf(b) - lengthOf(a) || a.match.secretSpan.start - b.match.secretSpan.start,
        );
        expect(standing.filter((a) => standing.some((b) => a !== b && touches(a, b)))).toEqual([]);
        expect(covered.map(({ by }) => by)).toEqual(
          covered.map(({ candidate }) => byLength.find((other) => touches(other, candidate))?.rule.id),
        );
        expect(standing.length + covered.length).toBe(claims.length);
      }),
    );
  });
});

function touches(a: Candidate, b: Candidate): boolean {
  return (
    a.match.secretSpan.start < b.match.secretSpan.end && b.match.secretSpan.start < a.match.secretSpan.end
  );
}

function lengthOf({ match: { secretSpan } }: Candidate): number {
  return secretSpan.end - secretSpan.start;
}

describe('createCover', () => {
  it('knows what is within one span, as a look at each of them does', () => {
    const span = fc.tuple(fc.nat(50), fc.nat(20)).map(([start, length]) => ({ start, end: start + length }));
    fc.assert(
      fc.property(fc.array(span), span, (spans, own) => {
        const isHeld = spans.some(({ start, end }) => start <= own.start && end >= own.end);
        expect(createCover(spans)(own)).toBe(isHeld);
      }),
    );
  });
});
