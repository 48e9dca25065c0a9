// Matches → findings, suppressed and slots: the recipe of analysis for one text.
import type { Provenance } from '../model/blob.ts';
import type { Finding, Objection, ObjectionKind, Slot, Suppressed } from '../model/finding.ts';
import { hashLines } from '../model/line-hash.ts';
import type { Match, Span } from '../model/match.ts';
import type { RuleMatcher } from '../model/rule.ts';
import type { AnalysisSettings } from './analysis-settings.ts';
import type { Candidate, ScannedText } from './candidate.ts';
import { createCandidate } from './candidate.ts';
import type { Check } from './checks/check.ts';
import { firstObjection } from './checks/check.ts';
import { createChecks } from './checks/checks.ts';
import type { FindingContext } from './create-finding.ts';
import { createFinding, listSecrets } from './create-finding.ts';
import type { ChunkOrigin } from './line-tracker.ts';
import { createLineTracker } from './line-tracker.ts';
import { resolveOverlap } from './overlap.ts';
import { classifyPlace } from './place/classify-place.ts';
import { createReferenceCatalogue } from './storage/reference-index.ts';

/** How far, in bytes, analysis looks beyond a match on either side. */
export const CONTEXT_BYTES: number = 8192;

export interface AnalysedText {
  readonly provenance: Provenance;
  readonly bytes: Uint8Array;
  readonly origin: ChunkOrigin;
}

export interface BlobAnalysis {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  readonly slots: readonly Slot[];
  /** Matches that were never a credential, where they are not kept as suppressed. */
  readonly discarded: ObjectionCounts;
}

export type ObjectionCounts = Readonly<Partial<Record<ObjectionKind, number>>>;

export interface Analyst {
  /**
   * Judges the matches whose secret begins within `range`; the others are only their surroundings.
   * @param matches in any order, spans in `text.bytes`
   */
  analyse(text: AnalysedText, matches: readonly Match[], range: Span): BlobAnalysis;
}

export function createAnalyst(rules: readonly RuleMatcher[], settings: AnalysisSettings): Analyst {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const checks = createChecks(settings);
  const catalogue = createReferenceCatalogue(settings.references);
  return {
    analyse: (input, matches, range) => {
      const place = classifyPlace(input.provenance.path, () => headOf(input.bytes));
      const text: ScannedText = { ...input, place };
      const candidates = matches
        .map((match) => ({ match, rule: byId.get(match.ruleId)! }))
        .filter(({ rule }) => rule.kind !== 'helper')
        .map(({ match, rule }) => createCandidate(text, match, { rule, catalogue }));
      const judged = judge(candidates, checks);
      const lines = createLineTracker(input.bytes, input.origin);
      const known = listSecrets(judged.standing, settings);
      const context: FindingContext = { text, matches, lines, settings, known };
      return collect(judged, range, context);
    },
  };
}

/** Bytes at the beginning of a text that may decide its place. */
const HEAD_BYTES = 2048;

function headOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD_BYTES)).toString('latin1');
}

interface Judged {
  /** What is a credential, whether or not the user has accepted it. */
  readonly standing: readonly Candidate[];
  readonly rejected: readonly { candidate: Candidate; objection: Objection }[];
  readonly accepted: readonly { candidate: Candidate; objection: Objection }[];
}

// Values are judged first, so that a rule that was wrong cannot hide another that was right; what the user
// accepts comes last, so that an accepted secret is not reported under a second name.
function judge(
  candidates: readonly Candidate[],
  checks: { value: readonly Check[]; user: readonly Check[] },
): Judged {
  const rejected: { candidate: Candidate; objection: Objection }[] = [];
  const credible: Candidate[] = [];
  for (const candidate of candidates) {
    const objection = firstObjection(checks.value, candidate);
    if (objection) rejected.push({ candidate, objection });
    else credible.push(candidate);
  }
  const { standing, covered } = resolveOverlap(credible);
  for (const { candidate, by } of covered) {
    rejected.push({
      candidate,
      objection: { by: 'overlap', because: `the same bytes are reported by ${by}` },
    });
  }
  const accepted = standing.flatMap((candidate) => {
    const objection = firstObjection(checks.user, candidate);
    return objection ? [{ candidate, objection }] : [];
  });
  return { standing, rejected, accepted };
}

type Refused = Judged['rejected'][number];

function collect(judged: Judged, range: Span, context: FindingContext): BlobAnalysis {
  const isWithin = ({ match }: Candidate): boolean =>
    match.secretSpan.start >= range.start && match.secretSpan.start < range.end;
  const refused = [...judged.rejected, ...judged.accepted].filter(({ candidate }) => isWithin(candidate));
  const isAccepted = new Set(judged.accepted.map(({ candidate }) => candidate));
  const findings = judged.standing
    .filter((candidate) => isWithin(candidate) && !isAccepted.has(candidate))
    .map((candidate) => createFinding(candidate, context));
  const kept = refused.filter(({ objection }) => context.settings.keepDiscarded || holdsSlot(objection));
  const suppressed = kept.map(({ candidate, objection }) => ({
    ...objection,
    finding: createFinding(candidate, context),
  }));
  return {
    findings: addLineHashes(findings, context),
    suppressed,
    slots: [...findings, ...suppressed.filter(holdsSlot).map(({ finding }) => finding)].map(toSlot),
    discarded: context.settings.keepDiscarded ? {} : countDiscarded(refused),
  };
}

function toSlot({ location, ruleId, storage }: Finding): Slot {
  return { path: location.path, startLine: location.startLine, ruleId, storage };
}

// What is no credential, or is counted under another rule, holds no slot.
function holdsSlot({ by }: Objection): boolean {
  return by !== 'overlap' && by !== 'not-a-secret' && by !== 'entropy' && by !== 'checksum';
}

function countDiscarded(refused: readonly Refused[]): ObjectionCounts {
  const counts: Partial<Record<ObjectionKind, number>> = {};
  for (const { objection } of refused) {
    if (!holdsSlot(objection)) counts[objection.by] = (counts[objection.by] ?? 0) + 1;
  }
  return counts;
}

/** Only the beginning of a file is text enough: hashes count how often a line has occurred before. */
function addLineHashes(findings: Finding[], { text }: FindingContext): Finding[] {
  const isWhole = text.origin.line === 1 && text.origin.column === 1;
  if (findings.length === 0 || !isWhole) return findings;
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
