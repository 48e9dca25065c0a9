// Numbers that describe a candidate's name, syntax and file.
import type { Candidate } from '../candidate.ts';
import { isDocumentationPath, isExamplePath, isTestPath, isVendored } from '../place/path-traits.ts';
import { splitName } from './name.ts';
import type { Surroundings } from './surroundings.ts';

export const CONTEXT_TRAITS = [
  'rule',
  'length of the name',
  'words of the name',
  'words after the credential’s',
  'words before the credential’s',
  'kind of the name',
  'name in capitals',
  'name shared with the value',
  'quote',
  'operator',
  'call around the value',
  'blanks before the value',
  'file kind',
  'language',
  'place',
  'test file',
  'example file',
  'document',
  'vendored file',
  'comment',
  'length of the line',
  'position in the line',
  'character after the value',
  'character before the name',
  'rest of the line',
  'quotes before',
  'user named beside it',
  'other credentials beside it',
  'shell prompt or command',
  'XML or HTML',
  'comparison',
] as const;

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

export function describeContext(candidate: Candidate, surroundings: Surroundings): number[] {
  const { line, valueStart, rule, text, path, value } = candidate;
  const { name, reading, between, quote, before, after, kind, language } = surroundings;
  const side = `${before} ${after}`;
  const has = (pattern: RegExp, where: string): number => (pattern.test(where) ? 1 : 0);
  return [
    RULES.indexOf(rule.id),
    name.length,
    reading.words.length,
    reading.tail.length,
    reading.lead.length,
    reading.kind === undefined ? -1 : NAME_KINDS.indexOf(reading.kind),
    has(/^[A-Z0-9_]+$/, name),
    shareOfName(value, reading.words),
    quote === '' ? 0 : quote === '"' ? 1 : quote === "'" ? 2 : quote === '`' ? 3 : 4,
    OPERATORS.indexOf(operatorOf(between)),
    has(/\w[([{]\s*\S?$/, between),
    has(/\s\S{0,4}$/, between),
    KINDS.indexOf(kind),
    LANGUAGES.indexOf(language),
    PLACES.indexOf(text.place),
    isTestPath(path) ? 1 : 0,
    isExamplePath(path) ? 1 : 0,
    isDocumentationPath(path) ? 1 : 0,
    isVendored(path) ? 1 : 0,
    has(/^\s*(?:\/\/|#|\*|\/\*|<!--|--|;|>)/, before),
    Math.min(line.length, 400),
    Math.min(valueStart, 200),
    after === '' ? 0 : after.charCodeAt(0) & 0x7f,
    before === '' ? 0 : before.charCodeAt(before.length - 1) & 0x7f,
    Math.min(after.length, 80),
    Math.min(6, before.match(/["'`]/g)?.length ?? 0),
    has(/user|login|email|mail|account|client|host/i, side),
    has(/pass|secret|token|api_?key|auth/i, side),
    has(/^\s*(?:\$|>|#)\s|\b(?:curl|docker|export|set|env|run|mysql|psql|kubectl)\b/i, before),
    has(/<[a-z]/i, before),
    has(/[!=]==?|expect|assert|should|equal/i, `${before} ${between}`),
  ];
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
