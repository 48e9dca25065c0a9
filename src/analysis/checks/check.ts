// A check looks at one candidate and says why it should not be reported, or nothing.
import type { Objection } from '../../model/finding.ts';
import type { Candidate } from '../candidate.ts';

export type Check = (candidate: Candidate) => Objection | undefined;

/** The objection of the first check that has one. */
export function firstObjection(checks: readonly Check[], candidate: Candidate): Objection | undefined {
  for (const check of checks) {
    const objection = check(candidate);
    if (objection) return objection;
  }
  return undefined;
}
