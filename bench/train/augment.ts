// Credentials that people choose, in the places of the corpus's own: its values were replaced by random letters,
// so a model that saw nothing else would take every word for harmless.
import type { Candidate, ScannedText } from '../../src/analysis/candidate.ts';
import { surroundingsOf } from '../../src/analysis/generic/surroundings.ts';
import { FILE_ORIGIN } from '../../src/analysis/line-tracker.ts';

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

/** The same name and value as an XML element: the corpus has no XML. Undefined where there is no name. */
export function asElement(candidate: Candidate): Candidate | undefined {
  const { name } = surroundingsOf(candidate);
  const { match, value, rule } = candidate;
  const keyword = name.toLowerCase().search(KEYWORD);
  if (keyword < 0 || !/^[\w.-]+$/.test(name) || /[<>&]/.test(value)) return undefined;
  const line = `    <${name}>${match.secret}</${name}>`;
  const valueStart = line.indexOf('>') + 1;
  const text: ScannedText = {
    provenance: { kind: 'file', path: 'conf/settings.xml' },
    bytes: Buffer.from(line, 'latin1'),
    origin: FILE_ORIGIN,
    place: 'config',
  };
  const secretSpan = { start: valueStart, end: valueStart + match.secret.length };
  const span = { start: line.indexOf('<') + 1 + keyword, end: secretSpan.end };
  const at = { ...match, span, secretSpan };
  return {
    rule,
    match: at,
    text,
    path: 'conf/settings.xml',
    value,
    keyName: name,
    quote: '',
    line,
    valueStart,
    storage: undefined,
    second: undefined,
    keyPath: undefined,
  };
}

const KEYWORD = /pass|pwd|secret|token|key|credential|auth|seed|session|cookie/;
