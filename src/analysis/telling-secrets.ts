// Secrets that are hidden wherever a report shows them: another file, or its name, may hold a copy that no rule knows there.
import type { Finding } from '../model/finding.ts';
import type { Candidate } from './candidate.ts';
import type { Redaction } from './known-secrets.ts';
import type { Redactor } from './redactions.ts';

export interface Found {
  readonly candidate: Candidate;
  readonly finding: Finding;
}

export function listTelling(found: readonly Found[], redact: Redactor): Redaction[] {
  return found
    .filter(({ finding, candidate }) => finding.confidence !== 'low' && isTelling(candidate.value))
    .map(({ candidate }) => redact(candidate))
    .filter(({ value, shown }) => value !== shown);
}

const MIN_LENGTH = 8;
const MIN_LENGTH_WITHOUT_DIGIT = 16;
/** Longer ones, such as keys of several lines, stand in no name. */
const MAX_LENGTH = 4096;

/** A word that somebody took for a password is the name of a folder elsewhere: it tells nothing there. */
function isTelling(value: string): boolean {
  const min = /\d/.test(value) ? MIN_LENGTH : MIN_LENGTH_WITHOUT_DIGIT;
  return value.length >= min && value.length <= MAX_LENGTH && /[^\d.:-]/.test(value);
}
