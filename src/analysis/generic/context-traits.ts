// Numbers that describe a candidate's name, syntax and file.
import type { Candidate } from '../candidate.ts';
import { splitName } from './name.ts';
import type { Surroundings } from './surroundings.ts';

const RULES: readonly string[] = [
  'generic-password',
  'generic-secret',
  'generic-token',
  'generic-api-key',
  'generic-credential',
  'generic-salt',
  'generic-authorization-header',
  'generic-url-credentials',
  'generic-sql-password',
  'generic-command-line-password',
];
const NAME_KINDS: readonly string[] = ['password', 'secret', 'token', 'key', 'credential', 'salt'];
const KINDS: readonly string[] =
  'yaml json toml dotenv properties ini xml hcl shell dockerfile makefile notebook code html css markdown sql csv log text unknown'.split(
    ' ',
  );
const LANGUAGES: readonly string[] =
  'js python go java kotlin scala groovy ruby php csharp c cpp objc rust swift dart elixir perl powershell'.split(
    ' ',
  );
const PLACES: readonly string[] =
  'code config ci iac container package-manager ai-agent notebook docs test history data'.split(' ');
const OPERATORS: readonly string[] = [
  '=',
  ':',
  '=>',
  ':=',
  '(',
  ',',
  '>',
  '==',
  '!=',
  '|',
  '+=',
  ' ',
  '===',
  '::',
];

interface ContextFacts extends Surroundings {
  readonly candidate: Candidate;
  /** The line without the name and the value. */
  readonly side: string;
}

type Trait = readonly [name: string, measure: (facts: ContextFacts) => number];

const QUOTES: readonly string[] = ['', '"', "'", '`'];

const TRAITS: readonly Trait[] = [
  ['rule', ({ candidate }) => RULES.indexOf(candidate.rule.id)],
  ['length of the name', ({ name }) => name.length],
  ['words of the name', ({ reading }) => reading.words.length],
  ['words after the credential’s', ({ reading }) => reading.tail.length],
  ['words before the credential’s', ({ reading }) => reading.lead.length],
  ['kind of the name', ({ reading }) => (reading.kind ? NAME_KINDS.indexOf(reading.kind) : -1)],
  ['name in capitals', ({ name }) => has(/^[A-Z0-9_]+$/, name)],
  ['name shared with the value', ({ candidate, reading }) => shareOfName(candidate.value, reading.words)],
  ['quote', ({ quote }) => (QUOTES.includes(quote) ? QUOTES.indexOf(quote) : QUOTES.length)],
  ['operator', ({ between }) => OPERATORS.indexOf(operatorOf(between))],
  ['call around the value', ({ between }) => has(/\w[([{]\s*\S?$/, between)],
  ['blanks before the value', ({ between }) => has(/\s\S{0,4}$/, between)],
  ['file kind', ({ file }) => KINDS.indexOf(file.kind)],
  ['language', ({ file }) => LANGUAGES.indexOf(file.language)],
  ['place', ({ candidate }) => PLACES.indexOf(candidate.text.place)],
  ['test file', ({ file }) => Number(file.isTest)],
  ['example file', ({ file }) => Number(file.isExample)],
  ['document', ({ file }) => Number(file.isDocument)],
  ['vendored file', ({ file }) => Number(file.isVendored)],
  ['comment', ({ before }) => has(/^\s*(?:\/\/|#|\*|\/\*|<!--|--|;|>)/, before)],
  ['length of the line', ({ candidate }) => Math.min(candidate.line.length, 400)],
  ['position in the line', ({ candidate }) => Math.min(candidate.valueStart, 200)],
  ['character after the value', ({ after }) => codeAt(after, 0)],
  ['character before the name', ({ before }) => codeAt(before, before.length - 1)],
  ['rest of the line', ({ after }) => Math.min(after.length, 80)],
  ['quotes before', ({ before }) => Math.min(6, before.match(/["'`]/g)?.length ?? 0)],
  ['user named beside it', ({ side }) => has(/user|login|email|mail|account|client|host/i, side)],
  ['other credentials beside it', ({ side }) => has(/pass|secret|token|api_?key|auth/i, side)],
  ['shell prompt or command', ({ before }) => has(COMMAND, before)],
  ['XML or HTML', ({ before }) => has(/<[a-z]/i, before)],
  ['comparison', ({ before, between }) => has(COMPARISON, `${before} ${between}`)],
];

const COMMAND = /^\s*(?:\$|>|#)\s|\b(?:curl|docker|export|set|env|run|mysql|psql|kubectl)\b/i;
const COMPARISON = /[!=]==?|expect|assert|should|equal/i;

export const CONTEXT_TRAITS: readonly string[] = TRAITS.map(([name]) => name);

export function describeContext(candidate: Candidate, surroundings: Surroundings): number[] {
  const facts = { candidate, side: `${surroundings.before} ${surroundings.after}`, ...surroundings };
  return TRAITS.map(([, measure]) => measure(facts));
}

function has(pattern: RegExp, text: string): number {
  return pattern.test(text) ? 1 : 0;
}

/** The character's code without its eighth bit; 0 outside of the text. */
function codeAt(text: string, index: number): number {
  return index >= 0 && index < text.length ? text.charCodeAt(index) & 0x7f : 0;
}

/** The operator between name and value, without blanks, quotes and calls. */
export function operatorOf(between: string): string {
  const signs = /[=:>(,|+!~<?]{1,3}/.exec(between)?.[0];
  return signs ?? (between.trim() === '' ? ' ' : '');
}

/** Share of the value's words that are words of the name. */
function shareOfName(value: string, words: readonly string[]): number {
  const own = splitName(value.slice(0, 80));
  return own.length === 0
    ? 0
    : own.filter((word) => word.length > 2 && words.includes(word)).length / own.length;
}
