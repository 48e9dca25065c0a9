// A scan of history, in two rounds: every content once, then those that hold something, as they are to be reported.
// Only then is it known who brought them, and under which paths.
import type { BlobAnalysis } from '../analysis/collect.ts';
import { createKnownSecrets, hideSecrets } from '../analysis/known-secrets.ts';
import type { Input } from '../sources/input.ts';
import type { Bundles } from './bundle.ts';
import { createBundles } from './bundle.ts';
import type { SightedContents } from './history-sightings.ts';
import { createSightedContents } from './history-sightings.ts';
import type { InputOutcome } from './outcome.ts';
import type { HistoryScan } from './report-history.ts';
import { reportOldest } from './report-history.ts';

export async function scanHistory(scan: HistoryScan): Promise<void> {
  const { source, gathering } = scan;
  const sightings = createSightedContents();
  await scanContents(scan, sightings);
  if (sightings.size > 0) await reportOldest(scan, sightings);
  for (const diagnostic of source.failures) gathering.add({ status: 'failed', diagnostic });
  for (const [reason, count] of source.skipped) gathering.skip(reason, count);
  for (const diagnostic of source.diagnostics) gathering.complain(diagnostic);
  const known = createKnownSecrets(gathering.listSecrets());
  source.remember(gathering.isComplete ? sightings.listContents() : undefined, (bytes) => {
    const path = Buffer.from(bytes, 'latin1').toString('utf8');
    return hideSecrets(path, known) !== path;
  });
}

/** The first round: small texts in bundles, and those of bundles that hold something once more by themselves. */
async function scanContents(scan: HistoryScan, sightings: SightedContents): Promise<void> {
  const bundles = createBundles(scan.knowsFile);
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

function noteNames(
  { gathering, judge }: HistoryScan,
  sightings: SightedContents,
  outcome: InputOutcome,
): void {
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
  sightings: SightedContents,
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
