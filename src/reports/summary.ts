// What a report amounts to, in a few sentences: shared by the formats for people.
import type { Finding, ObjectionKind, StorageState } from '../model/finding.ts';
import type { Diagnostic, InputCounts, Report } from '../model/report.ts';
import type { Severity } from '../model/rule.ts';
import { SEVERITIES } from '../model/rule.ts';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  listObjections,
  listSkipped,
} from './wording.ts';

const MANAGED: ReadonlySet<StorageState> = new Set([
  'managed-reference',
  'platform-secret',
  'runtime-injected',
  'federated',
  'encrypted-in-repo',
]);
const HARD_CODED: ReadonlySet<StorageState> = new Set([
  'hardcoded',
  'hardcoded-fallback',
  'hardcoded-encoded',
  'encrypted-key-present',
]);

export interface SlotShares {
  readonly total: number;
  readonly managed: number;
  readonly hardCoded: number;
  /** Placeholders, and what is public by design. */
  readonly other: number;
}

export function countSlots({ slots }: Report): SlotShares {
  const managed = slots.filter(({ storage }) => MANAGED.has(storage.state)).length;
  const hardCoded = slots.filter(({ storage }) => HARD_CODED.has(storage.state)).length;
  return { total: slots.length, managed, hardCoded, other: slots.length - managed - hardCoded };
}

/** "41 of 57 credential slots are managed; 9 hard-coded; 7 static cloud keys in CI that could be OIDC". */
export function describeSlots(report: Report): string {
  const { total, managed, hardCoded, other } = countSlots(report);
  const staticKeys = report.findings.filter(({ standards }) =>
    standards.owaspNhi2025.includes('NHI6:2025'),
  ).length;
  const parts = [
    `${formatNumber(managed)} of ${formatCount(total, 'credential slot')} ${total === 1 ? 'is' : 'are'} managed`,
    `${formatNumber(hardCoded)} hard-coded`,
  ];
  if (total === 0) parts.splice(0, 2, describeNoSlot(report));
  if (staticKeys > 0) parts.push(`${formatCount(staticKeys, 'static cloud key')} in CI that could be OIDC`);
  if (other > 0) parts.push(`${formatCount(other, 'placeholder')} or public by design`);
  return parts.join('; ');
}

function describeNoSlot({ only }: Report): string {
  return only === 'posture' ? 'Credential slots were not looked at' : 'No credential slot was seen';
}

export function countSeverities(findings: readonly Finding[]): [Severity, number][] {
  return SEVERITIES.map((severity): [Severity, number] => [
    severity,
    findings.filter((finding) => finding.severity === severity).length,
  ]).filter(([, count]) => count > 0);
}

/** "9 findings in 4 files: 2 critical, 7 high"; never a word that a scan which missed something has not earned. */
export function describeFindings(report: Report): string {
  const { findings } = report;
  if (findings.length === 0) return describeNoFinding(report);
  const files = new Set(findings.map(({ location }) => location.path)).size;
  const severities = countSeverities(findings).map(
    ([severity, count]) => `${formatNumber(count)} ${severity}`,
  );
  return `${formatCount(findings.length, 'finding')} in ${formatCount(files, 'file')}: ${severities.join(', ')}`;
}

/** "Nothing to report: 2 findings are in the baseline, 1 below the thresholds." Plain only where nothing was seen. */
function describeNoFinding(report: Report): string {
  if (report.coverage.files.scanned === 0) return 'Nothing was scanned.';
  const reasons = [
    ...(report.only === 'posture' ? ['only the posture was looked at'] : []),
    ...describeWithheld(report),
  ];
  const where = report.complete ? '' : ' in what was scanned';
  if (reasons.length > 0) return `Nothing to report${where}: ${reasons.join('; ')}.`;
  return report.complete ? 'No hard-coded credential was found.' : 'No finding in what was scanned.';
}

/** Why a credential that was found is not reported. */
const WITHHELD: ReadonlySet<ObjectionKind> = new Set([
  'inline-comment',
  'allowlist',
  'baseline',
  'not-added',
  'threshold',
]);

function describeWithheld({ suppressed }: Report): string[] {
  const withheld = suppressed.filter(({ by }) => WITHHELD.has(by));
  if (withheld.length === 0) return [];
  const list = listObjections(countObjections({ suppressed: withheld, discarded: {} }));
  return [list.replace(/^[\d,]+/, (count) => (count === '1' ? '1 finding is' : `${count} findings are`))];
}

/**
 * "Scanned 1,204 of 1,240 files (12.3 MB) in 0.8 s; 2 failed; skipped 34: 20 binary, 14 ignored by git; in archives 7 of 9
 * files; skipped 2: 2 binary".
 */
export function describeCoverage({ coverage }: Report): string {
  const { files, members, bytes, durationMs } = coverage;
  const scanned = `Scanned ${describeScanned(files)} (${formatBytes(bytes)}) in ${formatDuration(durationMs)}`;
  const parts = [scanned, ...describeUnscanned(files)];
  if (members.listed > 0)
    parts.push(`in archives ${describeScanned(members)}`, ...describeUnscanned(members));
  return parts.join('; ');
}

function describeScanned({ listed, scanned }: InputCounts): string {
  const files = formatCount(listed, 'file');
  return listed === scanned ? files : `${formatNumber(scanned)} of ${files}`;
}

function describeUnscanned({ failed, skipped }: InputCounts): string[] {
  const total = Object.values(skipped).reduce((sum, count) => sum + count, 0);
  return [
    ...(failed > 0 ? [`${formatNumber(failed)} failed`] : []),
    ...(total > 0 ? [`skipped ${formatNumber(total)}: ${listSkipped(skipped)}`] : []),
  ];
}

/** "Not reported: 12 (8 placeholders, 4 in the baseline)"; nothing when nothing was suppressed. */
export function describeSuppressed(report: Report): string | undefined {
  const counts = countSuppressed(report);
  const total = sumCounts(counts);
  return total === 0 ? undefined : `Not reported: ${formatNumber(total)} (${listObjections(counts)})`;
}

/** What is not reported though it holds the place of a credential, by reason. */
export function countSuppressed({ suppressed, discarded }: Report): ObjectionCounts {
  const { managed = 0, placeholder = 0 } = discarded;
  const held = { ...(managed > 0 ? { managed } : {}), ...(placeholder > 0 ? { placeholder } : {}) };
  return countObjections({ suppressed, discarded: held });
}

export function sumCounts(counts: ObjectionCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

type ObjectionCounts = Readonly<Partial<Record<ObjectionKind, number>>>;

/** Everything that is not reported, by reason: what is kept and what is only counted. */
export function countObjections({
  suppressed,
  discarded,
}: Pick<Report, 'suppressed' | 'discarded'>): ObjectionCounts {
  const counts: Partial<Record<ObjectionKind, number>> = { ...discarded };
  for (const { by } of suppressed) counts[by] = (counts[by] ?? 0) + 1;
  return counts;
}

export interface Incompleteness {
  readonly statement: string;
  /** What went wrong, one each. */
  readonly errors: readonly Diagnostic[];
}

/** What was not scanned; undefined for a complete scan. */
export function describeIncompleteness({
  complete,
  coverage,
  diagnostics,
}: Report): Incompleteness | undefined {
  if (complete) return undefined;
  const { failed, listed } = coverage.files;
  const what =
    failed > 0
      ? `${formatNumber(failed)} of ${formatCount(listed, 'file')} could not be scanned`
      : 'something that should have been scanned was not';
  return {
    statement: `Incomplete: ${what}. Credentials there are not in this report.`,
    errors: diagnostics.filter(({ level }) => level === 'error'),
  };
}

/** The most severe first; among equals the order of the report stays. */
export function sortBySeverity(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

/** For each rule its first finding and how many it has: the rule of the most severe finding first, then by id. */
export function groupByRule(findings: readonly Finding[]): { first: Finding; count: number }[] {
  const groups = new Map<string, { first: Finding; count: number; rank: number }>();
  for (const finding of findings) {
    const rank = SEVERITIES.indexOf(finding.severity);
    const group = groups.get(finding.ruleId);
    if (!group) groups.set(finding.ruleId, { first: finding, count: 1, rank });
    else Object.assign(group, { count: group.count + 1, rank: Math.min(group.rank, rank) });
  }
  return [...groups.values()]
    .sort((a, b) => a.rank - b.rank || (a.first.ruleId < b.first.ruleId ? -1 : 1))
    .map(({ first, count }) => ({ first, count }));
}
