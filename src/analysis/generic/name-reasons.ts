// Reasons that the name gives: it names no credential, or something about one.
import type { NameKind } from './name.ts';
import { speaksAboutIt } from './name.ts';
import type { Reason } from './reason.ts';

/** The kinds of name that each rule stands for. Rules that are not listed read no name. */
const KINDS_OF_RULE: Readonly<Record<string, NameKind>> = {
  'generic-password': 'password',
  'generic-secret': 'secret',
  'generic-token': 'token',
  'generic-api-key': 'key',
  'generic-credential': 'credential',
  'generic-salt': 'salt',
};

/** Names that say the value is a digest of something, or public. */
const DIGEST =
  /(?:sha\d*|md5|digest|checksum|integrity|commit|revision|etag|fingerprint|thumbprint)s?$|public_?-?key(?:_?-?token)?$/i;

export const NAME_REASONS: readonly Reason[] = [
  {
    test: ({ rule }, { reading }) => rule.id in KINDS_OF_RULE && reading.kind === undefined,
    because: 'its name only resembles a credential’s',
  },
  {
    test: ({ rule }, { reading }) => rule.id in KINDS_OF_RULE && reading.kind !== KINDS_OF_RULE[rule.id],
    because: 'another rule stands for its name',
    by: 'overlap',
  },
  {
    test: ({ rule }, { reading }) => rule.id in KINDS_OF_RULE && speaksAboutIt(reading),
    because: 'its name speaks of a credential and does not hold one',
  },
  {
    test: (_, { name, between, reading }) =>
      (name === 'PASS' && /^\s*:/.test(between)) ||
      (/^\s?\(/.test(between) && reading.lead.includes('result')),
    because: 'it is the result of a test',
  },
  {
    test: (_, { before, between }) => /["']?value["']?\s?[:=]/.test(between) && !/["'>(=]\s*$/.test(before),
    because: 'its name is the end of a text',
  },
  {
    test: ({ line }, { reading }) => reading.kind === 'key' && /\bgpg2?\b|keyserver/.test(line),
    because: 'it is the id of a public key',
  },
  { test: (_, { name }) => DIGEST.test(name), because: 'its name says it is a digest, or public' },
];
