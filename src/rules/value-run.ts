// What must follow a keyword in every match, as an unbroken run of one alphabet: a test so cheap that the prefilter makes it.
import type { AST } from '@eslint-community/regexpp';
import type { ValueRun } from '../model/rule.ts';
import type { ByteSet } from './byte-set.ts';
import { bytesMatching, bytesOf, hasByte, isSubset, NO_BYTES, unite } from './byte-set.ts';
import type { PatternSource } from './lint-pattern.ts';
import type { Shape } from './pattern-choices.ts';
import { parsePattern, shapeOfAlternatives, shapeOfElement, shapeOfSequence } from './pattern-shape.ts';

const RUN_ALPHABETS: readonly (readonly [ValueRun['alphabet'], ByteSet])[] = [
  ['hex', bytesMatching(/[0-9A-Fa-f]/)],
  ['alnum', bytesMatching(/[0-9A-Za-z]/)],
  ['token', bytesMatching(/[0-9A-Za-z+/=_.~-]/)],
];

/** Longest run that the engine counts, and the furthest behind a keyword that it looks for one. */
const MAX_RUN = 255;
/** A shorter run behind a keyword says less than one that holds the keyword. */
const MIN_REST = 8;

/**
 * The run that follows the keyword at once, or that every match is as a whole, or that its group `secret` is where that
 * stands behind the keyword and near it; undefined where there is none.
 * @param isHead whether what stands before the group surely holds the whole keyword, given its shortest length
 */
export function findSecretRun(
  source: Pick<PatternSource, 'pattern' | 'ignoreCase' | 'keywords'>,
  isHead: (minLength: number) => boolean,
): ValueRun | undefined {
  const { ignoreCase } = source;
  const tree = parsePattern(source.pattern);
  const whole = shapeOfAlternatives(tree.alternatives, ignoreCase);
  return findRest(tree, source) ?? toRun(whole, true) ?? findGroupRun(tree, ignoreCase, isHead);
}

function findGroupRun(
  { alternatives }: AST.Pattern,
  ignoreCase: boolean,
  isHead: (minLength: number) => boolean,
): ValueRun | undefined {
  const [sequence, ...others] = alternatives;
  const at = sequence?.elements.findIndex((each) => each.type === 'CapturingGroup' && each.name === 'secret') ?? -1;
  if (!sequence || others.length > 0 || at === -1) return undefined;
  const before = shapeOfSequence(sequence.elements.slice(0, at), ignoreCase);
  if (!isHead(before.min) || before.max > MAX_RUN) return undefined;
  return toRun(shapeOfElement(sequence.elements[at]!, ignoreCase), false);
}

function toRun({ min, bytes }: Pick<Shape, 'min' | 'bytes'>, holdsKeyword: boolean): ValueRun | undefined {
  const alphabet = RUN_ALPHABETS.find(([, set]) => isSubset(bytes, set))?.[0];
  return alphabet && min > 0 ? { alphabet, min: Math.min(min, MAX_RUN), holdsKeyword } : undefined;
}

/** The run behind the keyword, where the pattern spells the keyword out: narrower than one that holds the keyword. */
function findRest(
  { alternatives }: AST.Pattern,
  { keywords, ignoreCase }: Pick<PatternSource, 'ignoreCase' | 'keywords'>,
): ValueRun | undefined {
  const [keyword = '', ...otherKeywords] = keywords;
  const [sequence, ...others] = alternatives;
  if (!sequence || others.length > 0 || otherKeywords.some(({ length }) => length !== keyword.length)) return undefined;
  const elements = flatten(sequence.elements);
  if (!keywords.every((each) => isSpelled(elements, each, ignoreCase))) return undefined;
  const run = growRun(elements.slice(keyword.length), ignoreCase);
  const found = toRun(run, true);
  return found && run.min >= MIN_REST ? { ...found, min: Math.min(found.min + keyword.length, MAX_RUN) } : undefined;
}

/** The elements, groups without alternatives opened and assertions left out. */
function flatten(elements: readonly AST.Element[]): AST.Element[] {
  return elements.flatMap((element) => {
    if (element.type === 'Assertion') return [];
    const isGroup = element.type === 'Group' || element.type === 'CapturingGroup';
    return isGroup && element.alternatives.length === 1 ? flatten(element.alternatives[0]!.elements) : [element];
  });
}

function isSpelled(elements: readonly AST.Element[], keyword: string, ignoreCase: boolean): boolean {
  return [...keyword].every((character, index) => {
    const element = elements[index];
    if (element?.type !== 'Character' && element?.type !== 'CharacterClass') return false;
    const bytes = bytesOf(element, ignoreCase);
    return [character.toLowerCase(), character.toUpperCase()].some((each) => hasByte(bytes, each.charCodeAt(0)));
  });
}

/** As many elements as stay within an alphabet. */
function growRun(elements: readonly AST.Element[], ignoreCase: boolean): Pick<Shape, 'min' | 'bytes'> {
  let run: Pick<Shape, 'min' | 'bytes'> = { min: 0, bytes: NO_BYTES };
  for (const element of elements) {
    const shape = shapeOfElement(element, ignoreCase);
    const grown = { min: run.min + shape.min, bytes: unite([run.bytes, shape.bytes]) };
    // What may be there or not, and would not fit, ends a run that is certain.
    if (run.min >= MIN_REST && !isAsNarrow(grown.bytes, run.bytes)) break;
    run = grown;
  }
  return run;
}

function isAsNarrow(bytes: ByteSet, than: ByteSet): boolean {
  return rankOf(bytes) === rankOf(than);
}

function rankOf(set: ByteSet): number {
  return RUN_ALPHABETS.findIndex(([, alphabet]) => isSubset(set, alphabet));
}
