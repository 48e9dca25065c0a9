// Inputs that drive a pattern into its dear corners: its keywords and its own beginnings, pumped with what its classes accept.
import type { AST } from '@eslint-community/regexpp';
import type { Rule } from '../../src/model/rule.ts';
import type { ByteSet } from '../../src/rules/byte-set.ts';
import { bytesOf, hasByte, listBytes } from '../../src/rules/byte-set.ts';
import { parsePattern } from '../../src/rules/pattern-shape.ts';
import { expandTemplate } from '../../src/rules/template.ts';

/** A text that can be made as long as one likes, and where a keyword stands in it. */
export interface PumpedInput {
  readonly before: string;
  /** Begins with the keyword, where matches begin with it. */
  readonly head: string;
  /** Repeated. */
  readonly filler: string;
  /** Where the keyword begins in `head`. */
  readonly keywordAt: number;
}

/** The text, with its filler up to `length` bytes behind the keyword. */
export function pump({ before, head, filler, keywordAt }: PumpedInput, length: number): string {
  const missing = Math.max(0, length - (head.length - keywordAt));
  return before + head + filler.repeat(Math.ceil(missing / filler.length)).slice(0, missing);
}

const SEPARATORS = [' ', '"', '=', ': ', '\n', '\\"', 'a ', '="', 'a=', 'a,', 'a.'];
const BEFORE = ' '.repeat(8);
/** In no class that names what it accepts. */
const SPOILER = '\u0001';
const WALKS = 4;

export function listPumpedInputs(rule: Rule): PumpedInput[] {
  const tree = parsePattern(rule.pattern);
  const letters = pickRepresentatives(listByteSets(tree, rule.ignoreCase));
  return [...pumpKeywords(rule, letters), ...pumpExamples(rule, letters), ...spoilWalks(rule, tree, letters)];
}

function pumpKeywords({ keywords, lookback }: Rule, letters: readonly string[]): PumpedInput[] {
  const fillers = [...letters, ...SEPARATORS, ...pairUp(letters)];
  return spread(keywords, 3).flatMap((keyword) => {
    const pumped = [...fillers, ...letters.map((letter) => keyword + letter)];
    const behind = pumped.map((filler) => createInput(keyword, 0, filler));
    if (lookback === 0) return behind;
    // A pattern that looks back meets the filler before its keyword.
    const around = fillers.map((filler) => {
      const before = filler.repeat(Math.ceil(lookback / filler.length)).slice(0, lookback);
      return createInput(before + keyword, lookback, filler);
    });
    return [...behind, ...around];
  });
}

function pumpExamples(rule: Rule, letters: readonly string[]): PumpedInput[] {
  return spread(listExamples(rule), 4).flatMap(({ text, keywordAt }) =>
    listCuts(text, keywordAt).flatMap((cut) =>
      [...letters, text.slice(keywordAt, cut)].map((filler) => createInput(text.slice(0, cut), keywordAt, filler)),
    ),
  );
}

/** The longest texts that the pattern takes, by several ways, spoilt near their end. */
function spoilWalks(rule: Rule, tree: AST.Pattern, letters: readonly string[]): PumpedInput[] {
  return Array.from({ length: WALKS }, (_, turn) => turn).flatMap((turn) => {
    const text = walk(tree, { letters, turn, ignoreCase: rule.ignoreCase });
    return [0.3, 0.6, 0.9, 1].flatMap((part) => {
      const head = text.slice(0, Math.ceil(text.length * part));
      const keywordAt = findKeyword(head, rule.keywords) ?? 0;
      return [letters[0] ?? 'a', SPOILER].map((filler) => createInput(head, keywordAt, filler));
    });
  });
}

function createInput(head: string, keywordAt: number, filler: string): PumpedInput {
  return { before: BEFORE, head, filler, keywordAt };
}

interface KeyedText {
  readonly text: string;
  readonly keywordAt: number;
}

function listExamples(rule: Rule): KeyedText[] {
  return rule.examples.flatMap((example, number) =>
    example.in.flatMap((context, at) => {
      const options = { seed: `pumped:${rule.id}:${number}:${at}`, checksum: rule.checksum };
      const secret = expandTemplate(example.secret, options);
      const text = expandTemplate(context, options).replaceAll('$SECRET', () => secret);
      // A rule of files is tried at their beginning.
      const keywordAt = rule.files === undefined ? findKeyword(text, rule.keywords) : 0;
      return keywordAt === undefined ? [] : [{ text, keywordAt }];
    }),
  );
}

function findKeyword(text: string, keywords: readonly string[]): number | undefined {
  const folded = text.toLowerCase();
  const places = keywords.map((keyword) => folded.indexOf(keyword.toLowerCase())).filter((place) => place >= 0);
  return places.length === 0 ? undefined : Math.min(...places);
}

/** Behind the keyword, where text of one kind ends and where it is in its midst. */
function listCuts(text: string, keywordAt: number): number[] {
  const ends = [...text.slice(keywordAt).matchAll(/[0-9A-Za-z]+|[^0-9A-Za-z]/g)].flatMap(({ index, 0: piece }) => [
    keywordAt + index + piece.length,
    keywordAt + index + Math.ceil(piece.length / 2),
  ]);
  return spread([...new Set(ends)].filter((end) => end > keywordAt), 8);
}

/** At most `count` of them, from all over the list. */
function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)]!);
}

/** Every pair of letters of which many would be too many: neighbours only. */
function pairUp(letters: readonly string[]): string[] {
  return letters.map((letter, index) => letter + letters[(index + 1) % letters.length]!);
}

function listByteSets(tree: AST.Pattern, ignoreCase: boolean): ByteSet[] {
  const sets: ByteSet[] = [];
  const visit = (node: AST.Alternative | AST.Element): void => {
    if (node.type === 'Alternative') node.elements.forEach(visit);
    else if (node.type === 'Quantifier') visit(node.element);
    else if ('alternatives' in node) node.alternatives.forEach(visit);
    else if (node.type === 'CharacterSet' || node.type === 'CharacterClass') sets.push(bytesOf(node, ignoreCase));
  };
  tree.alternatives.forEach(visit);
  return sets;
}

/** One byte for each way in which the classes of a pattern can tell bytes apart; the most accepted ones first. */
function pickRepresentatives(sets: readonly ByteSet[]): string[] {
  const byAcceptance = new Map<string, { byte: number; count: number }>();
  for (let byte = 1; byte < 256; byte++) {
    const accepted = sets.map((set) => (hasByte(set, byte) ? '1' : '0')).join('');
    const count = sets.filter((set) => hasByte(set, byte)).length;
    if (!byAcceptance.has(accepted)) byAcceptance.set(accepted, { byte, count });
  }
  return [...byAcceptance.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, 12)
    .map(({ byte }) => String.fromCharCode(byte));
}

interface Walk {
  readonly letters: readonly string[];
  /** Which of the ways to take. */
  readonly turn: number;
  readonly ignoreCase: boolean;
}

/** A text that the pattern takes, but for its assertions, with every quantifier at its most. */
function walk({ alternatives }: Pick<AST.Pattern, 'alternatives'>, by: Walk): string {
  const { elements } = alternatives[by.turn % alternatives.length]!;
  return elements.map((element) => walkElement(element, by)).join('');
}

function walkElement(element: AST.Element, by: Walk): string {
  if (element.type === 'Quantifier') return walkElement(element.element, by).repeat(element.max);
  if (element.type === 'Group' || element.type === 'CapturingGroup') return walk(element, by);
  if (element.type === 'Character') return String.fromCharCode(element.value);
  if (element.type !== 'CharacterSet' && element.type !== 'CharacterClass') return '';
  const bytes = bytesOf(element, by.ignoreCase);
  const fitting = by.letters.filter((letter) => hasByte(bytes, letter.charCodeAt(0)));
  return fitting[by.turn % Math.max(1, fitting.length)] ?? String.fromCharCode(listBytes(bytes)[0]!);
}
