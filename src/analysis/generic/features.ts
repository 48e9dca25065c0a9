// Everything that the score is computed from, by one function for training and for scanning.
import type { Span } from '../../model/match.ts';
import type { Candidate } from '../candidate.ts';
import { CONTEXT_TRAITS, describeContext, operatorOf } from './context-traits.ts';
import type { LanguageData } from './language.ts';
import { hashRange } from './language.ts';
import { splitName } from './name.ts';
import type { Surroundings } from './surroundings.ts';
import { surroundingsOf } from './surroundings.ts';
import { describeValue, VALUE_TRAITS } from './value-traits.ts';

/** Hashed features stand in three groups, so that each can be weighed as one number by the trees. */
export const GROUPS = ['characters of the value', 'words of the name', 'words around'] as const;
/** Buckets of each group. */
export const BUCKETS: number = 1 << 13;

export interface Features {
  readonly dense: readonly number[];
  /** For each group, the buckets of its features, without doubles. */
  readonly sparse: readonly (readonly number[])[];
}

export const DENSE_NAMES: readonly string[] = [...VALUE_TRAITS, ...CONTEXT_TRAITS];

export function extractFeatures(candidate: Candidate, language: LanguageData): Features {
  const surroundings = surroundingsOf(candidate);
  const value = candidate.value.trim() || candidate.value;
  return {
    dense: [...describeValue(value, language), ...describeContext(candidate, surroundings)],
    sparse: [hashValue(value), hashName(candidate, surroundings), hashLine(candidate, surroundings)],
  };
}

/** Buckets that are met for the first time, in order. */
interface Bag {
  add(kind: string, text: string): void;
  addRange(kind: string, text: string, range: Span): void;
  readonly buckets: number[];
}

/** For each bucket the bag that has met it last. */
const metBy = new Uint32Array(BUCKETS);
let bagCount = 0;

function createBag(): Bag {
  const buckets: number[] = [];
  const bag = (bagCount = (bagCount + 1) >>> 0);
  const addRange = (kind: string, text: string, range: Span): void => {
    const bucket = hashRange(kind, text, range) % BUCKETS;
    if (metBy[bucket] === bag) return;
    metBy[bucket] = bag;
    buckets.push(bucket);
  };
  return { buckets, addRange, add: (kind, text) => addRange(kind, text, { start: 0, end: text.length }) };
}

const MAX_VALUE = 64;
const MAX_WHOLE = 24;
const MAX_SHAPE = 32;

/** Character triples, with digits made one, words, the shape, and the whole of a short value. */
function hashValue(whole: string): number[] {
  const bag = createBag();
  const short = whole.slice(0, MAX_VALUE);
  const value = `^${short.toLowerCase().replace(/\d/g, '0')}$`;
  for (let at = 0; at + 2 < value.length; at++) bag.addRange('3', value, { start: at, end: at + 3 });
  for (const word of splitName(short)) bag.add('w', word);
  if (whole.length <= MAX_WHOLE) bag.add('=', whole.toLowerCase());
  bag.add('s', shapeOf(whole.slice(0, MAX_SHAPE)));
  return bag.buckets;
}

/** `Abc-12` is `Aa-0`; repeated classes stand once. */
function shapeOf(value: string): string {
  return value
    .replace(/[a-z]+/g, 'a')
    .replace(/[A-Z]+/g, 'A')
    .replace(/\d+/g, '0');
}

function hashName(candidate: Candidate, { name, reading }: Surroundings): number[] {
  const { words, kind = '', lead, tail } = reading;
  const bag = createBag();
  words.forEach((word, index) => {
    bag.add('w', word);
    if (index > 0) bag.add('p', `${words[index - 1]!} ${word}`);
  });
  bag.add('n', name.toLowerCase());
  bag.add('l', words.at(-1) ?? '');
  bag.add('r', candidate.rule.id);
  bag.add('k', `${kind} ${lead.at(-1) ?? ''}`);
  bag.add('t', `${kind} ${tail[0] ?? ''}`);
  return bag.buckets;
}

const MAX_WORDS = 12;
const MAX_BETWEEN_WORDS = 4;

function hashLine(candidate: Candidate, surroundings: Surroundings): number[] {
  const { before, after, between, quote, file } = surroundings;
  const syntax = `${file.kind} ${file.language}`;
  const operator = operatorOf(between);
  const bag = createBag();
  bag.add('o', `${operator} ${quote}`);
  bag.add('f', syntax);
  bag.add('g', `${syntax} ${operator} ${quote}`);
  bag.add('b', between.replace(/\s+/g, ' ').slice(0, MAX_WHOLE));
  bag.add('a', after.slice(0, 2));
  bag.add('c', before.trimEnd().slice(-2));
  bag.add('l', candidate.text.place);
  for (const word of splitName(before).slice(-MAX_WORDS)) bag.add('<', word);
  for (const word of splitName(after).slice(0, MAX_WORDS)) bag.add('>', word);
  for (const word of splitName(between).slice(-MAX_BETWEEN_WORDS)) bag.add('-', word);
  return bag.buckets;
}
