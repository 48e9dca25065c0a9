// Which bytes can stand before a match and behind a short keyword: without that the prefilter would have to expect any.
import { RegExpParser } from '@eslint-community/regexpp';
import type { AST } from '@eslint-community/regexpp';
import type { ByteSet } from './byte-set.ts';
import { bytesOf, hasByte, listBytes, NO_BYTES, unite } from './byte-set.ts';

/** Keywords of this length and less are atoms of the prefilter as a whole, or less than one. */
const SHORT_KEYWORD_BYTES = 4;
/** Beyond this many steps the answer is not worth its cost. */
const MAX_STEPS = 20_000;

/** A repetition of which some rounds are over. */
interface Rest {
  readonly type: 'Rest';
  readonly node: AST.Quantifier;
  readonly done: number;
}
type Piece = AST.Element | Rest;

interface Walk {
  readonly keyword: string;
  readonly ignoreCase: boolean;
  steps: number;
}

/**
 * For each short keyword the bytes that can follow it, as latin1 text. A keyword after which a match can end, or
 * anything can follow, is left out.
 * @param pattern its matches begin with their keywords
 */
export function findBytesAfterKeywords(
  pattern: string,
  keywords: readonly string[],
  ignoreCase: boolean,
): Readonly<Record<string, string>> {
  const tree = new RegExpParser({ ecmaVersion: 2022 }).parsePattern(pattern, 0, pattern.length, { unicode: false });
  const entries = keywords
    .filter((keyword) => keyword.length <= SHORT_KEYWORD_BYTES)
    .flatMap((keyword): [string, string][] => {
      const bytes = bytesAfter(tree, { keyword: keyword.toLowerCase(), ignoreCase, steps: 0 });
      return bytes ? [[keyword.toLowerCase(), String.fromCharCode(...listBytes(bytes))]] : [];
    });
  return Object.fromEntries(entries);
}

/**
 * The bytes that can stand before a match, as latin1 text; undefined where that may be any, or nobody can tell.
 * A text may also begin with the match: there a line end is thought to stand.
 */
export function findBytesBefore(pattern: string, ignoreCase: boolean): string | undefined {
  const tree = new RegExpParser({ ecmaVersion: 2022 }).parsePattern(pattern, 0, pattern.length, { unicode: false });
  const sets = tree.alternatives.map(({ elements }) => bytesBefore(elements, ignoreCase));
  if (sets.includes(undefined)) return undefined;
  return String.fromCharCode(...listBytes(unite(sets as ByteSet[])));
}

/** Of patterns that begin with `(?<![…])`, and nothing else. */
function bytesBefore([first]: readonly AST.Element[], ignoreCase: boolean): ByteSet | undefined {
  if (first?.type !== 'Assertion' || first.kind !== 'lookbehind' || !first.negate) return undefined;
  const [refused, ...others] = first.alternatives.flatMap(({ elements }) => elements);
  if (refused === undefined || others.length > 0 || !isConsumer(refused)) return undefined;
  return bytesOf(refused, ignoreCase).map((word) => ~word);
}

/** Undefined where any byte can follow. */
function bytesAfter(tree: AST.Pattern, walk: Walk): ByteSet | undefined {
  const sets = tree.alternatives.map(({ elements }) => follow(elements, 0, walk));
  return sets.includes(undefined) ? undefined : unite(sets as ByteSet[]);
}

/** The bytes that can come next when `at` characters of the keyword have been seen and these pieces are to come. */
function follow(pieces: readonly Piece[], at: number, walk: Walk): ByteSet | undefined {
  if (++walk.steps > MAX_STEPS) return undefined;
  const [piece, ...rest] = pieces;
  if (piece === undefined) return at === walk.keyword.length ? undefined : NO_BYTES;
  if (piece.type === 'Assertion') return follow(rest, at, walk);
  const branches = expand(piece);
  if (branches) return uniteAll(branches.map((branch) => follow([...branch, ...rest], at, walk)));
  if (!isConsumer(piece)) return undefined;
  const bytes = bytesOf(piece, walk.ignoreCase);
  if (at === walk.keyword.length) return bytes;
  return acceptsFolded(bytes, walk.keyword[at]!) ? follow(rest, at + 1, walk) : NO_BYTES;
}

function isConsumer(piece: Piece): piece is AST.Character | AST.CharacterSet | AST.CharacterClass {
  return piece.type === 'Character' || piece.type === 'CharacterSet' || piece.type === 'CharacterClass';
}

/** What a piece that is no single character can stand for. */
function expand(piece: Piece): Piece[][] | undefined {
  switch (piece.type) {
    case 'Group':
    case 'CapturingGroup':
      return piece.alternatives.map(({ elements }) => elements);
    case 'Quantifier':
      return expandRounds(piece, 0);
    case 'Rest':
      return expandRounds(piece.node, piece.done);
    default:
      return undefined;
  }
}

function expandRounds(node: AST.Quantifier, done: number): Piece[][] {
  const once: Piece[] = [node.element, { type: 'Rest', node, done: done + 1 }];
  return [...(done >= node.min ? [[]] : []), ...(done < node.max ? [once] : [])];
}

function uniteAll(sets: readonly (ByteSet | undefined)[]): ByteSet | undefined {
  return sets.includes(undefined) ? undefined : unite(sets as ByteSet[]);
}

function acceptsFolded(bytes: ByteSet, character: string): boolean {
  return hasByte(bytes, character.charCodeAt(0)) || hasByte(bytes, character.toUpperCase().charCodeAt(0));
}
