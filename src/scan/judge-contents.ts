// Contents of history under the paths that they are to be reported under. What was seen in one is not lost because another
// of its paths does not show it; accepted is only what is accepted under every path.
import type { BlobAnalysis } from '../analysis/collect.ts';
import { classifyPlace } from '../analysis/place/classify-place.ts';
import type { Provenance } from '../model/blob.ts';
import type { Finding } from '../model/finding.ts';
import { CONFIDENCES, SEVERITIES } from '../model/rule.ts';
import type { ObjectProvenance } from '../sources/history.ts';
import type { Origin, Origins } from '../sources/history-origins.ts';
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

/** A content with paths of more classes than this is judged by the first of them. */
const MAX_CLASSES = 100;

export interface JudgeContext {
  readonly scan: HistoryScan;
  readonly origins: Origins;
}

interface Content {
  readonly id: string;
  readonly choice: Choice;
  readonly origin: Origin;
  /** One of each class. */
  readonly paths: readonly string[];
  /** The worst that was seen of each secret. */
  readonly best: Map<string, Best>;
}

interface Best {
  readonly weight: number;
  readonly analyses: readonly BlobAnalysis[];
}

/** The oldest first. */
export async function judgeContents(
  { scan, origins }: JudgeContext,
  chosen: ReadonlyMap<string, Choice>,
): Promise<Judgement[]> {
  const contents = describeContents({ scan, origins }, chosen);
  const byId = new Map(contents.map((content) => [content.id, content]));
  let open = contents;
  for (let round = 0; open.length > 0; round++) {
    const wanted = open.map((content) => toProvenance(content, content.paths[round]!));
    await scan.scanGroups(scan.source.read(wanted), ({ provenance }, outcome) => {
      const content = byId.get(objectOf(provenance) ?? '');
      if (outcome.status === 'failed') scan.gathering.complain(outcome.diagnostic);
      if (content) noteBest(content, outcome);
    });
    open = open.filter(({ paths }) => paths.length > round + 1);
  }
  for (const content of contents) complainOfLost(scan, content);
  return contents.map(({ id, choice, origin, best }) => ({ id, choice, origin, analysis: join(best) }));
}

function describeContents({ scan, origins }: JudgeContext, chosen: ReadonlyMap<string, Choice>): Content[] {
  const ids = [...chosen.keys()].sort().sort((a, b) => origins.rankOf(b) - origins.rankOf(a));
  const described = origins.describe(ids);
  const rankPaths = createPathRanking(scan);
  const taken = new Set<string>();
  return ids.map((id) => {
    const [choice, origin] = [chosen.get(id)!, described.get(id)!];
    const seen = new Set(choice.seen.values());
    const ranked = rankPaths(origin, seen);
    const keysAt = (path: string): string[] => [...choice.seen.keys()].map((each) => `${each}\0${path}`);
    // Where an older content is reported there, this one stands for the path that it was seen under.
    const isTaken = keysAt(ranked[0]!).every((key) => taken.has(key));
    const paths = pickClasses([...(isTaken ? [] : [ranked[0]!]), ...seen, ...ranked], scan);
    for (const key of keysAt(paths[0]!)) taken.add(key);
    return { id, choice, origin, paths, best: new Map() };
  });
}

/** The first path of each class. */
function pickClasses(paths: readonly string[], { classOf }: HistoryScan): string[] {
  const first = new Map<string, string>();
  for (const path of paths) if (!first.has(classOf(path))) first.set(classOf(path), path);
  return [...first.values()].slice(0, MAX_CLASSES);
}

const FOUND = 300;
const REFUSED = 200;
const ALLOWED = 100;

function noteBest({ choice, best }: Content, outcome: InputOutcome): void {
  if (outcome.status !== 'scanned') return;
  const { analyses } = outcome;
  const note = (fingerprint: string, weight: number): void => {
    if (!choice.seen.has(fingerprint)) return;
    if (weight > (best.get(fingerprint)?.weight ?? 0)) best.set(fingerprint, { weight, analyses });
  };
  for (const { findings, suppressed } of analyses) {
    for (const finding of findings) note(finding.fingerprint, FOUND + weigh(finding));
    for (const { finding, by } of suppressed) {
      note(finding.fingerprint, by === 'allowlist' ? ALLOWED : REFUSED);
    }
  }
}

/** The more severe the more; the surer, of two that are as severe. */
function weigh({ severity, confidence }: Finding): number {
  return -SEVERITIES.indexOf(severity) * CONFIDENCES.length - CONFIDENCES.indexOf(confidence);
}

function complainOfLost({ gathering }: HistoryScan, { choice, best }: Content): void {
  if ([...choice.standing].every((fingerprint) => best.has(fingerprint))) return;
  const message = 'what was found in it could not be found again';
  const [subject = ''] = choice.seen.values();
  gathering.complain({ level: 'error', subject, message });
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
      secrets: analysis.secrets ?? [],
    }));
  });
  return {
    findings: parts.flatMap(({ findings }) => findings),
    suppressed: parts.flatMap(({ suppressed }) => suppressed),
    slots: parts.flatMap(({ slots }) => slots),
    secrets: parts.flatMap(({ secrets }) => secrets),
    discarded: {},
  };
}

/** The paths of a content: those that are not accepted by an entry first, then those where it weighs most. */
function createPathRanking({
  exclude,
  allow,
}: HistoryScan): (origin: Origin, seen: ReadonlySet<string>) => string[] {
  const isExcluded = createPathMatcher(exclude);
  const allowed = allow.flatMap(({ paths }) => (paths ? [createPathMatcher(paths)] : []));
  const rank = (path: string): number => {
    const isLight = ['test', 'docs'].includes(classifyPlace(path));
    return (allowed.some((matches) => matches(path)) ? 2 : 0) + (isLight ? 1 : 0);
  };
  return ({ paths, currentPaths }, seen) => {
    const all = [...new Set([...paths, ...currentPaths, ...seen])].filter((path) => !isExcluded(path));
    return all.length === 0 ? [...seen] : all.sort((a, b) => rank(a) - rank(b));
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
