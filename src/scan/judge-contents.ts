// Contents of history under the paths that they are to be reported under. What was seen in one is not lost because another
// of its paths does not show it; accepted is only what is accepted under every path.
import type { BlobAnalysis } from '../analysis/collect.ts';
import { classifyPlace } from '../analysis/place/classify-place.ts';
import type { Provenance } from '../model/blob.ts';
import type { ObjectProvenance } from '../sources/history.ts';
import type { Origin } from '../sources/history-origins.ts';
import { createPathMatcher } from '../sources/path-matcher.ts';
import type { Choice } from './history-sightings.ts';
import type { InputOutcome } from './outcome.ts';
import type { HistoryScan } from './report-history.ts';

export interface Judgement {
  readonly id: string;
  readonly choice: Choice;
  readonly origin: Origin;
  /** What the content was chosen for. */
  readonly analysis: BlobAnalysis;
}

/** A content with more paths than this is judged by the first of them. */
const MAX_PATHS = 100;

interface Content {
  readonly id: string;
  readonly choice: Choice;
  readonly origin: Origin;
  readonly paths: readonly string[];
  /** The best that was seen of each secret. */
  readonly best: Map<string, Best>;
}

interface Best {
  readonly weight: number;
  readonly analyses: readonly BlobAnalysis[];
}

/** The oldest first. */
export async function judgeContents(
  scan: HistoryScan,
  chosen: ReadonlyMap<string, Choice>,
): Promise<Judgement[]> {
  const contents = describeContents(scan, chosen);
  const byId = new Map(contents.map((content) => [content.id, content]));
  let open = contents;
  for (let round = 0; open.length > 0; round++) {
    const wanted = open.map((content) => toProvenance(content, content.paths[round]!));
    await scan.scanGroups(scan.source.read(wanted), ({ provenance }, outcome) => {
      const content = byId.get(objectOf(provenance) ?? '');
      if (outcome.status === 'failed') scan.gathering.complain(outcome.diagnostic);
      if (content) noteBest(content, outcome);
    });
    open = open.filter((content) => content.paths.length > round + 1 && isOpen(content));
  }
  for (const content of contents) complainOfLost(scan, content);
  return contents.map(({ id, choice, origin, best }) => ({ id, choice, origin, analysis: join(best) }));
}

function describeContents(scan: HistoryScan, chosen: ReadonlyMap<string, Choice>): Content[] {
  const { origins } = scan.source;
  const ids = [...chosen.keys()].sort().sort((a, b) => origins.rankOf(b) - origins.rankOf(a));
  const described = origins.describe(ids);
  const rankPaths = createPathRanking(scan);
  const taken = new Set<string>();
  return ids.map((id) => {
    const [choice, origin] = [chosen.get(id)!, described.get(id)!];
    const ranked = rankPaths(origin, choice.path);
    const keysAt = (path: string): string[] => [...choice.fingerprints].map((each) => `${each}\0${path}`);
    // Where an older content is reported there, this one stands for the path that it was seen under.
    const isTaken = keysAt(ranked[0]!).every((key) => taken.has(key));
    const paths = [...new Set([...(isTaken ? [] : [ranked[0]!]), choice.path, ...ranked])];
    for (const key of keysAt(paths[0]!)) taken.add(key);
    return { id, choice, origin, paths, best: new Map() };
  });
}

const FOUND = 3;
const REFUSED = 2;
const ALLOWED = 1;

function noteBest({ choice, best }: Content, outcome: InputOutcome): void {
  if (outcome.status !== 'scanned') return;
  const { analyses } = outcome;
  const note = (fingerprint: string, weight: number): void => {
    if (!choice.fingerprints.has(fingerprint)) return;
    if (weight > (best.get(fingerprint)?.weight ?? 0)) best.set(fingerprint, { weight, analyses });
  };
  for (const { findings, suppressed } of analyses) {
    for (const { fingerprint } of findings) note(fingerprint, FOUND);
    for (const { finding, by } of suppressed) {
      note(finding.fingerprint, by === 'allowlist' ? ALLOWED : REFUSED);
    }
  }
}

/** Another path may show more. */
function isOpen({ choice, best }: Content): boolean {
  const isAllowed = [...best.values()].some(({ weight }) => weight === ALLOWED);
  return isAllowed || [...choice.standing].some((fingerprint) => best.get(fingerprint)?.weight !== FOUND);
}

function complainOfLost({ gathering }: HistoryScan, { choice, best }: Content): void {
  if ([...choice.standing].every((fingerprint) => best.has(fingerprint))) return;
  const message = 'what was found in it could not be found again';
  gathering.complain({ level: 'error', subject: choice.path, message });
}

function join(best: ReadonlyMap<string, Best>): BlobAnalysis {
  const scans = new Set([...best.values()].map(({ analyses }) => analyses));
  const parts = [...scans].flatMap((analyses) => {
    const isBest = ({ fingerprint }: { fingerprint: string }): boolean =>
      best.get(fingerprint)?.analyses === analyses;
    return analyses.map((analysis) => ({
      findings: analysis.findings.filter(isBest),
      suppressed: analysis.suppressed.filter(({ finding }) => isBest(finding)),
      slots: analysis.slots,
    }));
  });
  return {
    findings: parts.flatMap(({ findings }) => findings),
    suppressed: parts.flatMap(({ suppressed }) => suppressed),
    slots: parts.flatMap(({ slots }) => slots),
    discarded: {},
  };
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

function toProvenance({ id, origin: { commit } }: Content, path: string): ObjectProvenance {
  const provenance: Provenance = commit
    ? { kind: 'commit', path, commit: commit.id, author: commit.author, date: commit.date, object: id }
    : { kind: 'object', path, object: id };
  return { id, provenance };
}

function objectOf(provenance: Provenance): string | undefined {
  return provenance.kind === 'commit' || provenance.kind === 'object' ? provenance.object : undefined;
}
