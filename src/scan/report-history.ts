// The second round of a scan of history: what the first one saw is judged as it is to be reported, from the oldest content
// that brought it, or from the oldest of those that weigh enough.
import type { BlobAnalysis } from '../analysis/collect.ts';
import type { PathClasses } from '../analysis/path-class.ts';
import type { AllowEntry } from '../model/config.ts';
import type { Finding, HistoryFacts, Slot } from '../model/finding.ts';
import type { HistorySource, ObjectProvenance } from '../sources/history.ts';
import type { Input } from '../sources/input.ts';
import type { Gathering } from './assemble-report.ts';
import { createPathMatcher } from '../sources/path-matcher.ts';
import type { Choice, SightedContents, Sightings } from './history-sightings.ts';
import { createSightings, keyOfSeen, sightingsOf } from './history-sightings.ts';
import type { InputOutcome } from './outcome.ts';
import type { JudgeContext, Judgement } from './judge-contents.ts';
import { judgeContents } from './judge-contents.ts';

type ScanGroups = (
  groups: AsyncIterable<readonly Input[]>,
  onOutcome: (input: Input, outcome: InputOutcome) => void,
) => Promise<void>;

export interface HistoryScan {
  readonly source: HistorySource;
  readonly scanGroups: ScanGroups;
  /** Says of each content only what is in it: most are the versions of others, and are not reported. */
  readonly sightGroups: ScanGroups;
  /** What paths alone say of the contents under them. */
  readonly classOf: PathClasses['classOf'];
  readonly knowsFile: PathClasses['knowsFile'];
  readonly exclude: readonly string[];
  readonly allow: readonly AllowEntry[];
  readonly gathering: Gathering;
  /** Last judgement of what is to be reported: age, thresholds. */
  readonly judge: (analysis: BlobAnalysis) => BlobAnalysis;
}

export async function reportOldest(scan: HistoryScan, sighted: SightedContents): Promise<void> {
  const { gathering, source, classOf } = scan;
  const origins = await source.trace([...sighted.seen.keys()]);
  const isExcluded = createPathMatcher(scan.exclude);
  const sightings = createSightings(sighted, origins, { classOf, isExcluded });
  const context: JudgeContext = { scan, origins };
  const present = await findPresent(context, sightings);
  const round: Round = { scan, sightings, present, firstSeen: new Map() };
  const chosen = sightings.chooseOldest();
  const oldest = (await judgeContents(context, chosen)).map((each) => describeAll(round, each));
  const weak = new Set(oldest.flatMap(listWeak));
  const others = weak.size === 0 ? [] : await judgeContents(context, sightings.listYounger(weak));
  const stronger = pickStronger(others.map((each) => describeAll(round, each)));
  for (const analysis of withoutRepetition([...oldest, ...stronger])) gathering.addAnalysis(analysis);
}

interface Round {
  readonly scan: HistoryScan;
  readonly sightings: Sightings;
  /** Fingerprints of what stands in contents that the walk did not meet. */
  readonly present: ReadonlySet<string>;
  /** When each secret first came, by `keyOfSeen`. */
  readonly firstSeen: Map<string, string>;
}

/** With what is known of its history, and against the thresholds: age may raise a severity. */
function describeAll({ scan, sightings, present, firstSeen }: Round, judgement: Judgement): Judgement {
  const { choice, origin, analysis } = judgement;
  const describe = ({ fingerprint, location }: Finding): HistoryFacts => {
    const seen = seenOf(choice, fingerprint);
    const key = keyOfSeen(fingerprint, seen);
    const date = firstSeen.get(key) ?? origin.commit?.date;
    if (date) firstSeen.set(key, date);
    return {
      ...(date ? { firstSeen: date } : {}),
      present: present.has(fingerprint) || sightings.isPresent(fingerprint),
      ...sightings.count({ fingerprint, seen, path: location.path }),
    };
  };
  const add = (finding: Finding): Finding => ({ ...finding, history: describe(finding) });
  const findings = analysis.findings.map(add);
  const suppressed = analysis.suppressed.map((each) => ({ ...each, finding: add(each.finding) }));
  return { ...judgement, analysis: scan.judge({ ...analysis, findings, suppressed }) };
}

function seenOf({ seen }: Choice, fingerprint: string): string {
  return seen.get(fingerprint) ?? '';
}

/** What is below the thresholds in the oldest content, and may not be in a younger one. */
function listWeak({ choice, analysis }: Judgement): string[] {
  return analysis.suppressed
    .filter(({ by }) => by === 'threshold')
    .map(({ finding: { fingerprint } }) => keyOfSeen(fingerprint, seenOf(choice, fingerprint)));
}

/** Of the younger contents, the oldest one that shows a secret above the thresholds. */
function pickStronger(others: readonly Judgement[]): Judgement[] {
  const resolved = new Set<string>();
  return others.map(({ analysis, ...rest }) => {
    const keyOf = ({ fingerprint }: Finding): string =>
      keyOfSeen(fingerprint, seenOf(rest.choice, fingerprint));
    const findings = analysis.findings.filter((finding) => !resolved.has(keyOf(finding)));
    for (const finding of findings) resolved.add(keyOf(finding));
    return { ...rest, analysis: { ...analysis, findings, suppressed: [], discarded: {} } };
  });
}

function keyOfPlace({ fingerprint, location }: Finding): string {
  return `${fingerprint}\0${location.path}`;
}

/** Contents that were seen under different paths may be reported under the same: the oldest is, with all its places. */
function withoutRepetition(judgements: readonly Judgement[]): BlobAnalysis[] {
  const reporters = new Map<string, string>();
  const isFirst = (id: string, key: string): boolean => {
    const reporter = reporters.get(key) ?? id;
    reporters.set(key, reporter);
    return reporter === id;
  };
  const found = judgements.map(({ id, analysis }) => ({
    id,
    analysis: { ...analysis, findings: analysis.findings.filter((each) => isFirst(id, keyOfPlace(each))) },
  }));
  return found.map(({ id, analysis }) => {
    const suppressed = analysis.suppressed.filter(({ by, finding }) => {
      const key = keyOfPlace(finding);
      return !(by === 'threshold' && reporters.has(key)) && isFirst(id, `${key}\0${by}`);
    });
    const lines = new Set([...analysis.findings, ...suppressed.map(({ finding }) => finding)].map(keyOfLine));
    const slots = analysis.slots.filter((slot) => lines.has(keyOfLine({ ...slot, location: slot })));
    // What was discarded has been counted in the first round.
    return { ...analysis, suppressed, slots, discarded: {} };
  });
}

function keyOfLine({ ruleId, location }: { ruleId: string; location: Pick<Slot, 'startLine'> }): string {
  return `${ruleId}\0${location.startLine}`;
}

/** Secrets that stand in contents of the current tree which the walk did not meet, under the paths that it saw. */
async function findPresent({ scan, origins }: JudgeContext, sightings: Sightings): Promise<Set<string>> {
  const { source, sightGroups } = scan;
  const files = origins.currentFiles();
  const wanted = [...sightings.listAbsent()].flatMap((path): ObjectProvenance[] => {
    const id = files.get(path);
    if (id === undefined || origins.isMet(id)) return [];
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
