// In how many ways the pieces of a pattern can share one text: what makes a backtracking matcher slow.
import type { ByteSet } from './byte-set.ts';
import { hasOverlap, NO_BYTES, unite } from './byte-set.ts';
import { Complaint } from './pattern-complaint.ts';

/** Most ways in which one try of a pattern can divide its text among quantifiers. */
const MAX_CHOICES = 1_000_000;
/** Most ways in which a pattern can take one and the same text, reckoned as if its pieces all met the worst of it at once. */
const MAX_WAYS = 2_500_000;

/** What matters of a piece of a pattern for its cost. */
export interface Shape {
  readonly min: number;
  readonly max: number;
  /** How far lookaheads see beyond the piece. */
  readonly ahead: number;
  readonly bytes: ByteSet;
  /** Bytes with which the piece can begin. */
  readonly first: ByteSet;
  /** Bytes that its end, where that is of variable length, can go on to swallow. */
  readonly last: ByteSet;
  /** Ways to divide the text within the piece. */
  readonly choices: number;
  /** Most ways in which it can take one and the same text. */
  readonly ways: number;
  /** What its first bytes can be, one by one, as far as every match has them in the same places; maybe one more. */
  readonly head: readonly ByteSet[];
  /** What a piece without alternatives consists of. */
  readonly pieces?: readonly Shape[];
}

/** What the last run of variable length could swallow, where nothing behind it holds it up. */
export function lastOf(shapes: readonly Shape[]): ByteSet {
  return shapes.reduce(swallowNext, NO_BYTES);
}

/** What can be swallowed behind one more piece: a fixed one that does not hold the run up may be taken by it. */
function swallowNext(swallowed: ByteSet, shape: Shape): ByteSet {
  if (shape.max === 0) return swallowed;
  const isFree = hasOverlap(swallowed, shape.first);
  if (shape.max > shape.min || shape.choices > 1) {
    return isFree || shape.min === 0 ? unite([swallowed, shape.last]) : shape.last;
  }
  return isFree ? swallowed : NO_BYTES;
}

/**
 * Where two pieces of variable length touch (or only pieces that either could swallow lie between them),
 * the border between them is a free choice, and choices multiply. A piece that the run before it cannot
 * swallow fixes the border.
 */
export function countChoices(shapes: readonly Shape[]): number {
  let most = 1;
  let chain = 1;
  let swallowed: ByteSet = NO_BYTES;
  for (const shape of shapes) {
    if (shape.max === 0) continue;
    const isFree = hasOverlap(swallowed, shape.first);
    if (shape.choices > 1 || shape.max > shape.min) chain = isFree ? chain * shape.choices : shape.choices;
    else if (!isFree) chain = 1;
    swallowed = swallowNext(swallowed, shape);
    most = Math.max(most, chain);
    if (most > MAX_CHOICES) {
      throw new Complaint(
        'neighbouring quantifiers can divide the same text in too many ways',
        'make their classes disjoint, put a fixed character between them, or lower their bounds',
      );
    }
  }
  return most;
}

/**
 * Ways in which pieces can take one and the same text: where neighbours share a border that either could move, and
 * where a piece has several ways by itself. What is repeated has them each time, and they multiply.
 */
export function countWays(shapes: readonly Shape[]): number {
  let ways = 1;
  let swallowed: ByteSet = NO_BYTES;
  for (const shape of shapes) {
    if (shape.max === 0) continue;
    const isVariable = shape.max > shape.min;
    const isFree = hasOverlap(swallowed, shape.first);
    ways *= isVariable && isFree ? shape.choices : shape.ways;
    swallowed = swallowNext(swallowed, shape);
  }
  return checkWays(ways, MAX_WAYS);
}

export function checkWays(ways: number, most: number): number {
  if (ways <= most) return ways;
  throw new Complaint(
    'it can take the same text in too many ways',
    'make alternatives begin differently, and let no optional piece take what its neighbour can',
  );
}
