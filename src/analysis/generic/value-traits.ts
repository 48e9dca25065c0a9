// Numbers that describe a value by itself: its characters, how they are mixed, how much it reads like words.
import type { LanguageData } from './language.ts';
import { readWords } from './language.ts';

export const VALUE_TRAITS = [
  'length',
  'entropy',
  'total entropy',
  'digits',
  'upper case',
  'lower case',
  'symbols',
  'blanks',
  'foreign letters',
  'distinct characters',
  'longest repeat',
  'changes of class',
  'surprise of its letters',
  'its least likely word',
  'common words',
  'hexadecimal',
  'hexadecimal of even length',
  'base64 alphabet',
  'ends with =',
  'UUID',
  'letters only',
  'one case only',
  'capitalised word',
  'camel case',
  'joined by _ or -',
  'parts',
  'digits at the end',
  'digits at the beginning',
  'brackets',
  'slashes',
  'dots',
  'colons',
  'commas',
  'quotes or backslashes',
  'dollar or percent signs',
  'signs of passwords',
  'words of placeholders',
  'credential words',
  'JSON object',
  'signed token',
] as const;

const MAX_LENGTH = 256;

export function describeValue(whole: string, language: LanguageData): number[] {
  const value = whole.slice(0, MAX_LENGTH);
  const length = value.length;
  const counts = countClasses(value);
  const share = (count: number): number => count / length;
  const entropy = entropyOf(value);
  const words = readWords(value, language);
  const has = (pattern: RegExp): number => (pattern.test(value) ? 1 : 0);
  const count = (pattern: RegExp): number => Math.min(8, value.match(pattern)?.length ?? 0);
  return [
    Math.min(whole.length, 600),
    entropy,
    entropy * length,
    share(counts.digits),
    share(counts.upper),
    share(counts.lower),
    share(counts.symbols),
    share(counts.blanks),
    share(counts.foreign),
    share(new Set(value).size),
    counts.repeat,
    counts.changes / length,
    words.surprise,
    words.worst,
    words.covered,
    has(/^(?:0x)?[0-9a-f]+$/i),
    has(/^(?:[0-9a-f]{2}){4,}$/i),
    has(/^[A-Za-z0-9+/_-]+={0,2}$/),
    count(/=$/g),
    has(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i),
    has(/^[A-Za-z]+$/),
    has(/^(?:[^A-Z]+|[^a-z]+)$/),
    has(/^[A-Z][a-z]+$/),
    has(/^[A-Za-z]?[a-z]+(?:[A-Z][a-z]+)+$/),
    has(/^[A-Za-z]+(?:[_-][A-Za-z]+)+$/),
    count(/[^A-Za-z0-9]+/g),
    /\d*$/.exec(value)![0].length,
    /^\d*/.exec(value)![0].length,
    count(/[()[\]{}<>]/g),
    count(/\//g),
    count(/\./g),
    count(/:/g),
    count(/,/g),
    count(/["'`\\]/g),
    count(/[$%]/g),
    count(/[@#!^&*?~+]/g),
    has(
      /test|example|sample|dummy|fake|change|your|foo|bar|demo|default|xxx|placeholder|mock|invalid|wrong/i,
    ),
    has(/pass|secret|token|key|auth|cred|user|admin|root|guest|login/i),
    has(/^\{\\*"/),
    has(/^eyJ[\w-]{8,}/),
  ];
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
