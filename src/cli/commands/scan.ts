// `nhi-scan scan`: options → a request, the scan, its reports, the exit code.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { loadConfig } from '../../config/load-config.ts';
import { parseSize } from '../../fields/parse-size.ts';
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
import type { SourceRequest } from '../../scan/open-source.ts';
import { scan } from '../../scan/scan.ts';
import { EXIT, exitCodeOf } from '../exit-code.ts';
import { createProgress } from '../progress.ts';
import { VERSION } from '../version.ts';
import type { ReportOptions } from '../write-reports.ts';
import { checkReportOptions, writeReports } from '../write-reports.ts';

/** The options as commander hands them over. */
export interface ScanOptions extends ReportOptions {
  readonly staged?: boolean;
  readonly wholeFiles?: boolean;
  readonly stdin?: boolean;
  readonly stdinName: string;
  readonly exclude: readonly string[];
  readonly gitignore: boolean;
  readonly maxFileSize?: string;
  readonly allowEmpty?: boolean;
  readonly jobs?: string;
  readonly config?: string;
  readonly rules: readonly string[];
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  readonly only?: 'secrets' | 'posture';
  readonly inlineIgnore: boolean;
  readonly exitZero?: boolean;
  readonly progress: boolean;
}

/** @returns the exit code */
export async function runScan(paths: readonly string[], options: ScanOptions): Promise<number> {
  checkOptions(paths, options);
  const own = await loadOwnRules(options);
  const builtIn = loadBuiltInRules();
  const config = await loadSettings(
    paths,
    options,
    [...builtIn.matchers, ...own].map(({ id }) => id),
  );
  const rules = combineRules(builtIn, own, config.disabledRules);
  const report = await runWithProgress(options, (onProgress) =>
    scan({
      source: toSource(paths, options),
      rules,
      config,
      analysis: {
        nowMs: Date.now(),
        ...(options.only === undefined ? {} : { only: options.only }),
        showSecrets: options.showSecrets === true,
        honourInlineComments: options.inlineIgnore,
        references: loadBuiltInReferences(),
        keepDiscarded: options.verbose === true,
      },
      tool: { name: 'nhi-scan', version: VERSION },
      onProgress,
      ...readJobs(options),
    }),
  );
  await writeReports(report, { options, rules: rules as RuleSet, own });
  return conclude(report, options);
}

function checkOptions(paths: readonly string[], options: ScanOptions): void {
  if (options.stdin && options.staged) throw new UserError('--stdin and --staged exclude each other');
  if (paths.length > 0 && (options.stdin || options.staged)) {
    throw new UserError(`--${options.stdin ? 'stdin' : 'staged'} takes no paths`, {
      hint: 'leave out one of them',
    });
  }
  if (options.wholeFiles && !options.staged) throw new UserError('--whole-files needs --staged');
  checkReportOptions(options);
}

async function loadOwnRules({ rules }: ScanOptions): Promise<Rule[]> {
  if (rules.length === 0) return [];
  const known = loadBuiltInRules().matchers.map(({ id }) => id);
  return (await loadRuleFiles(rules, known)).map(({ rule }) => rule);
}

/** The configuration file, and over it the flags. */
async function loadSettings(
  paths: readonly string[],
  options: ScanOptions,
  ruleIds: string[],
): Promise<Config> {
  const search = { explicit: options.config, root: findRoot(paths, options) };
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

/** Where the configuration lies: the one folder that is scanned, the top of the work tree, or the current directory. */
function findRoot(paths: readonly string[], { staged }: ScanOptions): string {
  const current = process.cwd();
  if (!staged) return paths.length === 1 && existsSync(join(paths[0]!, '.')) ? resolve(paths[0]!) : current;
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

const MAX_JOBS = 256;

function readJobs({ jobs }: ScanOptions): { jobs?: number } {
  if (jobs === undefined) return {};
  if (/^\d{1,3}$/.test(jobs) && Number(jobs) <= MAX_JOBS) return { jobs: Number(jobs) };
  throw new UserError(`--jobs: '${jobs}' is no number of threads`, {
    hint: `write a number from 0 to ${MAX_JOBS}`,
  });
}

function toSource(paths: readonly string[], options: ScanOptions): SourceRequest {
  if (options.stdin) return { kind: 'stdin', stream: process.stdin, name: options.stdinName };
  const folder = process.cwd();
  if (!options.staged) {
    return {
      kind: 'tree',
      paths: paths.length === 0 ? ['.'] : paths,
      workingFolder: folder,
      useGitignore: options.gitignore,
    };
  }
  return {
    kind: 'staged',
    folder,
    environment: process.env,
    // Git tells its hooks which index to read, such as the temporary one of `git commit -a`.
    isHook: process.env['GIT_INDEX_FILE'] !== undefined,
    wholeFiles: options.wholeFiles === true,
  };
}

type OnProgress = (scanned: number, bytes: number) => void;

async function runWithProgress(
  options: ScanOptions,
  run: (onProgress: OnProgress) => Promise<Report>,
): Promise<Report> {
  const progress = createProgress(process.stderr, options.progress && options.quiet !== true);
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
    process.stderr.write('nhi-scan: nothing was scanned\n  --allow-empty accepts that\n');
  }
  return code;
}
