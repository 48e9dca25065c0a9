// Tokens that end in a CRC32 (IEEE) of what stands before it; they differ in what is covered and how it is written.
import { crc32 } from 'node:zlib';
import { toBase62 } from './base-text.ts';
import type { ChecksumFamily } from './checksum-family.ts';

interface CrcFormat {
  readonly description: string;
  readonly documented: boolean;
  /** Number of check characters at the end. */
  readonly width: number;
  /** The part of the text before the check characters that the CRC covers. */
  readonly covers: (before: string) => string;
  readonly write: (crc: number) => string;
  /** What the whole secret must look like besides, where the format says more than its ending. */
  readonly shape?: RegExp;
}

function createCrcFamily({
  description,
  documented,
  width,
  covers,
  write,
  shape,
}: CrcFormat): ChecksumFamily {
  const complete = (before: string): string => write(crc32(covers(before)));
  return {
    description,
    documented,
    complete,
    verify: (secret) => {
      const before = secret.slice(0, -width);
      return (
        covers(before) !== '' && complete(before) === secret.slice(-width) && (shape?.test(secret) ?? true)
      );
    },
  };
}

const afterFirstUnderscore = (before: string): string => before.slice(before.indexOf('_') + 1);
const withoutLastUnderscore = (before: string): string => before.replace(/_$/, '');

const asBase62 = (crc: number): string => toBase62(crc).padStart(6, '0');
const asHex = (crc: number): string => crc.toString(16).padStart(8, '0');

function littleEndian(crc: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(crc);
  return bytes;
}

/** `ghp_`, `gho_`, `ghu_`, `ghr_` and `npm_`. Source: GitHub blog, 5 April 2021, and GitHub changelog, 23 September 2021. */
export const GITHUB: ChecksumFamily = createCrcFamily({
  description:
    'CRC32 of the characters after the prefix, base62, six characters (GitHub blog “Behind GitHub’s new authentication token formats”, 2021).',
  documented: true,
  width: 6,
  covers: afterFirstUnderscore,
  write: asBase62,
});

/** `vcp_`, `vci_`, `vca_`, `vcr_`, `vck_`. Source: recomputed on published sample tokens; the issuer does not say. */
export const VERCEL: ChecksumFamily = createCrcFamily({
  description:
    'CRC32 of the 50 characters after the prefix, base62, six characters (recomputed on sample tokens).',
  documented: false,
  width: 6,
  covers: afterFirstUnderscore,
  write: asBase62,
});

/**
 * `cfut_`, `cfat_`, `cfk_`. Source: Cloudflare fundamentals, “Token formats”, which names a checksum but not its
 * algorithm; that was recomputed on sample tokens.
 */
export const CLOUDFLARE: ChecksumFamily = createCrcFamily({
  description:
    'CRC32 of the 40 characters after the prefix, eight lower-case hex digits (recomputed on sample tokens).',
  documented: false,
  width: 8,
  covers: afterFirstUnderscore,
  write: asHex,
});

/** `glsa_`. Source: Grafana's own source code, `pkg/components/satokengen`. */
export const GRAFANA: ChecksumFamily = createCrcFamily({
  description:
    'CRC32 of prefix and secret, its bytes in little-endian order as hex (Grafana source code, pkg/components/satokengen).',
  documented: true,
  width: 8,
  covers: withoutLastUnderscore,
  write: (crc) => littleEndian(crc).toString('hex'),
});

const CONFLUENT_PREFIX_LENGTH = 'cflt'.length;

/** `cflt`. Source: Confluent Cloud documentation, “API secret format”. */
export const CONFLUENT: ChecksumFamily = createCrcFamily({
  description:
    'CRC32 of the 54 characters after the prefix, little-endian bytes in base64, six characters (Confluent Cloud documentation, “API secret format”).',
  documented: true,
  width: 6,
  covers: (before) => before.slice(CONFLUENT_PREFIX_LENGTH),
  write: (crc) => littleEndian(crc).toString('base64').slice(0, 6),
});

/** `zpka_<32>_<8>`. Source: Zuplo documentation names a checksum; its algorithm was recomputed on sample keys. */
export const ZUPLO: ChecksumFamily = createCrcFamily({
  description: 'CRC32 of the 32 characters after the prefix, eight hex digits (recomputed on sample keys).',
  documented: false,
  width: 8,
  covers: (before) => withoutLastUnderscore(afterFirstUnderscore(before)),
  write: asHex,
});

/** `ATATT3xFfG`, `ATCTT3xFfG` and Bitbucket's `ATBB`. Source: recomputed on published sample tokens. */
export const ATLASSIAN: ChecksumFamily = createCrcFamily({
  description:
    'CRC32 of everything before the last eight characters, as upper-case hex (recomputed on sample tokens).',
  documented: false,
  width: 8,
  covers: (before) => before,
  write: (crc) => asHex(crc).toUpperCase(),
});

/** `glpat-<payload>.01.<length><crc>` and kin. Source: GitLab source code, `lib/authn/token_field/generator/routable_token.rb`. */
export const GITLAB_ROUTABLE: ChecksumFamily = createCrcFamily({
  description:
    'CRC32 of the whole token up to and including the payload length, base36, seven characters (GitLab source code, routable_token.rb).',
  documented: true,
  width: 7,
  covers: (before) => before,
  write: (crc) => crc.toString(36).padStart(7, '0'),
  shape: /^[\w-]+(?:\.[0-9a-z]{2})?\.[0-9a-z]{9}$/,
});
