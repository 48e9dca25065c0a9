// Numbers that describe a value by itself: its characters, how they are mixed, how much it reads like words.
import type { LanguageData, WordReading } from './language.ts';
import { readWords } from './language.ts';

const MAX_LENGTH = 256;
const MAX_WHOLE_LENGTH = 600;
const MAX_COUNT = 8;

/** A value, and what several traits ask of it. */
interface ValueFacts {
  readonly value: string;
  readonly wholeLength: number;
  readonly entropy: number;
  readonly classes: ClassCounts;
  readonly words: WordReading;
}

type Trait = readonly [name: string, measure: (facts: ValueFacts) => number];

const TRAITS: readonly Trait[] = [
  ['length', ({ wholeLength }) => Math.min(wholeLength, MAX_WHOLE_LENGTH)],
  ['entropy', ({ entropy }) => entropy],
  ['total entropy', ({ entropy, value }) => entropy * value.length],
  ['digits', ({ classes, value }) => classes.digits / value.length],
  ['upper case', ({ classes, value }) => classes.upper / value.length],
  ['lower case', ({ classes, value }) => classes.lower / value.length],
  ['symbols', ({ classes, value }) => classes.symbols / value.length],
  ['blanks', ({ classes, value }) => classes.blanks / value.length],
  ['foreign letters', ({ classes, value }) => classes.foreign / value.length],
  ['distinct characters', ({ value }) => new Set(value).size / value.length],
  ['longest repeat', ({ classes }) => classes.repeat],
  ['changes of class', ({ classes, value }) => classes.changes / value.length],
  ['surprise of its letters', ({ words }) => words.surprise],
  ['its least likely word', ({ words }) => words.worst],
  ['common words', ({ words }) => words.covered],
  has('hexadecimal', /^(?:0x)?[0-9a-f]+$/i),
  has('hexadecimal of even length', /^(?:[0-9a-f]{2}){4,}$/i),
  has('base64 alphabet', /^[A-Za-z0-9+/_-]+={0,2}$/),
  has('ends with =', /=$/),
  has('UUID', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i),
  has('letters only', /^[A-Za-z]+$/),
  has('one case only', /^(?:[^A-Z]+|[^a-z]+)$/),
  has('capitalised word', /^[A-Z][a-z]+$/),
  has('camel case', /^[A-Za-z]?[a-z]+(?:[A-Z][a-z]+)+$/),
  has('joined by _ or -', /^[A-Za-z]+(?:[_-][A-Za-z]+)+$/),
  countOf('parts', /[^A-Za-z0-9]+/g),
  ['digits at the end', ({ value }) => /\d*$/.exec(value)![0].length],
  ['digits at the beginning', ({ value }) => /^\d*/.exec(value)![0].length],
  countOf('brackets', /[()[\]{}<>]/g),
  countOf('slashes', /\//g),
  countOf('dots', /\./g),
  countOf('colons', /:/g),
  countOf('commas', /,/g),
  countOf('quotes or backslashes', /["'`\\]/g),
  countOf('dollar or percent signs', /[$%]/g),
  countOf('signs of passwords', /[@#!^&*?~+]/g),
  has(
    'words of placeholders',
    /test|example|sample|dummy|fake|change|your|foo|bar|demo|default|xxx|placeholder|mock|invalid|wrong/i,
  ),
  has('credential words', /pass|secret|token|key|auth|cred|user|admin|root|guest|login/i),
  has('JSON object', /^\{\\*"/),
  has('signed token', /^eyJ[\w-]{8,}/),
];

export const VALUE_TRAITS: readonly string[] = TRAITS.map(([name]) => name);

export function describeValue(whole: string, language: LanguageData): number[] {
  const value = whole.slice(0, MAX_LENGTH);
  const facts: ValueFacts = {
    value,
    wholeLength: whole.length,
    entropy: entropyOf(value),
    classes: countClasses(value),
    words: readWords(value, language),
  };
  return TRAITS.map(([, measure]) => measure(facts));
}

function has(name: string, pattern: RegExp): Trait {
  return [name, ({ value }) => (pattern.test(value) ? 1 : 0)];
}

/** @param pattern with the flag `g` */
function countOf(name: string, pattern: RegExp): Trait {
  return [name, ({ value }) => Math.min(MAX_COUNT, value.match(pattern)?.length ?? 0)];
}

interface ClassCounts {
  digits: number;
  upper: number;
  lower: number;
  symbols: number;
  blanks: number;
  foreign: number;
  /** Longest run of one character. */
  repeat: number;
  /** Neighbours of different classes. */
  changes: number;
}

type CharacterClass = 'digits' | 'upper' | 'lower' | 'symbols' | 'blanks' | 'foreign';

function countClasses(value: string): ClassCounts {
  const counts: ClassCounts = {
    digits: 0,
    upper: 0,
    lower: 0,
    symbols: 0,
    blanks: 0,
    foreign: 0,
    repeat: 1,
    changes: 0,
  };
  let run = 1;
  let last: CharacterClass | undefined;
  for (let at = 0; at < value.length; at++) {
    const now = classOf(value.charCodeAt(at));
    counts[now]++;
    if (last !== undefined && now !== last) counts.changes++;
    run = at > 0 && value[at] === value[at - 1] ? run + 1 : 1;
    counts.repeat = Math.max(counts.repeat, run);
    last = now;
  }
  return counts;
}

function classOf(code: number): CharacterClass {
  if (code >= 0x61 && code <= 0x7a) return 'lower';
  if (code >= 0x30 && code <= 0x39) return 'digits';
  if (code >= 0x41 && code <= 0x5a) return 'upper';
  if (code > 0x7f) return 'foreign';
  return code <= 0x20 ? 'blanks' : 'symbols';
}

function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / value.length) * Math.log2(count / value.length);
  return entropy;
}
