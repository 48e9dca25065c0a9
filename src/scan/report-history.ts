// The second round of a scan of history: what the first one saw is judged as it is to be reported, from the oldest content
// that brought it, or from the oldest of those that weigh enough.
import type { BlobAnalysis } from '../analysis/collect.ts';
import type { AllowEntry } from '../model/config.ts';
import type { Finding, HistoryFacts, Slot } from '../model/finding.ts';
import type { HistorySource, ObjectProvenance } from '../sources/history.ts';
import type { Origins } from '../sources/history-origins.ts';
import type { Input } from '../sources/input.ts';
import type { Gathering } from './assemble-report.ts';
import type { Sightings } from './history-sightings.ts';
import { keyOfSeen, sightingsOf } from './history-sightings.ts';
import type { InputOutcome } from './outcome.ts';
import type { Judgement } from './judge-contents.ts';
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
  readonly exclude: readonly string[];
  readonly allow: readonly AllowEntry[];
  readonly gathering: Gathering;
  /** Last judgement of what is to be reported: age, thresholds. */
  readonly judge: (analysis: BlobAnalysis) => BlobAnalysis;
}

export async function reportOldest(scan: HistoryScan, sightings: Sightings): Promise<void> {
  const { gathering, source } = scan;
  const present = await findPresent(scan, sightings);
  const located = source.origins.locate(sightings.listIds());
  const round: Round = { scan, sightings, present, located, firstSeen: new Map() };
  const chosen = sightings.chooseOldest(source.origins);
  const oldest = (await judgeContents(scan, chosen)).map((each) => describeAll(round, each));
  const weak = new Set(oldest.flatMap(listWeak));
  const others =
    weak.size === 0 ? [] : await judgeContents(scan, sightings.listYounger(weak, source.origins));
  const stronger = pickStronger(others.map((each) => describeAll(round, each)));
  for (const analysis of withoutRepetition([...oldest, ...stronger])) gathering.addAnalysis(analysis);
}

interface Round {
  readonly scan: HistoryScan;
  readonly sightings: Sightings;
  /** Fingerprints of what stands in contents that the walk did not meet. */
  readonly present: ReadonlySet<string>;
  readonly located: ReturnType<Origins['locate']>;
  /** When each secret first came, by `keyOfSeen`. */
  readonly firstSeen: Map<string, string>;
}

/** With what is known of its history, and against the thresholds: age may raise a severity. */
function describeAll(
  { scan, sightings, present, located, firstSeen }: Round,
  judgement: Judgement,
): Judgement {
  const { choice, origin, analysis } = judgement;
  const { origins } = scan.source;
  const describe = ({ fingerprint, location }: Finding): HistoryFacts => {
    const key = keyOfSeen(fingerprint, choice.path);
    const date = firstSeen.get(key) ?? origin.commit?.date;
    if (date) firstSeen.set(key, date);
    return {
      ...(date ? { firstSeen: date } : {}),
      present: present.has(fingerprint) || sightings.isPresent(fingerprint, origins),
      ...sightings.count({ fingerprint, seen: choice.path, path: location.path }, located),
    };
  };
  const add = (finding: Finding): Finding => ({ ...finding, history: describe(finding) });
  const findings = analysis.findings.map(add);
  const suppressed = analysis.suppressed.map((each) => ({ ...each, finding: add(each.finding) }));
  return { ...judgement, analysis: scan.judge({ ...analysis, findings, suppressed }) };
}

/** What is below the thresholds in the oldest content, and may not be in a younger one. */
function listWeak({ choice, analysis }: Judgement): string[] {
  return analysis.suppressed
    .filter(({ by }) => by === 'threshold')
    .map(({ finding }) => keyOfSeen(finding.fingerprint, choice.path));
}

/** Of the younger contents, the oldest one that shows a secret above the thresholds. */
function pickStronger(others: readonly Judgement[]): Judgement[] {
  const resolved = new Set<string>();
  return others.map(({ analysis, ...rest }) => {
    const keyOf = ({ fingerprint }: Finding): string => keyOfSeen(fingerprint, rest.choice.path);
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
    return { findings: analysis.findings, suppressed, slots, discarded: {} };
  });
}

function keyOfLine({ ruleId, location }: { ruleId: string; location: Pick<Slot, 'startLine'> }): string {
  return `${ruleId}\0${location.startLine}`;
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
