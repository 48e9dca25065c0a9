// A scan of history, in two rounds: every content once, then those that hold something, as they are to be reported.
// Only then is it known who brought them, and under which paths.
import type { BlobAnalysis } from '../analysis/collect.ts';
import { classifyPlace } from '../analysis/place/classify-place.ts';
import type { Provenance } from '../model/blob.ts';
import type { AllowEntry } from '../model/config.ts';
import type { Finding, HistoryFacts, Slot } from '../model/finding.ts';
import type { HistorySource, ObjectProvenance } from '../sources/history.ts';
import type { Origin } from '../sources/history-origins.ts';
import type { Input } from '../sources/input.ts';
import { createPathMatcher } from '../sources/path-matcher.ts';
import type { Gathering } from './assemble-report.ts';
import type { Bundles } from './bundle.ts';
import { createBundles } from './bundle.ts';
import type { Choice, Sightings } from './history-sightings.ts';
import { createSightings, sightingsOf } from './history-sightings.ts';
import type { InputOutcome } from './outcome.ts';

type ScanGroups = (
  groups: AsyncIterable<readonly Input[]>,
  onOutcome: (input: Input, outcome: InputOutcome) => void,
) => Promise<void>;

export interface HistoryScan {
  readonly source: HistorySource;
  readonly scanGroups: ScanGroups;
  /** Says of each content only what is in it: most are the versions of others, and are not reported. */
  readonly sightGroups: ScanGroups;
  readonly exclude: readonly string[];
  readonly allow: readonly AllowEntry[];
  readonly gathering: Gathering;
  /** Last judgement of what is to be reported: age, thresholds. */
  readonly judge: (analysis: BlobAnalysis) => BlobAnalysis;
}

export async function scanHistory(scan: HistoryScan): Promise<void> {
  const { source, gathering } = scan;
  const sightings = createSightings();
  await scanContents(scan, sightings);
  if (sightings.size > 0) await reportOldest(scan, sightings);
  for (const diagnostic of source.failures) gathering.add({ status: 'failed', diagnostic });
  for (const [reason, count] of source.skipped) gathering.skip(reason, count);
  for (const diagnostic of source.diagnostics) gathering.complain(diagnostic);
  source.remember(gathering.isComplete ? sightings.listContents() : undefined);
}

async function reportOldest(scan: HistoryScan, sightings: Sightings): Promise<void> {
  const { source, gathering } = scan;
  const present = await findPresent(scan, sightings);
  const chosen = sightings.chooseOldest(source.origins);
  const reported = await scanChosen(scan, chosen);
  const isFirst = createDeduplication();
  for (const { id, origin, analyses } of reported) {
    const { path, fingerprints } = chosen.get(id)!;
    const describe = ({ fingerprint }: Finding): HistoryFacts => ({
      ...(origin.commit?.date ? { firstSeen: origin.commit.date } : {}),
      present: present.has(fingerprint) || sightings.isPresent(fingerprint, source.origins),
      versions: sightings.countVersions(fingerprint, path),
      paths: Math.max(1, origin.paths.length),
    });
    const isWanted = (finding: Finding, by: string): boolean =>
      fingerprints.has(finding.fingerprint) && isFirst(id, finding, by);
    for (const analysis of analyses) {
      gathering.addAnalysis(scan.judge(keepChosen(analysis, isWanted, describe)));
    }
  }
}

/** Contents that were seen under different paths may turn out to be reported under the same: the first one is. */
function createDeduplication(): (id: string, finding: Finding, by: string) => boolean {
  const reporters = new Map<string, string>();
  return (id, { fingerprint, location }, by) => {
    const key = `${fingerprint}\0${location.path}\0${by}`;
    const reporter = reporters.get(key) ?? id;
    reporters.set(key, reporter);
    return reporter === id;
  };
}

/** The first round: small texts in bundles, and those of bundles that hold something once more by themselves. */
async function scanContents(scan: HistoryScan, sightings: Sightings): Promise<void> {
  const bundles = createBundles();
  const suspects: Input[] = [];
  const names: Input[] = [];
  await scan.sightGroups(bundleUp(scan.source.contents, bundles), (input, outcome) => {
    const members = bundles.membersOf(input);
    if (members && isUntouched(outcome)) for (const member of members) noteClean(scan, member);
    else if (members) for (const member of members) (isName(member) ? names : suspects).push(member);
    // The names of refs and files are no objects that could be read again.
    else if (isName(input)) names.push(input);
    else noteContent(scan, sightings, { input, outcome });
  });
  if (suspects.length > 0) {
    await scan.sightGroups(toGroups(suspects), (input, outcome) =>
      noteContent(scan, sightings, { input, outcome }),
    );
  }
  if (names.length === 0) return;
  await scan.scanGroups(toGroups(names), (_, outcome) => noteNames(scan, sightings, outcome));
}

function isName({ provenance }: Input): boolean {
  return provenance.kind === 'object' && provenance.object === '';
}

function noteNames({ gathering, judge }: HistoryScan, sightings: Sightings, outcome: InputOutcome): void {
  if (outcome.status !== 'scanned') return gathering.add(outcome);
  if (!outcome.analyses.every(isEmpty)) sightings.addName();
  return gathering.add({ ...outcome, analyses: outcome.analyses.map(judge) });
}

function isEmpty({ findings, suppressed, slots, sightings = [] }: BlobAnalysis): boolean {
  return findings.length + suppressed.length + slots.length + sightings.length === 0;
}

/** Nothing in it was even looked at more closely. */
function isUntouched(outcome: InputOutcome): boolean {
  return outcome.status === 'scanned' && outcome.analyses.length === 0 && outcome.diagnostics.length === 0;
}

function noteClean({ source, gathering }: HistoryScan, { provenance, ...input }: Input): void {
  if (provenance.kind === 'object') source.noteClean(provenance.object, provenance.path);
  const bytes = input.kind === 'bytes' ? input.bytes.length : 0;
  gathering.add({ status: 'scanned', bytes, analyses: [], diagnostics: [] });
}

const GROUP_INPUTS = 64;

async function* toGroups(inputs: readonly Input[]): AsyncGenerator<readonly Input[]> {
  for (let at = 0; at < inputs.length; at += GROUP_INPUTS) yield inputs.slice(at, at + GROUP_INPUTS);
}

function noteContent(
  scan: HistoryScan,
  sightings: Sightings,
  { input, outcome }: { input: Input; outcome: InputOutcome },
): void {
  const { provenance } = input;
  if (provenance.kind !== 'object' || outcome.status !== 'scanned') return scan.gathering.add(outcome);
  const isClean = outcome.analyses.every(isEmpty);
  if (isClean && outcome.diagnostics.length === 0) scan.source.noteClean(provenance.object, provenance.path);
  if (!isClean) sightings.add(provenance.object, provenance.path, outcome.analyses);
  const discarded = outcome.analyses.map((analysis) => ({ ...NOTHING, discarded: analysis.discarded }));
  return scan.gathering.add({ ...outcome, analyses: discarded });
}

const NOTHING: BlobAnalysis = { findings: [], suppressed: [], slots: [], discarded: {} };

async function* bundleUp(
  groups: AsyncIterable<readonly Input[]>,
  bundles: Bundles,
): AsyncGenerator<readonly Input[]> {
  for await (const inputs of groups)
    yield inputs.flatMap((input) => bundles.add(input) ?? bundles.take(false) ?? []);
  yield [bundles.take(true) ?? []].flat();
}

/** Secrets that stand in contents of the current tree which the walk did not meet, under the paths that it saw. */
async function findPresent({ source, sightGroups }: HistoryScan, sightings: Sightings): Promise<Set<string>> {
  const { origins } = source;
  const files = origins.currentFiles();
  const wanted = [...sightings.listAbsent(origins)].flatMap((path): ObjectProvenance[] => {
    const id = files.get(path);
    if (id === undefined || origins.rankOf(id) !== -1) return [];
    return [{ id, provenance: { kind: 'object', path, object: id } }];
  });
  const present = new Set<string>();
  if (wanted.length === 0) return present;
  await sightGroups(source.read(wanted), (_, outcome) => {
    if (outcome.status !== 'scanned') return;
    for (const analysis of outcome.analyses) {
      for (const { fingerprint } of sightingsOf(analysis)) present.add(fingerprint);
    }
  });
  return present;
}

interface Reported {
  readonly id: string;
  readonly origin: Origin;
  readonly analyses: readonly BlobAnalysis[];
}

/** A content with more paths than this is judged by the first of them. */
const MAX_PATHS = 100;

/** Scans the chosen contents under the path that they are reported under. Accepted is only what is under every path. */
async function scanChosen(scan: HistoryScan, chosen: ReadonlyMap<string, Choice>): Promise<Reported[]> {
  const { source } = scan;
  const ids = [...chosen.keys()].sort();
  const origins = source.origins.describe(ids);
  const rankPaths = createPathRanking(scan);
  const paths = new Map(ids.map((id) => [id, rankPaths(origins.get(id)!, chosen.get(id)!.path)]));
  const reported = new Map<string, Reported>();
  let open = ids;
  for (let round = 0; open.length > 0 && round < MAX_PATHS; round++) {
    const wanted = open.map((id) => toProvenance(id, paths.get(id)![round]!, origins.get(id)!));
    const isOpen = new Set<string>();
    await scan.scanGroups(source.read(wanted), (input, outcome) => {
      const id = objectOf(input.provenance);
      if (outcome.status === 'failed') scan.gathering.complain(outcome.diagnostic);
      if (id === undefined || outcome.status !== 'scanned') return;
      const known = reported.get(id);
      if (!known || countFindings(outcome.analyses) > countFindings(known.analyses)) {
        reported.set(id, { id, origin: origins.get(id)!, analyses: outcome.analyses });
      }
      const isAccepted = outcome.analyses.some(({ suppressed }) =>
        suppressed.some(({ by }) => by === 'allowlist'),
      );
      if (isAccepted && paths.get(id)!.length > round + 1) isOpen.add(id);
    });
    open = open.filter((id) => isOpen.has(id));
  }
  const { rankOf } = source.origins;
  return ids.flatMap((id) => reported.get(id) ?? []).sort((a, b) => rankOf(b.id) - rankOf(a.id));
}

function countFindings(analyses: readonly BlobAnalysis[]): number {
  return analyses.reduce((sum, { findings }) => sum + findings.length, 0);
}

/** The paths of a content: those that are not accepted by an entry first, then those where it weighs most. */
function createPathRanking({ exclude, allow }: HistoryScan): (origin: Origin, seen: string) => string[] {
  const isExcluded = createPathMatcher(exclude);
  const allowed = allow.flatMap(({ paths }) => (paths ? [createPathMatcher(paths)] : []));
  const rank = (path: string): number => {
    const isLight = ['test', 'docs'].includes(classifyPlace(path));
    return (allowed.some((matches) => matches(path)) ? 2 : 0) + (isLight ? 1 : 0);
  };
  return ({ paths, currentPaths }, seen) => {
    const all = [...new Set([...paths, ...currentPaths, seen])].filter((path) => !isExcluded(path));
    const candidates = all.slice(0, MAX_PATHS);
    return candidates.length === 0 ? [seen] : candidates.sort((a, b) => rank(a) - rank(b));
  };
}

function toProvenance(id: string, path: string, { commit }: Origin): ObjectProvenance {
  const provenance: Provenance = commit
    ? { kind: 'commit', path, commit: commit.id, author: commit.author, date: commit.date, object: id }
    : { kind: 'object', path, object: id };
  return { id, provenance };
}

function objectOf(provenance: Provenance): string | undefined {
  return provenance.kind === 'commit' || provenance.kind === 'object' ? provenance.object : undefined;
}

/** What this content was chosen for; the rest of it is reported from older contents. */
function keepChosen(
  analysis: BlobAnalysis,
  isWanted: (finding: Finding, by: string) => boolean,
  describe: (finding: Finding) => HistoryFacts,
): BlobAnalysis {
  const add = (finding: Finding): Finding => ({ ...finding, history: describe(finding) });
  const findings = analysis.findings.filter((finding) => isWanted(finding, '')).map(add);
  const suppressed = analysis.suppressed
    .filter(({ finding, by }) => isWanted(finding, by))
    .map((each) => ({ ...each, finding: add(each.finding) }));
  const lines = new Set([...findings, ...suppressed.map(({ finding }) => finding)].map(keyOfLine));
  const slots = analysis.slots.filter((slot) => lines.has(keyOfLine({ ...slot, location: slot })));
  // What was discarded has been counted in the first round.
  return { findings, suppressed, slots, discarded: {} };
}

function keyOfLine({ ruleId, location }: { ruleId: string; location: Pick<Slot, 'startLine'> }): string {
  return `${ruleId}\0${location.startLine}`;
}
