// Reasons that the name gives: it names no credential, or something about one.
import { speaksAboutIt } from './name.ts';
import type { Reason } from './reason.ts';

/** Names that say the value is a digest of something, or public. */
const DIGEST =
  /(?:sha\d*|md5|digest|checksum|integrity|commit|revision|etag|fingerprint|thumbprint)s?$|public_?-?key(?:_?-?token)?$/i;

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
    test: (_, { before, between }) => /["']?value["']?\s?[:=]/.test(between) && !/["'>(=]\s*$/.test(before),
    because: 'its name is the end of a text',
  },
  {
    test: ({ line }, { reading }) => reading.kind === 'key' && /\bgpg2?\b|keyserver/.test(line),
    because: 'it is the id of a public key',
  },
  { test: (_, { name }) => DIGEST.test(name), because: 'its name says it is a digest, or public' },
];
