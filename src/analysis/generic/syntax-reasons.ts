// Reasons that the syntax gives: no literal stands here, but code, a reference or a template.
import type { Candidate } from '../candidate.ts';
import { isReadable } from '../storage/readability.ts';
import type { Reason } from './reason.ts';
import type { Surroundings } from './surroundings.ts';

export const SYNTAX_REASONS: readonly Reason[] = [
  { test: (_, { file }) => file.isLock, because: 'it stands in a lock file' },
  {
    test: ({ value }, { quote, file }) => file.isMinified && (quote === '' || value.length < 16),
    because: 'it stands in a minified bundle',
  },
  {
    test: (_, { quote, after }) => quote === '' && /^(?:<[a-z]|\$|\{|\{\{|%[({])/i.test(after),
    because: 'a template goes on behind it',
  },
  { test: ({ value }) => FILL.test(value), because: 'it has the fill of a placeholder' },
  { test: ({ value }) => PRINTED.test(value), because: 'it is a format for printing' },
  { test: ({ value }) => /^\?[\w-]{1,40}=/.test(value), because: 'it is the query of an address' },
  { test: isTemplate, because: 'it is a template or a variable' },
  { test: ({ value }) => PATTERN.test(value), because: 'it is a regular expression' },
  { test: isExpression, because: 'it is an expression of code' },
  {
    test: ({ value }, { name, quote, before }) =>
      quote === '' && name.startsWith('$') && /#[^"']*$/.test(before) && /^[a-z]+$/.test(value),
    because: 'a comment says what a variable is',
  },
  { test: isBareCode, because: 'it is a name of the program' },
  {
    test: ({ value }, { quote }) => quote === '' && LITERAL_WORD.test(value),
    because: 'it is a keyword or a type',
  },
];

const LITERAL_WORD =
  /^[!&*?]?(?:true|false|null|none|nil|undefined|nan|yes|no|on|off|default|optional|required|strings?|str|text|int|integer|number|bool|boolean|object|any|void|self|this|bytes?|char|new|await|async|function|return|const|let|var|static|final|type|list|dict|map|array|iota|unset|empty)\b(?![.-]?\d)/i;

const VARIABLE =
  /^(?:\$\{?\(?[A-Za-z_][\w.:()[\]'"-]*\}?\)?|\$\d|\$[({].*|%[\w.()-]+%|%\{.*|%[sdvqf](?:\W.*)?|%\(.*|\{\{.*\}\}|\{[\w.:$ -]{0,40}\}|<[^<>]+>?|<%.*|#\{.*|@[A-Z_]+@|@\{.*\}?|@[\w.]+\([^)]*\)?|\[\[?[\w .:-]+\]?\]|\u00ab.*|\*\*\*.*|:[a-z_]\w*|!\w+ .*|\?|&[A-Za-z_]\w*|__\w+__)$/;

const FILL = /x{4}|X{4}|\*{3}|\.{3}|\u2026|_{4}|-{6}(?!-*(?:BEGIN|END))/;
/** Formats for numbers, texts and times, as `printf` and `strftime` have them. */
export const PRINTED: RegExp =
  /(?:%[g-zG-Z][^%]{0,3}){3}|%(?:0?\d+|\.\d+)?(?:l{1,2}|h{1,2}|z)[xXdu]|%p(?!\w)|%0\d+[xXdiu]|^%[sdxvq]$|\s%[sdu](?:\\n)?$|^%[sdu]\s/;

/** Classes, groups and quantifiers as regular expressions have them. */
const PATTERN = /\\[swdbSWDA](?:[+*{)\]]|$)|\(\?[:=!<]|\[\^?\\?[\w^-]{1,30}\][+*{]|\.[*+]\)|^\^.*\$$/;

function isTemplate({ value }: Candidate): boolean {
  return (
    VARIABLE.test(value) ||
    /<[a-z][\w .:-]{0,40}(?:>|$)|(?:^|\s)\$[a-z_]\w*\s|\$\{|\{\{|#\{|<%|\$\(|%\(\w+\)s|^\$[A-Z_]+$|\{\d?\}|\{[a-z_.]+\}/i.test(
      withoutJson(value),
    )
  );
}

/** JSON within a string has braces of its own. */
function withoutJson(value: string): string {
  return /^\{\\*"/.test(value) ? '' : value;
}

/** May hold two `+` in a row, which are an operator elsewhere. */
const BASE64 = /^[A-Za-z0-9+/]{20,}={0,2}$/;

function isExpression({ value }: Candidate, { quote, after, between }: Surroundings): boolean {
  if (/=>|\+\+|&&|\|\||===|!==|\(\)|\)\.|^\w+\(.*\)$|\bfunction\b/.test(value)) return !BASE64.test(value);
  // A quote that closes and opens around an operator: what lies between is code.
  if (quote !== '' && /^\s*[+.,]\s*[\w$]+\s*[+.,]\s*$|^\s*\+|\+\s*$/.test(value)) return true;
  if (quote === '' && /^\s?[([]/.test(after) && !/[\d]/.test(value)) return true;
  return (
    quote === '' &&
    /^[$@&*!]?[A-Za-z_]\w*(?:(?:\.|->|::|\?\.)[A-Za-z_]\w*)+$/.test(value) &&
    isReadable(value.replace(/\W+/g, '')) &&
    !between.endsWith('>')
  );
}

/** Unquoted in code, a value is a name or a number, unless it stands within a text or a comment. */
function isBareCode({ value, text }: Candidate, { quote, file, before, between }: Surroundings): boolean {
  if (quote !== '') return false;
  const isCode = file.kind === 'code' || text.place === 'notebook';
  if (isCode && !/["'`#]|\/\/|^\s*\*/.test(before + between)) return true;
  return isCode && /^[A-Za-z_]\w*$/.test(value) && !/["'`]/.test(before) && !/\d/.test(value);
}
