// The check characters of GitHub's fine-grained personal access tokens (`github_pat_…`).
import { createHash } from 'node:crypto';
import { encodeBase32 } from './base-text.ts';
import type { ChecksumFamily } from './checksum-family.ts';

const CHECK_LENGTH = 8;
/** Characters behind the check characters, whose meaning is not known. */
const TAIL_LENGTH = 8;

/** Source: found and recomputed on independent sample tokens; GitHub does not document it. */
export const GITHUB_FINE_GRAINED: ChecksumFamily = {
  description:
    'The first eight base32 characters of the SHA-256 of everything before them; eight unknown characters follow (recomputed on sample tokens).',
  documented: false,
  complete,
  verify: (secret) => {
    if (secret.length <= CHECK_LENGTH + TAIL_LENGTH) return false;
    const checkStart = secret.length - CHECK_LENGTH - TAIL_LENGTH;
    return secret.slice(checkStart, checkStart + CHECK_LENGTH) === complete(secret.slice(0, checkStart));
  },
};

function complete(before: string): string {
  return encodeBase32(createHash('sha256').update(before).digest()).slice(0, CHECK_LENGTH);
}
