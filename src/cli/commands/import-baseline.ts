// `nhi-scan baseline import`: what another tool has accepted, found again by our own scan, and what was not.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { ForeignEntry } from '../../config/foreign-baseline.ts';
import { parseForeignBaseline } from '../../config/foreign-baseline.ts';
import type { BaselineEntry } from '../../model/baseline.ts';
import type { AllowEntry } from '../../model/config.ts';
import { explainFileError } from '../../model/file-error.ts';
import type { Finding } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import { escapeControls } from '../../model/redact.ts';
import { UserError } from '../../model/user-error.ts';
import { formatCount, formatNumber } from '../../reports/wording.ts';
import { EXIT } from '../exit-code.ts';
import { complain, print } from '../standard-streams.ts';
import type { BaselineOptions } from './baseline.ts';
import { fileOf, readBaseline, refuseIncomplete, save, scanAll, scanOpenly, toEntry } from './baseline.ts';

const FOLDER = '.';

export async function importBaseline(file: string, options: BaselineOptions): Promise<number> {
  const text = readText(file);
  if (file.endsWith('.toml')) return importAllowlists(text, file);
  const foreign = parseForeignBaseline(text, file);
  const report = await scanAll(FOLDER, options);
  if (!report.complete) return refuseIncomplete();
  const findings = await listSought(report, options);
  const carried: BaselineEntry[] = [];
  const left: string[] = [];
  for (const entry of foreign) {
    const found = findings.filter((finding) => isMeant(finding, entry));
    if (found.length === 0) left.push(explain(entry, options));
    carried.push(...found.map(({ shown }) => carry(shown, entry, { options, file })));
  }
  const reasons = await hideAll(carried.map(({ reason }) => reason));
  const target = fileOf(FOLDER, options);
  const present = existsSync(target) ? (await readBaseline(FOLDER, options)).entries : [];
  save(
    target,
    [...present, ...carried.map((entry, index) => ({ ...entry, reason: reasons[index]! }))],
    `${formatNumber(foreign.length - left.length)} of ${formatCount(foreign.length, 'entry is', 'entries are')} carried over`,
  );
  return sayLeft(await hideAll(left));
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(`cannot be read: ${explainFileError(error)}`, { place: file });
  }
}

interface Sought {
  /** With its secret and its path as they are. */
  readonly finding: Finding;
  readonly sha1: string;
  /** The same, as it may be written. */
  readonly shown: Finding;
}

/** Secrets are compared in memory; none is shown or written. */
async function listSought(report: Report, options: BaselineOptions): Promise<Sought[]> {
  const shown = new Map<string, Finding[]>();
  for (const each of listAll(report)) {
    shown.set(positionOf(each), [...(shown.get(positionOf(each)) ?? []), each]);
  }
  return listAll(await scanOpenly(FOLDER, options)).flatMap((finding) => {
    const same = shown.get(positionOf(finding)) ?? [];
    const twin = same.find(({ location }) => location.path === finding.location.path) ?? same[0];
    const sha1 = createHash('sha1').update(finding.secret).digest('hex');
    return twin ? [{ finding, sha1, shown: twin }] : [];
  });
}

function listAll({ findings, suppressed }: Report): Finding[] {
  return [...findings, ...suppressed.map(({ finding }) => finding)];
}

/** But for its path, which may hold a secret. */
function positionOf({ fingerprint, location }: Finding): string {
  return `${fingerprint}:${location.startLine}:${location.startColumn}`;
}

/** By the secret where the other tool tells it, elsewhere by its place. */
function isMeant({ finding, sha1 }: Sought, entry: ForeignEntry): boolean {
  const { location, provenance, secret } = finding;
  if (entry.sha1 !== undefined && entry.sha1 === sha1) return location.path === entry.path;
  if (entry.secret !== undefined) return entry.secret === secret && location.path === entry.path;
  if (location.path !== entry.path || entry.line === undefined) return false;
  const commit = provenance.kind === 'commit' ? provenance.commit : undefined;
  if (entry.commit !== undefined && entry.commit !== commit) return false;
  return location.startLine <= entry.line && entry.line <= location.endLine;
}

function carry(
  finding: Finding,
  { verdict, rule }: ForeignEntry,
  { options, file }: { options: BaselineOptions; file: string },
): BaselineEntry {
  const reason = options.reason || `carried over from ${file} (${rule})`;
  // What was judged to be real there was accepted all the same: it stays to be judged here.
  return toEntry(finding, { ...options, reason }, verdict === 'real' ? 'unreviewed' : verdict);
}

function explain({ path, rule, line, commit }: ForeignEntry, { history }: BaselineOptions): string {
  const place = `${commit === undefined ? '' : `${commit.slice(0, 12)}:`}${path}${line === undefined ? '' : `:${line}`}`;
  const why =
    commit !== undefined && !history
      ? 'it is about a commit: import it with --history'
      : 'nothing is found there';
  return `${place} (${rule}): ${why}`;
}

async function importAllowlists(text: string, file: string): Promise<number> {
  const [{ carryAllowlists }, { explainPattern }, { createSecretFinder }] = await Promise.all([
    import('../../config/foreign-allowlist.ts'),
    import('../../rules/lint-pattern.ts'),
    import('../text-secrets.ts'),
  ]);
  const find = createSecretFinder();
  const { entries, left } = carryAllowlists(text, file, {
    lintPattern: explainPattern,
    // By itself, and as it stands where an application reads it.
    isSecret: (value) => find(value).length + find(`token = "${value}"`).length > 0,
  });
  if (entries.length > 0) {
    const shown = await hideAll(entries.map(formatAllow));
    print(`# for .nhi-scan.yaml\nallow:\n${shown.join('')}`);
  }
  return sayLeft(await hideAll(left));
}

/** Names, reasons and rules of other tools are whatever their files hold. */
async function hideAll(texts: readonly string[]): Promise<string[]> {
  const { createSecretFinder, hideSecrets } = await import('../text-secrets.ts');
  const find = createSecretFinder();
  return texts.map((text) =>
    text
      .split('\n')
      .map((line) => hideSecrets(line, find))
      .join('\n'),
  );
}

function formatAllow({ paths, pattern, reason }: AllowEntry): string {
  const condition = paths ? `paths: [${paths.map(quote).join(', ')}]` : `pattern: ${quote(pattern ?? '')}`;
  return `  - ${condition}\n    reason: ${quote(reason)}\n`;
}

/** As a text of YAML in which no character means anything. */
function quote(value: string): string {
  return `'${value.replaceAll("'", "''").replaceAll('\n', ' ')}'`;
}

function sayLeft(left: readonly string[]): number {
  if (left.length > 0) complain(`nhi-scan: ${left.length} not carried over:\n`);
  for (const line of left) complain(`  ${escapeControls(line)}\n`);
  return EXIT.clean;
}
