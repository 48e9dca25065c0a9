// What matters of a pattern for its cost, piece by piece, from its syntax tree.
import { RegExpParser } from '@eslint-community/regexpp';
import type { AST } from '@eslint-community/regexpp';
import type { ByteSet } from './byte-set.ts';
import { bytesOf, hasOverlap, NO_BYTES, unite } from './byte-set.ts';
import type { Shape } from './pattern-choices.ts';
import { checkWays, countChoices, countWays, lastOf } from './pattern-choices.ts';
import { Complaint } from './pattern-complaint.ts';

/** Longest lookbehind, in bytes. */
const MAX_LOOKBEHIND = 64;
/** The same of a repeated piece, whose rounds do all meet it. */
const MAX_REPEATED_WAYS = 10_000;
/** Bytes by which the beginnings of alternatives are told apart. */
const MAX_HEAD = 48;


const EMPTY: Shape = { min: 0, max: 0, ahead: 0, bytes: NO_BYTES, first: NO_BYTES, last: NO_BYTES, choices: 1, ways: 1, head: [] };

export function parsePattern(pattern: string): AST.Pattern {
  return new RegExpParser({ ecmaVersion: 2022 }).parsePattern(pattern, 0, pattern.length, { unicode: false });
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

/** By sign and place, as the text that it repeats may be a secret. */
function nameQuantifier({ raw, element, end }: AST.Quantifier): string {
  const sign = raw.slice(element.raw.length);
  return `the quantifier '${sign}' at its character ${end - sign.length + 1}`;
}

function shapeOfQuantifier(node: AST.Quantifier, ignoreCase: boolean): Shape {
  if (node.max === Infinity) {
    throw new Complaint(`${nameQuantifier(node)} has no upper bound`, 'bound it, as in {0,64}');
  }
  const body = shapeOfElement(node.element, ignoreCase);
  const isVariable = body.max > body.min || body.choices > 1;
  let choices = node.max - node.min + 1;
  if (isVariable && node.max > 1) {
    if (canRunOn(body.pieces ?? [body])) {
      throw new Complaint(
        `${nameQuantifier(node)} repeats a piece of variable length that can run into itself`,
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
