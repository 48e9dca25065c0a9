// Where several rules claim the same bytes, one finding remains: the most specific.
import type { Candidate } from './candidate.ts';
import { findFirst } from './find-first.ts';
import type { Span } from '../model/match.ts';
import type { RuleShape } from '../model/rule.ts';

const SHAPE_RANK: Readonly<Record<RuleShape, number>> = {
  structured: 3,
  prefixed: 3,
  contextual: 2,
  generic: 1,
};
const CONFIDENCE_RANK = { high: 3, medium: 2, low: 1 } as const;

const AUTHORIZATION_SCHEME = /^(?:basic|bearer|ntlm|token) /i;

/**
 * Splits candidates into those that stand and those that another covers, with the rule that does. A candidate that
 * covers a scored one of the same value keeps it as its second.
 */
export function resolveOverlap(candidates: readonly Candidate[]): {
  standing: Candidate[];
  covered: { candidate: Candidate; by: string }[];
} {
  const ranked = [...candidates].sort(compareClaims);
  const standing: Candidate[] = [];
  const covered: { candidate: Candidate; by: string }[] = [];
  const claims = createClaims(standing);
  for (const candidate of ranked) {
    const index = claims.find(candidate);
    const claimant = standing[index];
    if (!claimant) {
      claims.add(candidate);
      continue;
    }
    covered.push({ candidate, by: claimant.rule.id });
    if (isSecond(candidate, claimant)) standing[index] = { ...claimant, second: candidate };
  }
  return { standing: standing.sort(comparePositions), covered };
}

interface Claims {
  /** Index of the first that shares bytes with the candidate; -1 where none does. */
  find(candidate: Candidate): number;
  add(candidate: Candidate): void;
}

const BLOCK_BYTES = 256;

/** Claims by the blocks of text that they touch: a text full of them must not be searched for each of them. */
function createClaims(standing: Candidate[]): Claims {
  const byBlock = new Map<number, number[]>();
  return {
    find: (candidate) => {
      let first = Infinity;
      visitBlocks(candidate, (block) => {
        const near = byBlock.get(block)?.find((index) => hasCommonBytes(standing[index]!, candidate));
        if (near !== undefined) first = Math.min(first, near);
      });
      return first === Infinity ? -1 : first;
    },
    add: (candidate) => {
      const index = standing.push(candidate) - 1;
      visitBlocks(candidate, (block) => {
        const others = byBlock.get(block);
        if (others) others.push(index);
        else byBlock.set(block, [index]);
      });
    },
  };
}

function visitBlocks({ match: { secretSpan } }: Candidate, visit: (block: number) => void): void {
  const last = Math.floor(secretSpan.end / BLOCK_BYTES);
  for (let block = Math.floor(secretSpan.start / BLOCK_BYTES); block <= last; block++) visit(block);
}

/** Whether one of `spans` holds the whole of a span. */
export function createCover(spans: readonly Span[]): (span: Span) => boolean {
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  let furthest = 0;
  const ends = sorted.map(({ end }) => (furthest = Math.max(furthest, end)));
  return ({ start, end }) => {
    const index = findFirst(sorted, (span) => span.start > start) - 1;
    return index >= 0 && ends[index]! >= end;
  };
}

function isSecond({ rule, value }: Candidate, claimant: Candidate): boolean {
  return rule.shape === 'generic' && claimant.rule.shape !== 'generic' && value === claimant.value;
}

function compareClaims(a: Candidate, b: Candidate): number {
  return (
    SHAPE_RANK[b.rule.shape] - SHAPE_RANK[a.rule.shape] ||
    // A rule of references knows where the literal beside one begins.
    Number(b.rule.kind === 'slot') - Number(a.rule.kind === 'slot') ||
    CONFIDENCE_RANK[b.rule.confidence] - CONFIDENCE_RANK[a.rule.confidence] ||
    // The scheme of an Authorization header is no part of the credential behind it.
    Number(AUTHORIZATION_SCHEME.test(a.value)) - Number(AUTHORIZATION_SCHEME.test(b.value)) ||
    lengthOf(b.match.secretSpan) - lengthOf(a.match.secretSpan) ||
    // The same value under a longer name: the rule that asked for more around it knows better whose it is.
    lengthOf(b.match.span) - lengthOf(a.match.span) ||
    comparePositions(a, b)
  );
}

function comparePositions(a: Candidate, b: Candidate): number {
  return a.match.secretSpan.start - b.match.secretSpan.start || (a.rule.id < b.rule.id ? -1 : 1);
}

function lengthOf({ start, end }: Span): number {
  return end - start;
}

/** Neighbours in encoded text may share the characters that hold the end of one and the beginning of the other. */
function hasCommonBytes({ match: a }: Candidate, { match: b }: Candidate): boolean {
  const [first, second] = [a.secretSpan, b.secretSpan];
  if (first.start >= second.end || second.start >= first.end) return false;
  if (a.decodedBy.length === 0 || b.decodedBy.length === 0) return true;
  const common = Math.min(first.end, second.end) - Math.max(first.start, second.start);
  return common * 4 >= Math.min(lengthOf(first), lengthOf(second));
}
