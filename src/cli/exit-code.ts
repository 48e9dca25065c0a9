// What the exit code says. One place, so that no failure can read as "clean".
import type { Report } from '../model/report.ts';

export const EXIT = {
  clean: 0,
  findings: 1,
  usage: 2,
  incomplete: 3,
  internal: 4,
} as const;

export type ExitCode = number;

export interface ExitPolicy {
  /** Findings do not fail the run. Incompleteness still does. */
  readonly exitZero: boolean;
  /** Having nothing to scan is not a failure. */
  readonly allowEmpty: boolean;
}

export function exitCodeOf(report: Report, policy: ExitPolicy): ExitCode {
  if (report.findings.length > 0 && !policy.exitZero) return EXIT.findings;
  if (!report.complete) return EXIT.incomplete;
  if (report.coverage.files.scanned === 0 && !policy.allowEmpty) return EXIT.incomplete;
  return EXIT.clean;
}
