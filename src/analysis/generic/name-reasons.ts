// Reasons that the name gives: it names no credential, or something about one.
import type { NameReading } from './name.ts';
import { speaksAboutIt } from './name.ts';
import type { Reason } from './reason.ts';

/** Names that say the value is a digest of something, or public. */
const DIGEST =
  /(?:sha\d*|md5|digest|checksum|integrity|commit|revision|etag|fingerprint|thumbprint)s?$|(?:public_?-?key(?:_?-?(?:token|numbers|hex|bytes|b64|base64))?|trusted_?-?keys)$/i;

const FILE_NAME = /\w\.(?:py|[cm]?js|ts|rb|go|php|java|c|h|rs|pl|sh)$/;
/** `Sec-WebSocket-Key`: drawn for each connection. */
const OPENING = /web-?_?socket-?_?key$/i;
const CURSOR: ReadonlySet<string> = new Set(
  'page next previous prev continuation resume cursor sequence creation idempotency paging pagination'.split(
    ' ',
  ),
);

function isCursor({ kind, lead }: NameReading): boolean {
  return kind === 'token' && (CURSOR.has(lead.at(-1) ?? '') || lead.join(' ').endsWith('client request'));
}

/** What finds a record in a table, a map or a store of objects. */
const OF_DATA: ReadonlySet<string> = new Set(
  `row partition sort primary foreign natural composite unique object schema option meta dict map lookup index column
  field property attribute label annotation routing translation i18n gae`.split(/\s+/),
);

function isDataKey({ kind, lead }: NameReading): boolean {
  return kind === 'key' && OF_DATA.has(lead.at(-1) ?? '');
}

export const NAME_REASONS: readonly Reason[] = [
  {
    test: (_, { reading }) => reading.kind !== undefined && speaksAboutIt(reading),
    because: 'its name speaks of a credential and does not hold one',
  },
  {
    test: (_, { name, between, reading }) =>
      (name === 'PASS' && /^\s*:/.test(between)) ||
      (/^\s?\(/.test(between) && reading.lead.includes('result')),
    because: 'it is the result of a test',
  },
  {
    test: (_, { before, between }) =>
      /^(?!["']?:\s)[^]*["']?value["']?\s?[:=]/.test(between) && !/["'>(=]\s*$/.test(before),
    because: 'its name is the end of a text',
  },
  {
    test: ({ line }, { reading }) => reading.kind === 'key' && /\bgpg2?\b|keyserver/.test(line),
    because: 'it is the id of a public key',
  },
  { test: (_, { name }) => FILE_NAME.test(name), because: 'its name is that of a file' },
  { test: (_, { name }) => OPENING.test(name), because: 'it opens a connection and nothing else' },
  { test: (_, { before }) => before.endsWith('@@'), because: 'it is a variable of a database server' },
  {
    test: (_, { name, between, after }) =>
      name === 'KEY' && /^\s+[`"]$/.test(between) && /^[`"]\s?\(/.test(after),
    because: 'it is the name of an index',
  },
  { test: (_, { reading }) => isCursor(reading), because: 'it says where a list goes on' },
  { test: (_, { reading }) => isDataKey(reading), because: 'it is the key of a record' },
  {
    test: ({ value }, { before }) => /public\s?key\s*$/i.test(before) || /[-_]PUB(?:LIC)?$/.test(value),
    because: 'it is a public key, or the digest of one',
  },
  { test: (_, { name }) => DIGEST.test(name), because: 'its name says it is a digest, or public' },
];
