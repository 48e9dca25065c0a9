// An id for each place of a secret, for platforms that want one: the fingerprint alone is shared by all its places.
import { createHash } from 'node:crypto';
import type { Finding } from '../model/finding.ts';

/**
 * Names findings one after another: 64 hexadecimal digits of rule, secret, file and how many came before in that file.
 * Lines do not count, so that the id survives edits elsewhere in the file.
 */
export function createOccurrenceIds(): (finding: Finding) => string {
  const counts = new Map<string, number>();
  return ({ fingerprint, location, provenance }) => {
    const commit = provenance.kind === 'commit' ? provenance.commit : '';
    const place = `${fingerprint}\0${location.path}\0${commit}`;
    const count = counts.get(place) ?? 0;
    counts.set(place, count + 1);
    return createHash('sha256').update(`${place}\0${count}`).digest('hex');
  };
}

/** A UUID (version 8: of one's own making) from at least 32 hexadecimal digits. */
export function toUuid(digits: string): string {
  const [a, b, c, d, e] = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(13, 16),
    digits.slice(17, 20),
    digits.slice(20, 32),
  ];
  return `${a}-${b}-8${c}-8${d}-${e}`;
}
