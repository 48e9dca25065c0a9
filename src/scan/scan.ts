// The recipe of a scan: list, scan, gather, report. The only place where the stages meet.
import type { AnalysisData } from '../analysis/analysis-settings.ts';
import { applyAge } from '../analysis/age.ts';
import type { BlobAnalysis } from '../analysis/collect.ts';
import type { Config } from '../model/config.ts';
import type { Report } from '../model/report.ts';
import type { RuleSet } from '../model/rule.ts';
import type { CachePlace } from '../sources/cache-file.ts';
import type { Listing } from '../sources/input.ts';
import type { RevisionFiles } from '../sources/revision-files.ts';
import { SourceFailure } from '../sources/source-failure.ts';
import type { Scanned } from './added-only.ts';
import { keepAddedOnly, reportUnaccepted } from './added-only.ts';
import type { Gathering } from './assemble-report.ts';
import { createGathering } from './assemble-report.ts';
import type { ScanSetup } from './input-scanner.ts';
import type { Hider } from './hide-across.ts';
import type { InputOutcome } from './outcome.ts';
import type { HistoryRequest, SourceRequest } from './open-source.ts';
import { openSource } from './open-source.ts';
import type { HistoryScan } from './report-history.ts';
import type { Scanners } from './scan-inputs.ts';
import { createScanners } from './scan-inputs.ts';
import type { BaselineSettings } from './settle-baseline.ts';
import { applyThresholds } from './thresholds.ts';

/** Room for text in one scanner; longer contents are scanned in chunks. */
const CAPACITY_BYTES = 4 * 1024 * 1024;
const DEFAULT_INPUT_BUDGET_MS = 20_000;

export interface ScanRequest {
  readonly source: SourceRequest | HistoryRequest;
  readonly rules: RuleSet;
  readonly config: Config;
  /** What is accepted; its entries that no longer serve are named in the report. */
  readonly baseline?: Omit<BaselineSettings, 'today'>;
  /** Comments accept only what they accept in this revision, too; `none`: they accept nothing. */
  readonly trustComments?: RevisionFiles | 'none';
  readonly analysis: Omit<AnalysisData, 'allow'>;
  readonly tool: { readonly name: string; readonly version: string };
  /** Worker threads; 0 scans in the calling thread, save for what takes long. As many as the machine runs at once when left out. */
  readonly jobs?: number;
  /** Time that one step may take before it is ended, in milliseconds: a rule whose pattern took it is left out. */
  readonly inputBudgetMs?: number;
  /** Scans the members of archives as well; yes when left out. */
  readonly archives?: boolean;
  /** Called after every input. */
  readonly onProgress?: (scanned: number, bytes: number) => void;
}

/**
 * Never throws for what the scanned material does: whatever cannot be scanned makes the report incomplete.
 * @throws UserError for a path that does not exist
 */
export async function scan(request: ScanRequest): Promise<Report> {
  const start = process.uptime();
  const gathering = createGathering();
  const scanners = openScanners(request);
  const run: Run = { request, gathering, scanners };
  try {
    const listing = await scanSource(run);
    const tool = { ...request.tool, rulesHash: request.rules.hash };
    const found = gathering.finish(tool, Math.round((process.uptime() - start) * 1000));
    const { only } = request.analysis;
    const judged = await judgeComments(only === undefined ? found : { only, ...found }, run);
    const hider = await openHider(judged, run);
    return hider.hideInTexts(await acceptKnown(hider.hideInPaths(judged), request, listing));
  } finally {
    await scanners.close();
  }
}

interface Run {
  readonly request: ScanRequest;
  readonly gathering: Gathering;
  readonly scanners: Scanners;
}

/** How contents are scanned: as they are to be reported, or so that of each it is said only what is in it. */
const REPORTED = 0;
const SIGHTED = 1;

function openScanners(request: ScanRequest): Scanners {
  const { analysis, source, jobs, inputBudgetMs = DEFAULT_INPUT_BUDGET_MS } = request;
  const reported = toSetup(request);
  const sighted: ScanSetup = { ...reported, analysis: { ...reported.analysis, keep: 'sightings' } };
  const isSighted = source.kind === 'history' && analysis.keep !== 'all';
  return createScanners({
    setups: isSighted ? [reported, sighted] : [reported, reported],
    ...(jobs === undefined ? {} : { jobs }),
    inputBudgetMs,
  });
}

/** @returns what was listed, where the source lists */
async function scanSource(run: Run): Promise<Listing | undefined> {
  const { source, config } = run.request;
  try {
    if (source.kind !== 'history') return await scanListing(await openSource(source, config.exclude), run);
    await scanHistoryOf(source, run);
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    const message = error.hint === undefined ? error.message : `${error.message} (${error.hint})`;
    run.gathering.complain({ level: 'error', subject: source.kind, message });
  }
  return undefined;
}

async function scanListing(listing: Listing, { request, gathering, scanners }: Run): Promise<Listing> {
  const gather = (outcome: InputOutcome): void => {
    gathering.add(judgeOutcome(outcome, request));
    request.onProgress?.(gathering.scanned, gathering.bytes);
  };
  const { source } = request;
  const isChange = source.kind === 'staged' && !source.wholeFiles;
  const held: Scanned[] = [];
  await scanners.scanInputs(listing.inputs, REPORTED, (input, outcome) => {
    if (isChange) held.push({ input, outcome });
    else gather(outcome);
  });
  const kept = await keepAddedOnly(held, listing, (inputs, onOutcome) =>
    scanners.scanInputs(inputs, REPORTED, onOutcome),
  );
  const unaccepted = source.kind === 'staged' ? (source.unaccepted ?? []) : [];
  for (const { outcome } of reportUnaccepted(kept, unaccepted)) gather(outcome);
  for (const [reason, count] of listing.skipped) gathering.skip(reason, count);
  for (const diagnostic of listing.diagnostics) gathering.complain(diagnostic);
  return listing;
}

async function scanHistoryOf(source: HistoryRequest, { request, gathering, scanners }: Run): Promise<void> {
  const { exclude, allow, maxFileSizeBytes } = request.config;
  const scanAs =
    (setup: number): HistoryScan['scanGroups'] =>
    (groups, onOutcome) =>
      scanners.scanGroups(groups, setup, (input, outcome) => {
        onOutcome(input, outcome);
        request.onProgress?.(gathering.scanned, gathering.bytes);
      });
  const [{ openHistory }, { scanHistory }, { classifyPaths }] = await Promise.all([
    import('../sources/history.ts'),
    import('./scan-history.ts'),
    import('./classify-paths.ts'),
  ]);
  const { classOf, knowsFile } = classifyPaths(request.rules, allow);
  await scanHistory({
    source: openHistory({
      ...source,
      ...placeCache(source, request),
      exclude,
      classOf,
      maxBytes: maxFileSizeBytes,
      isShared: scanners.feedsWorkers,
    }),
    scanGroups: scanAs(REPORTED),
    sightGroups: scanAs(SIGHTED),
    classOf,
    knowsFile,
    exclude,
    allow,
    gathering,
    judge: (analysis) => judge(analysis, request),
  });
}

/** Whatever decides what is found in a content, or which contents are looked at, is part of the key. */
function placeCache(
  { cache, folder }: HistoryRequest,
  { rules, config, analysis, tool, archives = true }: ScanRequest,
): { cache?: CachePlace } {
  if (!cache || analysis.keep === 'all') return {};
  const { exclude, allow, maxFileSizeBytes } = config;
  const { honourInlineComments, only = 'both', keep } = analysis;
  const told = [honourInlineComments, only, keep, archives];
  const key = [cache.key, folder, tool, rules.hash, told, exclude, allow, maxFileSizeBytes];
  return { cache: { folder: cache.folder, key: JSON.stringify(key) } };
}

async function openHider(report: Report, { request, gathering, scanners }: Run): Promise<Hider> {
  if (request.analysis.showSecrets || isSilent(report)) return SHOW_ALL;
  const { createHider } = await import('./hide-across.ts');
  return createHider(report, gathering.listSecrets(), (inputs, onOutcome) =>
    scanners.scanInputs(inputs, REPORTED, onOutcome),
  );
}

/** Names nothing: most scans find nothing. */
function isSilent({ findings, suppressed, slots, diagnostics }: Report): boolean {
  return findings.length + suppressed.length + slots.length + diagnostics.length === 0;
}

const SHOW_ALL: Hider = { hideInPaths: (report) => report, hideInTexts: (report) => report };

async function acceptKnown(
  report: Report,
  { baseline, analysis }: ScanRequest,
  listing: Listing | undefined,
): Promise<Report> {
  if (!baseline) return report;
  const { isUntouched } = listing ?? {};
  const { settleBaseline } = await import('./settle-baseline.ts');
  const today = new Date(analysis.nowMs).toISOString().slice(0, 10);
  return settleBaseline(report, { ...baseline, today, ...(isUntouched ? { isUntouched } : {}) });
}

async function judgeComments(report: Report, { request, scanners }: Run): Promise<Report> {
  const { trustComments, config } = request;
  if (trustComments === undefined) return report;
  const { distrustComments } = await import('./distrust-comments.ts');
  return distrustComments(report, {
    config,
    ...(trustComments === 'none' ? {} : { base: trustComments }),
    scanInputs: (inputs, onOutcome) => scanners.scanInputs(inputs, REPORTED, onOutcome),
  });
}

function toSetup({ rules, analysis, config, archives, source }: ScanRequest): ScanSetup {
  return {
    rules: rules.rules,
    ...(rules.prefilter ? { prefilter: rules.prefilter } : {}),
    analysis: { ...analysis, allow: config.allow },
    maxBytes: config.maxFileSizeBytes,
    capacityBytes: CAPACITY_BYTES,
    archives: archives ?? true,
    hasVersions: source.kind === 'history',
  };
}

function judgeOutcome(outcome: InputOutcome, request: ScanRequest): InputOutcome {
  if (outcome.status !== 'scanned' || outcome.analyses.length === 0) return outcome;
  return { ...outcome, analyses: outcome.analyses.map((analysis) => judge(analysis, request)) };
}

/** What only the whole of a finding tells: its age, and whether it is at the level that is reported. */
function judge(analysis: BlobAnalysis, { config, analysis: { nowMs } }: ScanRequest): BlobAnalysis {
  const findings = analysis.findings.map((finding) => applyAge(finding, { nowMs, ...config }));
  return applyThresholds({ ...analysis, findings }, config);
}
