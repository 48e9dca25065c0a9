// Refuses patterns whose cost or length is not bounded by construction. What passes here cannot hang a scan.
import { RegExpParser } from '@eslint-community/regexpp';
import type { AST } from '@eslint-community/regexpp';
import type { ByteSet } from './byte-set.ts';
import { bytesOf, hasOverlap, NO_BYTES, unite } from './byte-set.ts';
import { findUnkeyedHead } from './pattern-heads.ts';

/** Longest match of a pattern, in bytes. */
export const MAX_REACH: number = 16 * 1024;
/** Longest lookbehind, in bytes. */
export const MAX_LOOKBEHIND = 64;
/** Most ways in which one try of a pattern can divide its text among quantifiers. */
const MAX_CHOICES = 1_000_000;
/** Most ways in which a pattern can take one and the same text, reckoned as if its pieces all met the worst of it at once. */
const MAX_WAYS = 2_500_000;
/** The same of a repeated piece, whose rounds do all meet it. */
const MAX_REPEATED_WAYS = 10_000;
/** Bytes by which the beginnings of alternatives are told apart. */
const MAX_HEAD = 48;

export interface PatternFacts {
  /** Upper bound of a match's length and of what its lookaheads see, in bytes. */
  readonly reach: number;
}

export interface PatternComplaint {
  readonly problem: string;
  readonly remedy: string;
}

export interface PatternSource {
  readonly pattern: string;
  readonly ignoreCase: boolean;
  readonly keywords: readonly string[];
  readonly lookback: number;
}

/** The facts of a pattern that is safe to run, or the first reason why it is not. */
export function lintPattern(source: PatternSource): PatternFacts | PatternComplaint {
  let tree: AST.Pattern;
  try {
    tree = parsePattern(source.pattern);
  } catch (error) {
    return { problem: (error as Error).message, remedy: 'write a valid JavaScript regular expression' };
  }
  try {
    const shape = shapeOfAlternatives(tree.alternatives, source.ignoreCase);
    checkBounds(shape);
    if (source.lookback === 0) checkHeads(tree, source);
    return { reach: shape.max + shape.ahead };
  } catch (complaint) {
    if (complaint instanceof Complaint) return complaint;
    throw complaint;
  }
}

export function isComplaint(result: PatternFacts | PatternComplaint): result is PatternComplaint {
  return 'problem' in result;
}

/** Why a user's own pattern, which needs no keyword, is not safe to run; undefined when it is. */
export function explainPattern(pattern: string): string | undefined {
  const facts = lintPattern({ pattern, ignoreCase: false, keywords: [], lookback: 1 });
  return isComplaint(facts) ? facts.problem : undefined;
}

export function parsePattern(pattern: string): AST.Pattern {
  return new RegExpParser({ ecmaVersion: 2022 }).parsePattern(pattern, 0, pattern.length, { unicode: false });
}

class Complaint extends Error implements PatternComplaint {
  readonly problem: string;
  readonly remedy: string;
  constructor(problem: string, remedy: string) {
    super(problem);
    this.problem = problem;
    this.remedy = remedy;
  }
}

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

const EMPTY: Shape = { min: 0, max: 0, ahead: 0, bytes: NO_BYTES, first: NO_BYTES, last: NO_BYTES, choices: 1, ways: 1, head: [] };

function checkBounds(shape: Shape): void {
  if (shape.max + shape.ahead > MAX_REACH) {
    throw new Complaint(`a match may be ${shape.max} bytes long`, `bound it to ${MAX_REACH} bytes`);
  }
  if (shape.min === 0) throw new Complaint('it matches the empty text', 'require at least one character');
}

function checkHeads(tree: AST.Pattern, source: PatternSource): void {
  const head = findUnkeyedHead(tree, source);
  if (head === undefined) return;
  throw new Complaint(
    `a match may begin with ${JSON.stringify(head)}, which none of the keywords begins`,
    'name every beginning in `keywords`, or give `lookback`',
  );
}

/** @param isWhole false within a pattern: what follows may fail, and have every choice tried */
export function shapeOfAlternatives(
  alternatives: readonly AST.Alternative[],
  ignoreCase: boolean,
  isWhole = true,
): Shape {
  const shapes = alternatives.map(({ elements }) => shapeOfSequence(elements, ignoreCase, isWhole));
  if (shapes.length === 1) return shapes[0]!;
  return {
    min: Math.min(...shapes.map((shape) => shape.min)),
    max: Math.max(...shapes.map((shape) => shape.max)),
    ahead: Math.max(...shapes.map((shape) => shape.ahead)),
    bytes: unite(shapes.map((shape) => shape.bytes)),
    first: unite(shapes.map((shape) => shape.first)),
    last: unite(shapes.map((shape) => shape.last)),
    choices: shapes.reduce((sum, shape) => sum + shape.choices, 0),
    ways: waysOfAlternatives(shapes),
    head: [],
  };
}

/** Only alternatives that can begin alike can take the same text. */
function waysOfAlternatives(shapes: readonly Shape[]): number {
  const isAlone = (shape: Shape): boolean =>
    shapes.every((other) => other === shape || shape.head.some((set, at) => other.head[at] && !hasOverlap(set, other.head[at])));
  const alike = shapes.filter((shape) => !isAlone(shape)).reduce((sum, shape) => sum + shape.ways, 0);
  return Math.max(alike, ...shapes.map((shape) => shape.ways));
}

export function shapeOfSequence(
  elements: readonly AST.Element[],
  ignoreCase: boolean,
  isWhole = true,
): Shape {
  const shapes = elements.map((element) => shapeOfElement(element, ignoreCase));
  const max = shapes.reduce((sum, shape) => sum + shape.max, 0);
  return {
    min: shapes.reduce((sum, shape) => sum + shape.min, 0),
    max,
    ahead: Math.max(0, ...shapes.map((shape) => shape.ahead)),
    bytes: unite(shapes.map((shape) => shape.bytes)),
    first: firstOf(shapes),
    last: lastOf(shapes),
    choices: countChoices(isWhole ? settleEnd(shapes) : shapes),
    ways: countWays(shapes),
    head: headOf(shapes),
    pieces: shapes,
  };
}

/** Behind the end of a pattern nothing fails, so no other choice for its last piece is tried. */
function settleEnd(shapes: readonly Shape[]): Shape[] {
  return shapes.map((shape, index) => (index === shapes.length - 1 ? { ...shape, choices: 1 } : shape));
}

function headOf(shapes: readonly Shape[]): ByteSet[] {
  const head: ByteSet[] = [];
  for (const [index, shape] of shapes.entries()) {
    // What the last piece says of the byte behind it tells it apart as well.
    head.push(...(index === shapes.length - 1 ? shape.head : shape.head.slice(0, shape.max)));
    if (shape.head.length < shape.max) break;
  }
  return head.slice(0, MAX_HEAD);
}

function firstOf(shapes: readonly Shape[]): ByteSet {
  const mandatory = shapes.findIndex((shape) => shape.min > 0);
  return unite(shapes.slice(0, mandatory === -1 ? shapes.length : mandatory + 1).map((shape) => shape.first));
}

/** What the last run of variable length could swallow, where nothing behind it holds it up. */
function lastOf(shapes: readonly Shape[]): ByteSet {
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
function countChoices(shapes: readonly Shape[]): number {
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
function countWays(shapes: readonly Shape[]): number {
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

function checkWays(ways: number, most: number): number {
  if (ways <= most) return ways;
  throw new Complaint(
    'it can take the same text in too many ways',
    'make alternatives begin differently, and let no optional piece take what its neighbour can',
  );
}

export function shapeOfElement(element: AST.Element, ignoreCase: boolean): Shape {
  switch (element.type) {
    case 'Character':
    case 'CharacterSet':
    case 'CharacterClass': {
      const bytes = bytesOf(element, ignoreCase);
      return { min: 1, max: 1, ahead: 0, bytes, first: bytes, last: NO_BYTES, choices: 1, ways: 1, head: [bytes] };
    }
    case 'Group':
    case 'CapturingGroup':
      return shapeOfAlternatives(element.alternatives, ignoreCase, false);
    case 'Quantifier':
      return shapeOfQuantifier(element, ignoreCase);
    case 'Assertion':
      return shapeOfAssertion(element, ignoreCase);
    case 'Backreference':
      throw new Complaint('back-references are not allowed', 'spell the alternatives out');
    default:
      throw new Complaint(`${element.type} is not allowed`, 'use plain classes');
  }
}

function shapeOfQuantifier(node: AST.Quantifier, ignoreCase: boolean): Shape {
  if (node.max === Infinity) {
    throw new Complaint(`'${node.raw}' has no upper bound`, 'bound it, as in {0,64}');
  }
  const body = shapeOfElement(node.element, ignoreCase);
  const isVariable = body.max > body.min || body.choices > 1;
  let choices = node.max - node.min + 1;
  if (isVariable && node.max > 1) {
    if (canRunOn(body.pieces ?? [body])) {
      throw new Complaint(
        `'${node.raw}' repeats a piece of variable length that can run into itself`,
        'end the repeated piece with a character that it cannot contain',
      );
    }
    choices *= body.choices;
  } else if (isVariable) {
    choices = body.choices + (node.min === 0 ? 1 : 0);
  }
  return {
    min: body.min * node.min,
    max: body.max * node.max,
    ahead: body.ahead,
    bytes: body.bytes,
    first: body.first,
    last: node.max > node.min && (node.max > 1 || body.max === 1) ? body.bytes : body.last,
    choices,
    ways: checkWays(body.ways ** node.max, MAX_REPEATED_WAYS),
    head: headOf(Array.from({ length: Math.min(node.min, MAX_HEAD) }, () => body)),
  };
}

/** Whether one round of a repeated piece can take what would be the next one's. */
function canRunOn(pieces: readonly Shape[]): boolean {
  // What is there in one round and not in another moves all that follows it.
  const moving = pieces.map((piece) => (piece.min === 0 ? { ...piece, last: piece.bytes } : piece));
  return countChoices([...moving, ...moving]) > countChoices(moving);
}

function shapeOfAssertion(node: AST.Assertion, ignoreCase: boolean): Shape {
  if (node.kind !== 'lookahead' && node.kind !== 'lookbehind') return { ...EMPTY, ahead: 1 };
  const body = shapeOfAlternatives(node.alternatives, ignoreCase, false);
  if (node.kind === 'lookahead') {
    return { ...EMPTY, ahead: body.max, choices: body.choices, head: node.negate ? refusedBy(body) : [] };
  }
  if (body.max > MAX_LOOKBEHIND) {
    throw new Complaint(
      `a lookbehind sees ${body.max} bytes`,
      `keep it within ${MAX_LOOKBEHIND}, or use \`lookback\``,
    );
  }
  return EMPTY;
}

/** What can stand where a single byte of some kinds may not. */
function refusedBy({ min, max, head }: Shape): ByteSet[] {
  return min === 1 && max === 1 ? head.slice(0, 1).map((set) => set.map((word) => ~word)) : [];
}
