// What has been judged → findings, what is kept of the rest, slots, and counts of what nobody will see.
import type { Finding, Objection, ObjectionKind, Slot, Suppressed } from '../model/finding.ts';
import { hashLines } from '../model/line-hash.ts';
import type { Match, Span } from '../model/match.ts';
import type { AnalysisSettings } from './analysis-settings.ts';
import type { Candidate, ScannedText } from './candidate.ts';
import type { FindingContext } from './create-finding.ts';
import { createFinding, createSlot } from './create-finding.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Redaction } from './known-secrets.ts';
import { hideSecrets } from './known-secrets.ts';
import { listTelling } from './telling-secrets.ts';

export interface BlobAnalysis {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  readonly slots: readonly Slot[];
  /** What is neither reported nor kept as suppressed. */
  readonly discarded: ObjectionCounts;
  /** Secrets that are hidden in all of the report, and not in what is said of this text alone. Never shown. */
  readonly secrets?: readonly Redaction[];
  /** In place of all the others where only these are kept. */
  readonly sightings?: readonly Sighting[];
}

/** That something was found, and nothing more. */
export interface Sighting {
  readonly fingerprint: string;
  /** Why it is not reported; empty where it is. */
  readonly by: ObjectionKind | '';
}

export type ObjectionCounts = Readonly<Partial<Record<ObjectionKind, number>>>;

export const NOTHING: BlobAnalysis = { findings: [], suppressed: [], slots: [], discarded: {} };

export interface Judged {
  /** What is a credential, whether or not the user has accepted it. */
  readonly standing: readonly Candidate[];
  readonly rejected: readonly Refused[];
  readonly accepted: readonly Refused[];
}

export interface Refused {
  readonly candidate: Candidate;
  readonly objection: Objection;
}

export function collect(judged: Judged, range: Span, context: FindingContext): BlobAnalysis {
  const { settings } = context;
  const isOwn = ({ match }: Candidate): boolean => isWithin(match, range);
  const refused = [...judged.rejected, ...judged.accepted];
  const isAccepted = new Set(judged.accepted.map(({ candidate }) => candidate));
  const standing = judged.standing.filter((candidate) => !isAccepted.has(candidate));
  const reported = standing.filter(isOwn);
  const own = refused.filter(({ candidate }) => isOwn(candidate));
  const kept = own.filter((each) => isKept(each, settings));
  const discarded = countObjections(own.filter((each) => !isKept(each, settings)));
  if (settings.keep === 'sightings') {
    return { sightings: toSightings(reported, kept), ...NOTHING, discarded };
  }
  const findings = reported.map((candidate) => createFinding(candidate, context));
  const suppressed = kept.map(({ candidate, objection }) => ({
    finding: createFinding(candidate, context),
    ...redactReason(objection, context),
  }));
  const accepted = kept.flatMap(({ candidate }, index) =>
    isAccepted.has(candidate) ? [{ candidate, finding: suppressed[index]!.finding }] : [],
  );
  const found = reported.map((candidate, index) => ({ candidate, finding: findings[index]! }));
  // Of two that overlap one may begin before the range: which of them is the slot, both ranges must agree on.
  const slots = listSlots(standing, refused).filter(isOwn);
  return {
    findings: addLineHashes(findings, context),
    suppressed,
    secrets: listTelling([...found, ...accepted], context.redact),
    slots: slots.map((candidate) => createSlot(candidate, context)),
    discarded,
  };
}

/** The reason of a comment is the rest of its line: a secret may follow, of which a part may be cut off. */
export function redactReason({ by, because }: Objection, { known }: FindingContext): Objection {
  return { by, because: hideSecrets(because, known, { isCutBehind: true }) };
}

function toSightings(reported: readonly Candidate[], kept: readonly Refused[]): Sighting[] {
  const sight = ({ rule, value }: Candidate, by: Sighting['by']): Sighting => ({
    fingerprint: fingerprintOf(rule.id, value),
    by,
  });
  return [
    ...reported.map((candidate) => sight(candidate, '')),
    ...kept.map(({ candidate, objection }) => sight(candidate, objection.by)),
  ];
}

/** Most of what is refused nobody will see: it is counted, and not made a finding. */
function isKept({ candidate, objection }: Refused, { keep }: AnalysisSettings): boolean {
  if (keep === 'all') return true;
  if (!holdsSlot(objection)) return false;
  if (keep !== 'accepted' || (objection.by !== 'managed' && objection.by !== 'placeholder')) return true;
  // The key to it may lie in another file.
  return candidate.storage?.state === 'encrypted-in-repo';
}

export function isWithin({ secretSpan }: Match, range: Span): boolean {
  return secretSpan.start >= range.start && secretSpan.start < range.end;
}

function listSlots(standing: readonly Candidate[], refused: readonly Refused[]): Candidate[] {
  const held = refused.filter(({ objection }) => holdsSlot(objection)).map(({ candidate }) => candidate);
  return withoutOverlap([...standing, ...withoutNames(held, standing)]);
}

/** In `get("api_key", "…")` the first argument holds the place of nothing: it names the second. */
function withoutNames(held: readonly Candidate[], reported: readonly Candidate[]): Candidate[] {
  const names = new Set(reported.map(({ match }) => match.span.start));
  return held.filter(({ match: { secretSpan } }) => {
    const length = Math.min(secretSpan.end - secretSpan.start, MAX_NAME);
    return !Array.from({ length }, (_, at) => secretSpan.start + at).some((at) => names.has(at));
  });
}

const MAX_NAME = 64;

/** Several rules may see one value; it is one slot, and the first of them names it. */
function withoutOverlap(held: readonly Candidate[]): Candidate[] {
  const sorted = held
    .map((each, order) => ({ each, order, span: each.match.secretSpan }))
    .sort((a, b) => a.span.start - b.span.start || a.order - b.order);
  const kept: typeof sorted = [];
  for (const next of sorted) {
    const last = kept.at(-1);
    if (!last || next.span.start >= last.span.end) kept.push(next);
    else if (next.order < last.order) kept[kept.length - 1] = next;
  }
  return kept.sort((a, b) => a.order - b.order).map(({ each }) => each);
}

// What is no credential, or is counted under another rule, holds no slot.
export function holdsSlot({ by }: Objection): boolean {
  return by !== 'overlap' && by !== 'not-a-secret' && by !== 'entropy' && by !== 'checksum';
}

function countObjections(refused: readonly Refused[]): ObjectionCounts {
  const counts: Partial<Record<ObjectionKind, number>> = {};
  for (const { objection } of refused) counts[objection.by] = (counts[objection.by] ?? 0) + 1;
  return counts;
}

/** Whether the text begins where its file does. */
export function isWhole({ origin }: Pick<ScannedText, 'origin'>): boolean {
  return origin.line === 1 && origin.column === 1;
}

/** Only the beginning of a file is text enough: hashes count how often a line has occurred before. */
export function addLineHashes(
  findings: Finding[],
  { text, settings }: Pick<FindingContext, 'text' | 'settings'>,
): Finding[] {
  if (settings.lineHashes === false || findings.length === 0 || !isWhole(text)) return findings;
  const { buffer, byteOffset, byteLength } = text.bytes;
  const hashes = hashLines(
    Buffer.from(buffer, byteOffset, byteLength).toString('utf8'),
    findings.map(({ location }) => location.startLine),
  );
  return findings.map((finding) => {
    const lineHash = hashes.get(finding.location.startLine);
    return lineHash === undefined ? finding : { ...finding, lineHash };
  });
}
