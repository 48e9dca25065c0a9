// How old a credential is known to be, and what follows where that is older than the project allows.
import type { Finding } from '../model/finding.ts';
import { SEVERITIES } from '../model/rule.ts';
import { addLongLife } from '../standards/map-standards.ts';

export interface AgePolicy {
  /** Absent: age changes nothing. */
  readonly maxAgeDays?: number;
  /** Time of the scan, epoch milliseconds. */
  readonly nowMs: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Age in whole days: since its first commit, or since the date that the credential itself holds, if that is earlier. */
export function ageInDays({ history, identity }: Finding, nowMs: number): number | undefined {
  const times = [history?.firstSeen, identity?.createdAt]
    .map((date) => Date.parse(date ?? ''))
    .filter((time) => !Number.isNaN(time));
  if (times.length === 0) return undefined;
  return Math.max(0, Math.floor((nowMs - Math.min(...times)) / DAY_MS));
}

/** One level more severe, and long-lived by evidence, where it is older than the policy allows. */
export function applyAge(finding: Finding, { maxAgeDays, nowMs }: AgePolicy): Finding {
  const age = maxAgeDays === undefined ? undefined : ageInDays(finding, nowMs);
  if (age === undefined || age <= maxAgeDays!) return finding;
  const level = Math.max(0, SEVERITIES.indexOf(finding.severity) - 1);
  return {
    ...finding,
    severity: SEVERITIES[level]!,
    standards: addLongLife(finding.standards),
    notes: [...finding.notes, `it is ${age} days old; at most ${maxAgeDays} are allowed`],
  };
}
