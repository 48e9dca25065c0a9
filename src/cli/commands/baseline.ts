// `nhi-scan baseline`: makes, extends, clears and judges the file of accepted findings.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { formatBaseline } from '../../config/baseline-file.ts';
import { BASELINE_FILE, loadBaseline } from '../../config/load-baseline.ts';
import type { Baseline, BaselineEntry, Verdict } from '../../model/baseline.ts';
import { isExpired, keyOf } from '../../model/baseline.ts';
import type { Finding } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import { escapeControls } from '../../model/redact.ts';
import { UserError } from '../../model/user-error.ts';
import { listStale } from '../../scan/settle-baseline.ts';
import { formatCount } from '../../reports/wording.ts';
import { EXIT } from '../exit-code.ts';
import { SCAN_DEFAULTS } from '../scan-defaults.ts';
import { complain, print } from '../standard-streams.ts';
import { writeFileAtomically } from '../write-output.ts';
import { findRoot, performScan } from './scan.ts';

export type BaselineCommand = 'create' | 'update' | 'prune' | 'audit' | 'import';

export interface BaselineOptions {
  readonly file?: string;
  readonly config?: string;
  readonly history?: boolean;
  readonly reason?: string;
  readonly by?: string;
  readonly expires?: string;
  readonly list?: boolean;
  readonly all?: boolean;
  readonly set?: readonly string[];
}

/** @param path the folder that is scanned; for an import the file that is read */
export async function runBaseline(
  command: BaselineCommand,
  path: string,
  options: BaselineOptions,
): Promise<number> {
  checkDate(options);
  if (options.reason) {
    const { refuseSecret } = await import('../text-secrets.ts');
    refuseSecret('--reason', options.reason);
  }
  if (command === 'create') return create(path, options);
  if (command === 'update') return update(path, options);
  if (command === 'prune') return prune(path, options);
  if (command === 'audit') {
    const { auditBaseline } = await import('./audit-baseline.ts');
    return auditBaseline(path, options);
  }
  const { importBaseline } = await import('./import-baseline.ts');
  return importBaseline(path, options);
}

function checkDate({ expires }: BaselineOptions): void {
  if (expires === undefined) return;
  if (isDate(expires)) return;
  throw new UserError(`--expires: '${expires}' is no date`, { hint: 'write it as YYYY-MM-DD' });
}

/** A day that there is: the 31st of February would be read as one in March. */
function isDate(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

async function create(path: string, options: BaselineOptions): Promise<number> {
  const file = fileOf(path, options);
  if (existsSync(file)) {
    throw new UserError(`${file} exists already`, {
      hint: 'nhi-scan baseline update adds what has come since',
    });
  }
  const report = await scanAll(path, options);
  if (!report.complete) return refuseIncomplete();
  const entries = report.findings.map((finding) => toEntry(finding, options));
  return save(file, entries, `${formatCount(entries.length, 'finding is', 'findings are')} accepted`);
}

async function update(path: string, options: BaselineOptions): Promise<number> {
  const file = fileOf(path, options);
  const { entries } = await readBaseline(path, options);
  const report = await scanAll(path, options);
  if (!report.complete) return refuseIncomplete();
  const today = todayOf();
  const known = new Set(entries.filter((entry) => !isExpired(entry, today)).map(keyOf));
  const fresh = report.findings
    .map((finding) => toEntry(finding, options))
    .filter((entry) => !known.has(keyOf(entry)));
  const renewed = new Set(fresh.map(keyOf));
  return save(
    file,
    [...entries.filter((entry) => !renewed.has(keyOf(entry))), ...fresh],
    `${formatCount(renewed.size, 'entry', 'entries')} more`,
  );
}

async function prune(path: string, options: BaselineOptions): Promise<number> {
  const { entries } = await readBaseline(path, options);
  const report = await scanAll(path, options);
  if (!report.complete) return refuseIncomplete();
  const stale = listStale(report, entries, todayOf());
  const kept = entries.filter((entry) => !stale.has(entry));
  return save(
    fileOf(path, options),
    kept,
    `${formatCount(entries.length - kept.length, 'entry is', 'entries are')} removed`,
  );
}

/** Where a scan of the same looks for it. */
export function fileOf(path: string, { file, history }: BaselineOptions): string {
  return file ?? join(findRoot([path], { history: history === true }), BASELINE_FILE);
}

/** @throws UserError where there is none */
export async function readBaseline(path: string, options: BaselineOptions): Promise<Baseline> {
  return (await loadBaseline({ explicit: fileOf(path, options), root: findRoot([path], {}) }))!;
}

/** Everything that is found, whether or not it is accepted. */
export async function scanAll(path: string, options: BaselineOptions): Promise<Report> {
  const report = await scanWith(path, options, false);
  for (const { subject, message } of report.diagnostics) {
    complain(`nhi-scan: ${escapeControls(`${subject}: ${message}`)}\n`);
  }
  return report;
}

/** The same with its secrets, to compare them: nothing of it may be shown or written. */
export async function scanOpenly(path: string, options: BaselineOptions): Promise<Report> {
  return scanWith(path, options, true);
}

async function scanWith(path: string, options: BaselineOptions, showSecrets: boolean): Promise<Report> {
  const { report } = await performScan([resolve(path)], {
    ...SCAN_DEFAULTS,
    baseline: false,
    keepSlots: true,
    showSecrets,
    ...(options.config === undefined ? {} : { config: options.config }),
    ...(options.history ? { history: true } : {}),
  });
  return report;
}

export function refuseIncomplete(): number {
  complain('nhi-scan: the scan is incomplete, so the baseline stays as it is\n');
  return EXIT.incomplete;
}

const DEFAULT_REASON = 'stood here when the baseline was made';

export function toEntry(
  finding: Finding,
  options: BaselineOptions,
  verdict: Verdict = 'unreviewed',
): BaselineEntry {
  return {
    fingerprint: finding.fingerprint,
    ruleId: finding.ruleId,
    path: finding.location.path,
    verdict,
    ...(options.expires === undefined ? {} : { expires: options.expires }),
    by: nameOf(options),
    reason: options.reason || DEFAULT_REASON,
  };
}

export function nameOf({ by }: BaselineOptions): string {
  const { USER, LOGNAME, USERNAME } = process.env;
  return by || USER || LOGNAME || USERNAME || 'unknown';
}

export function todayOf(): string {
  return new Date().toISOString().slice(0, 10);
}

/** One entry for each secret and path: the first that was given. */
export function save(file: string, entries: readonly BaselineEntry[], what: string): number {
  const unique = new Map(entries.toReversed().map((entry) => [keyOf(entry), entry]));
  writeFileAtomically(file, formatBaseline([...unique.values()]));
  print(`${file}: ${what}\n`);
  return EXIT.clean;
}
