// A token whose checksum fails was never issued, or has been edited.
import { CHECKSUMS } from '../../model/checksum/registry.ts';
import type { Candidate } from '../candidate.ts';
import type { Check } from './check.ts';

/** True or false where the rule's format carries a checksum; undefined where it does not. */
export function verifyChecksum({ rule, value }: Candidate): boolean | undefined {
  const family = rule.checksum === undefined ? undefined : CHECKSUMS[rule.checksum];
  return family?.verify(value);
}

/** Drops only where the issuer has documented the format; elsewhere a failed check lowers confidence. */
export const failsChecksum: Check = (candidate) => {
  const family = candidate.rule.checksum === undefined ? undefined : CHECKSUMS[candidate.rule.checksum];
  if (!family?.documented || family.verify(candidate.value)) return undefined;
  return { by: 'checksum', because: 'its checksum does not fit, so its issuer never issued it' };
};
