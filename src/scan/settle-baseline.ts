// Takes what the baseline accepts out of a report, and says which of its entries no longer serve.
import { judgeByBaseline } from '../analysis/checks/baseline.ts';
import type { Baseline, BaselineEntry } from '../model/baseline.ts';
import type { Diagnostic, Report } from '../model/report.ts';
import { compareFindings } from './assemble-report.ts';

export interface BaselineSettings {
  readonly baseline: Baseline;
  /** ISO date of the scan. */
  readonly today: string;
  /** Everything was scanned that the baseline is about: an entry without a finding is out of use. */
  readonly isWhole: boolean;
  /** Paths that a change leaves as they are. */
  readonly isUntouched?: (path: string) => boolean;
}

export function settleBaseline(report: Report, settings: BaselineSettings): Report {
  const { baseline, isWhole } = settings;
  const judgement = judgeByBaseline(report.findings, baseline.entries, settings);
  const accepted = new Set(report.suppressed.map(({ finding }) => finding.fingerprint));
  // What a comment or an entry of the configuration accepts, too, is not out of use.
  const unused = judgement.unused.filter(({ fingerprint }) => !accepted.has(fingerprint));
  const say = (message: string): Diagnostic => ({ level: 'warning', subject: baseline.file, message });
  const diagnostics = [
    ...judgement.expired.map((entry) => say(`${describe(entry)} has expired on ${entry.expires}`)),
    ...(isWhole && report.complete ? unused : []).map((entry) =>
      say(`${describe(entry)} accepts nothing any more`),
    ),
  ];
  return {
    ...report,
    findings: [...judgement.findings].sort(compareFindings),
    suppressed: [...report.suppressed, ...judgement.accepted].sort((a, b) =>
      compareFindings(a.finding, b.finding),
    ),
    diagnostics: [...report.diagnostics, ...diagnostics],
  };
}

/** The entries that accept nothing of what a whole scan found, or whose time is over. */
export function listStale(
  { findings, suppressed }: Report,
  entries: readonly BaselineEntry[],
  today: string,
): Set<BaselineEntry> {
  const found = [...findings, ...suppressed.map(({ finding }) => finding)];
  const { unused, expired } = judgeByBaseline(found, entries, { today });
  return new Set([...unused, ...expired]);
}

function describe({ ruleId, path, fingerprint }: BaselineEntry): string {
  return `the entry for ${ruleId} in ${path} (${fingerprint.slice(0, 12)})`;
}
