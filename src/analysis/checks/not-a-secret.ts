// Values under a credential's name that are no credential: code, names, paths, hashes, texts.
// Only rules that know no format of their own are asked; a format speaks for itself.
import type { Candidate } from '../candidate.ts';
import type { Check } from './check.ts';

interface Reason {
  readonly test: (value: string, candidate: Candidate) => boolean;
  readonly because: string;
}

/** Names that only begin like a credential's. */
const LOOKALIKE_NAME =
  /token(?:i[sz]|s?_?(?:count|type|limit|length|len|ttl|index|id|name|url|uri|endpoint|path|expir|lifetime|budget|kind|class|usage|provider|symbol|address|list|per))|secret(?:ary|s?_?(?:name|id|arn|path|version|key_?ref|ref|manager|store|provider|type))|pass(?:word|wd)_?(?:less|file|field|input|label|hint|policy|length|reset|url|path|regex|pattern|min|max|type|encoder|hash|strength|confirm|prompt|placeholder|error|changed|expir|rules?|form|manager|check|valid)|(?:private|public|access|api|auth|encryption)_?-?key_?-?(?:id|name|path|file|size|type|length|alias|arn|url|spec|usage|format|algo)|credentials?_?(?:id|type|name|path|file|provider|source|url|s?_?helper)/i;

/** Names that say the value is a digest of something. */
const DIGEST_NAME =
  /(?:sha\d*|md5|hash|digest|checksum|integrity|commit|revision|etag|fingerprint|thumbprint|signature)s?$/i;

const WORD = /^[A-Za-z]+$/;

const REASONS: readonly Reason[] = [
  {
    test: (_, { keyName }) => LOOKALIKE_NAME.test(keyName),
    because: 'its name only resembles a credential’s',
  },
  { test: (_, { keyName }) => DIGEST_NAME.test(keyName), because: 'its name says it is a digest' },
  {
    test: (value) =>
      /^(?:true|false|null|none|nil|undefined|yes|no|on|off|default|optional|required|string|str|int|integer|number|bool|boolean|object|any|void|self|this|bytes|text|char)\b/i.test(
        value,
      ),
    because: 'it is a keyword or a type',
  },
  {
    test: (value) => /^[\d.,:+_-]+$/.test(value) && value.length < 16,
    because: 'it is a number, a version or a date',
  },
  {
    test: (value) =>
      /^(?:[a-z][a-z0-9+.-]{1,15}:)?\/\/|^(?:\.{0,2}|~|[A-Za-z]:)[\\/]|^[\w.-]+\/[\w./-]+$/.test(value),
    because: 'it is a path or a URL',
  },
  { test: isCode, because: 'it is an expression of code' },
  { test: (value, { quote }) => quote === '' && WORD.test(value), because: 'it is a bare word' },
  {
    test: (value) =>
      /^(?:[a-z]+|[A-Z]+|[A-Z][a-z]+)(?:[\s_.:-](?:[a-z]+|[A-Z]+|[A-Z][a-z]+))+[.!?:]?$/.test(value),
    because: 'it is words',
  },
  { test: (value) => /^[A-Za-z]+(?:[A-Z][a-z]+)+$/.test(value), because: 'it is an identifier' },
  { test: (value) => /\s/.test(value) && !/\d/.test(value), because: 'it is a text' },
  { test: (value) => value.split(/\s/).length > 3, because: 'it is a text' },
  { test: (value) => /^(.)\1*$/.test(value) || isSequence(value), because: 'its characters repeat or count' },
  { test: (value) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value), because: 'it is a UUID' },
];

export const isNotASecret: Check = (candidate) => {
  if (candidate.rule.shape !== 'generic') return undefined;
  const reason = REASONS.find(({ test }) => test(candidate.value, candidate));
  return reason && { by: 'not-a-secret', because: reason.because };
};

// Unquoted in code, a value is a name, a call or a type, never a literal.
function isCode(value: string, { quote, text }: Candidate): boolean {
  if (/^[\w$.]+\(|\)$|^[$@&*!%]?\w+(?:(?:\.|->|::)\w+)+$|^[A-Z_]+$|=>|\+\+|&&|\|\|/.test(value)) return true;
  return quote === '' && text.place === 'code';
}

function isSequence(value: string): boolean {
  const steps = new Set(
    [...value].slice(1).map((character, index) => character.charCodeAt(0) - value.charCodeAt(index)),
  );
  return value.length >= 4 && steps.size === 1;
}
