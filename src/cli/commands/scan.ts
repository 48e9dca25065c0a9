// `nhi-scan scan`: options → a request, the scan, its reports, the exit code.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { loadBaseline } from '../../config/load-baseline.ts';
import { loadConfig } from '../../config/load-config.ts';
import { parseSize } from '../../fields/parse-size.ts';
import type { Baseline } from '../../model/baseline.ts';
import type { Config } from '../../model/config.ts';
import type { Report } from '../../model/report.ts';
import type { Confidence, Rule, RuleSet, Severity } from '../../model/rule.ts';
import { UserError } from '../../model/user-error.ts';
import {
  combineRules,
  loadBuiltInReferences,
  loadBuiltInRules,
  loadRuleFiles,
} from '../../rules/load-rules.ts';
import type { HistoryRequest, SourceRequest } from '../../scan/open-source.ts';
import type { ScanRequest } from '../../scan/scan.ts';
import { scan } from '../../scan/scan.ts';
import { EXIT, exitCodeOf } from '../exit-code.ts';
import type { HistoryFlags } from '../history-options.ts';
import { checkHistoryFlags, isFolder, toHistoryRequest } from '../history-options.ts';
import { createProgress } from '../progress.ts';
import { createStagedRequest, explainControl, listUnaccepted } from '../staged-control.ts';
import { complain } from '../standard-streams.ts';
import type { Trust, TrustFlags } from '../trust.ts';
import { decideTrust } from '../trust.ts';
import { VERSION } from '../version.ts';
import type { ReportOptions } from '../write-reports.ts';
import { checkReportOptions, needsLineHashes, writeReports } from '../write-reports.ts';

/** The options as commander hands them over. */
export interface ScanOptions extends ReportOptions, HistoryFlags, TrustFlags {
  readonly wholeFiles?: boolean;
  readonly stdin?: boolean;
  readonly stdinName?: string;
  readonly exclude: readonly string[];
  readonly gitignore: boolean;
  readonly archives: boolean;
  readonly maxFileSize?: string;
  readonly allowEmpty?: boolean;
  readonly jobs?: string;
  readonly config?: string;
  /** A file; false for none at all. */
  readonly baseline?: string | false;
  readonly rules: readonly string[];
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  readonly only?: 'secrets' | 'posture';
  readonly inlineIgnore: boolean;
  /** Keeps placeholders and managed values as what is not reported, for who compares them. */
  readonly keepSlots?: boolean;
  readonly explainScore?: boolean;
  readonly exitZero?: boolean;
  readonly progress: boolean;
}

/**
 * @param source what is scanned, where the options alone do not say it
 * @returns the exit code
 */
export async function runScan(
  paths: readonly string[],
  options: ScanOptions,
  source: ScanRequest['source'] = toSource(paths, options),
): Promise<number> {
  checkOptions(paths, options);
  const { report, rules, own } = await performScan(paths, options, source);
  await writeReports(report, { options, rules: rules as RuleSet, own });
  return conclude(report, options);
}

export interface PerformedScan {
  readonly report: Report;
  readonly rules: RuleSet;
  readonly own: readonly Rule[];
}

/** The scan by itself, for commands that make something else of what it finds. */
export async function performScan(
  paths: readonly string[],
  options: ScanOptions,
  source: ScanRequest['source'] = toSource(paths, options),
): Promise<PerformedScan> {
  const own = await loadOwnRules(options);
  const builtIn = loadBuiltInRules();
  const root = findRoot(paths, options);
  const trust = await decideTrust(root, options);
  const config = await loadSettings({ root, trust }, options, [
    ...builtIn.rules.ids,
    ...own.map(({ id }) => id),
  ]);
  const rules = combineRules(builtIn, own, config.disabledRules);
  const baseline = await loadAccepted({ root, trust }, options);
  const asked = await askForUnaccepted(distrust(source, trust), { trust, baseline, options });
  warnOfEdits(trust);
  const report = await runWithProgress(options, (onProgress) =>
    scan({
      source: asked,
      rules,
      config,
      ...(trust.level === 'tree' ? {} : { trustComments: trust.base ?? 'none' }),
      ...(baseline ? { baseline: { baseline, isWhole: isWhole(source) } } : {}),
      analysis: {
        nowMs: Date.now(),
        ...(options.only === undefined ? {} : { only: options.only }),
        showSecrets: options.showSecrets === true,
        honourInlineComments: options.inlineIgnore,
        references: loadBuiltInReferences(),
        keep: readKeep(source, options),
        lineHashes: needsLineHashes(options),
        explainScore: options.explainScore === true,
      },
      tool: { name: 'nhi-scan', version: VERSION },
      archives: options.archives,
      onProgress,
      ...readJobs(options),
    }),
  );
  if (trust.staged) explainControl(trust.staged, report.findings.length === 0);
  return { report, rules, own };
}

interface ControlFiles {
  /** Absolute folder in which they lie. */
  readonly root: string;
  readonly trust: Trust;
}

async function loadAccepted(
  { root, trust }: ControlFiles,
  options: ScanOptions,
): Promise<Baseline | undefined> {
  if (options.baseline === false) return undefined;
  return loadBaseline({ explicit: options.baseline, root, readControlFile: trust.readControlFile });
}

/** What git ignores is hidden by whoever writes the tree. */
function distrust(source: ScanRequest['source'], { level }: Trust): ScanRequest['source'] {
  return source.kind === 'tree' && level !== 'tree' ? { ...source, useGitignore: false } : source;
}

/** A baseline that a flag names is none that the change edits. */
async function askForUnaccepted(
  source: ScanRequest['source'],
  { trust, baseline, options }: { trust: Trust; baseline: Baseline | undefined; options: ScanOptions },
): Promise<ScanRequest['source']> {
  if (source.kind !== 'staged' || !trust.staged || options.baseline !== undefined) return source;
  return { ...source, unaccepted: await listUnaccepted(trust.staged, baseline) };
}

function warnOfEdits({ edited }: Trust): void {
  for (const name of edited) {
    complain(`nhi-scan: the change edits ${name}; what it says at the base is obeyed\n`);
  }
}

/** True where an entry of a baseline that accepts nothing is out of use: all that it can be about is scanned. */
function isWhole(source: ScanRequest['source']): boolean {
  if (source.kind === 'history') return source.scope.kind === 'all' && source.scope.since === undefined;
  return source.kind === 'tree' && source.paths.length === 1 && isFolder(source.paths[0]!);
}

function checkOptions(paths: readonly string[], options: ScanOptions): void {
  const sources = (['stdin', 'staged', 'history'] as const).filter((name) => options[name]);
  if (sources.length > 1) throw new UserError(`--${sources[0]} and --${sources[1]} exclude each other`);
  checkHistoryFlags(paths, options);
  if (paths.length > 0 && (options.stdin || options.staged)) {
    throw new UserError(`--${options.stdin ? 'stdin' : 'staged'} takes no paths`, {
      hint: 'leave out one of them',
    });
  }
  if (options.wholeFiles && !options.staged) throw new UserError('--whole-files needs --staged');
  if (options.stdinName !== undefined && !options.stdin) throw new UserError('--stdin-name needs --stdin');
  checkReportOptions(options);
}

async function loadOwnRules({ rules }: ScanOptions): Promise<Rule[]> {
  if (rules.length === 0) return [];
  const known = loadBuiltInRules().rules.ids;
  return (await loadRuleFiles(rules, known)).map(({ rule }) => rule);
}

/** The configuration file, and over it the flags. */
async function loadSettings(
  { root, trust }: ControlFiles,
  options: ScanOptions,
  ruleIds: string[],
): Promise<Config> {
  const search = { explicit: options.config, root, readControlFile: trust.readControlFile };
  const config = await loadConfig(search, async () => {
    const { explainPattern } = await import('../../rules/lint-pattern.ts');
    return { ruleIds, lintPattern: explainPattern };
  });
  return {
    ...config,
    severity: options.severity ?? config.severity,
    confidence: options.confidence ?? config.confidence,
    exclude: [...config.exclude, ...options.exclude],
    maxFileSizeBytes: readSize(options) ?? config.maxFileSizeBytes,
  };
}

/** Where configuration and baseline lie: the one folder that is scanned, the top of the work tree, or the current directory. */
export function findRoot(
  paths: readonly string[],
  { staged, history }: Pick<ScanOptions, 'staged' | 'history'>,
): string {
  const current = history ? resolve(paths[0] ?? '.') : process.cwd();
  if (!staged && !history) return paths.length === 1 && isFolder(paths[0]!) ? resolve(paths[0]!) : current;
  for (let folder = current; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return current;
  }
}

function readSize({ maxFileSize }: ScanOptions): number | undefined {
  if (maxFileSize === undefined) return undefined;
  const bytes = parseSize(maxFileSize);
  if (bytes !== undefined) return bytes;
  throw new UserError(`--max-file-size: '${maxFileSize}' is no size`, {
    hint: 'write bytes, or 500K, 10M, 2G',
  });
}

/** History tells by the managed slots of older versions which it has counted. */
function readKeep(
  { kind }: ScanRequest['source'],
  { verbose, keepSlots }: ScanOptions,
): ScanRequest['analysis']['keep'] {
  if (verbose === true) return 'all';
  return kind === 'history' || keepSlots === true ? 'slots' : 'accepted';
}

const MAX_JOBS = 256;

function readJobs({ jobs }: ScanOptions): { jobs?: number } {
  if (jobs === undefined) return {};
  if (/^\d{1,3}$/.test(jobs) && Number(jobs) <= MAX_JOBS) return { jobs: Number(jobs) };
  throw new UserError(`--jobs: '${jobs}' is no number of threads`, {
    hint: `write a number from 0 to ${MAX_JOBS}`,
  });
}

function toSource(paths: readonly string[], options: ScanOptions): SourceRequest | HistoryRequest {
  if (options.stdin) return { kind: 'stdin', stream: process.stdin, name: options.stdinName ?? 'stdin' };
  const folder = process.cwd();
  if (options.history) return toHistoryRequest(resolve(paths[0] ?? '.'), options);
  if (!options.staged) {
    return {
      kind: 'tree',
      paths: paths.length === 0 ? ['.'] : paths,
      workingFolder: folder,
      useGitignore: options.gitignore,
    };
  }
  return createStagedRequest(options.wholeFiles === true);
}

type OnProgress = (scanned: number, bytes: number) => void;

async function runWithProgress(
  options: ScanOptions,
  run: (onProgress: OnProgress) => Promise<Report>,
): Promise<Report> {
  const progress = createProgress(options.progress && options.quiet !== true);
  try {
    return await run(progress.update);
  } finally {
    progress.stop();
  }
}

function conclude(report: Report, options: ScanOptions): number {
  const policy = { exitZero: options.exitZero === true, allowEmpty: options.allowEmpty === true };
  const code = exitCodeOf(report, policy);
  if (code === EXIT.incomplete && report.complete) {
    complain('nhi-scan: nothing was scanned\n  --allow-empty accepts that\n');
  }
  return code;
}
