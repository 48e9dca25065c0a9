// Everything that the score is computed from, by one function for training and for scanning.
import type { Candidate } from '../candidate.ts';
import { CONTEXT_TRAITS, describeContext, operatorOf } from './context-traits.ts';
import type { LanguageData } from './language.ts';
import { hashText } from './language.ts';
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
    sparse: [
      hashAll(listValueFeatures(value)),
      hashAll(listNameFeatures(candidate, surroundings)),
      hashAll(listLineFeatures(candidate, surroundings)),
    ],
  };
}

function hashAll(texts: readonly string[]): number[] {
  return [...new Set(texts.map((text) => hashText(text, 0) % BUCKETS))];
}

const MAX_VALUE = 64;

/** Character pairs and triples, with digits made one, and the whole of a short value. */
function listValueFeatures(whole: string): string[] {
  const value = `^${whole.slice(0, MAX_VALUE).toLowerCase().replace(/\d/g, '0')}$`;
  const features: string[] = [`=${whole.slice(0, 24).toLowerCase()}`];
  for (let at = 0; at + 2 < value.length; at++) features.push(value.slice(at, at + 3));
  for (const word of splitName(whole.slice(0, MAX_VALUE))) features.push(`w${word}`);
  features.push(`s${shapeOf(whole)}`);
  return features;
}

/** `Abc-12` is `Aa-0`; repeated classes stand once. */
function shapeOf(value: string): string {
  return value
    .slice(0, 32)
    .replace(/[a-z]+/g, 'a')
    .replace(/[A-Z]+/g, 'A')
    .replace(/\d+/g, '0');
}

function listNameFeatures(candidate: Candidate, { name, reading }: Surroundings): string[] {
  const { words } = reading;
  const features = words.map((word) => `w${word}`);
  for (let at = 0; at + 1 < words.length; at++) features.push(`p${words[at]} ${words[at + 1]}`);
  features.push(`n${name.toLowerCase()}`, `l${words.at(-1) ?? ''}`, `r${candidate.rule.id}`);
  features.push(
    `k${reading.kind ?? ''} ${reading.lead.at(-1) ?? ''}`,
    `t${reading.kind ?? ''} ${reading.tail[0] ?? ''}`,
  );
  return features;
}

const MAX_WORDS = 12;

function listLineFeatures(candidate: Candidate, surroundings: Surroundings): string[] {
  const { before, after, between, quote, kind, language } = surroundings;
  const operator = operatorOf(between);
  const features = [
    `o${operator} ${quote}`,
    `k${kind} ${language}`,
    `ko${kind} ${language} ${operator} ${quote}`,
    `b${between.replace(/\s+/g, ' ').slice(0, 24)}`,
    `a${after.slice(0, 2)}`,
    `c${before.trimEnd().slice(-2)}`,
    `l${candidate.text.place}`,
  ];
  for (const word of splitName(before).slice(-MAX_WORDS)) features.push(`<${word}`);
  for (const word of splitName(after).slice(0, MAX_WORDS)) features.push(`>${word}`);
  for (const word of splitName(between).slice(-4)) features.push(`-${word}`);
  return features;
}
