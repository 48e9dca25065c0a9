// Credentials that people choose, in the places of the corpus's own: its values were replaced by random letters,
// so a model that saw nothing else would take every word for harmless.
import type { Candidate } from '../../src/analysis/candidate.ts';

/** A copy of the candidate with another value. */
export function withValue(candidate: Candidate, value: string): Candidate {
  const { line, valueStart, match } = candidate;
  return {
    ...candidate,
    value,
    line: line.slice(0, valueStart) + value + line.slice(valueStart + match.secret.length),
    match: { ...match, secret: value },
  };
}

const FORMS: readonly ((pick: () => string, number: (most: number) => number) => string)[] = [
  (pick, number) => capitalise(pick()) + number(10_000),
  (pick, number) => `${capitalise(pick())}${number(100)}!`,
  (pick, number) => `${pick()}${number(1000)}`,
  (pick, number) => `${capitalise(pick())}@${1990 + number(40)}`,
  (pick) => `${pick()}-${pick()}-${pick()}-${pick()}`,
  (pick, number) => `${pick()}_${pick()}${number(100)}`,
  (pick) => `${capitalise(pick())}${capitalise(pick())}${capitalise(pick())}!`,
  (pick, number) => leet(pick() + pick()) + number(10),
  (pick, number) => `${pick()}.${pick()}#${number(100)}`,
  (pick, number) => `${pick()}${pick()}${number(100)}$`,
];

/** @param words common words of which values are made */
export function inventValue(words: readonly string[], random: () => number): string {
  const number = (most: number): number => Math.floor(random() * most);
  const pick = (): string => words[number(words.length)]!;
  return FORMS[number(FORMS.length)]!(pick, number);
}

function capitalise(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}

function leet(word: string): string {
  return word.replace(/a/g, '4').replace(/e/g, '3').replace(/o/g, '0').replace(/s/g, '$');
}
