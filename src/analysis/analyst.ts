// Matches → findings, suppressed and slots: the recipe of analysis for one text.
import type { Provenance } from '../model/blob.ts';
import { displayPath } from '../model/blob.ts';
import type { Finding, Objection, ObjectionKind, Slot, Suppressed } from '../model/finding.ts';
import { hashLines } from '../model/line-hash.ts';
import type { Match, Span } from '../model/match.ts';
import type { RuleTable } from '../model/packed-rules.ts';
import type { RuleMatcher } from '../model/rule.ts';
import type { AnalysisSettings } from './analysis-settings.ts';
import type { Candidate, ScannedText } from './candidate.ts';
import { createCandidate } from './candidate.ts';
import type { Check } from './checks/check.ts';
import { firstObjection } from './checks/check.ts';
import { createChecks } from './checks/checks.ts';
import { createFileRules } from './file-rules.ts';
import type { FindingContext } from './create-finding.ts';
import { createFinding, createSlot, listSecrets } from './create-finding.ts';
import type { ChunkOrigin } from './line-tracker.ts';
import { createLineTracker } from './line-tracker.ts';
import { mayHoldCredential } from './generic/may-hold-credential.ts';
import { resolveOverlap } from './overlap.ts';
import { createPostureJudge } from './posture/judge-posture.ts';
import { createPostureFinding } from './posture/posture-finding.ts';
import { findKeyPaths } from './structure/key-paths.ts';
import { classifyPlace } from './place/classify-place.ts';
import { fileKind } from './place/file-kind.ts';
import type { ReferenceCatalogue } from './storage/reference-index.ts';
import { createReferenceCatalogue } from './storage/reference-index.ts';
import { createTextReader } from './text-reader.ts';

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
  /** What is neither reported nor kept as suppressed. */
  readonly discarded: ObjectionCounts;
}

export type ObjectionCounts = Readonly<Partial<Record<ObjectionKind, number>>>;

export interface Analyst {
  /** Whether a file is analysed for its name alone. */
  knowsFile(path: string): boolean;
  /**
   * Judges the matches whose secret begins within `range`; the others are only their surroundings.
   * @param found in any order, spans in `text.bytes`
   */
  analyse(text: AnalysedText, found: readonly Match[], range: Span): BlobAnalysis;
}

export function createAnalyst(rules: RuleTable, settings: AnalysisSettings): Analyst {
  const checks = createChecks(settings);
  // Most scans of a few files find nothing to judge.
  let catalogue: ReferenceCatalogue | undefined;
  const createSituate = (text: ScannedText): ((match: Match, rule: RuleMatcher) => Candidate) => {
    const known = (catalogue ??= createReferenceCatalogue(settings.references));
    const reader = createTextReader(text.bytes, known);
    return (match, rule) => createCandidate(text, match, { rule, catalogue: known, reader });
  };
  const posture = createPostureJudge(rules);
  const fileRules = createFileRules(rules.listOfFiles());
  return {
    knowsFile: fileRules.knows,
    analyse: (input, found, range) => {
      const matches = isWhole(input)
        ? [...found, ...fileRules.match(input.provenance.path, input.bytes)]
        : found;
      const isCode = fileKind(input.provenance.path) === 'code';
      const likely = matches
        .map((match) => ({ match, rule: rules.find(match.ruleId)! }))
        .filter(
          ({ rule, match }) =>
            rule.kind !== 'helper' && mayHoldCredential(rule, match, { bytes: input.bytes, isCode }),
        );
      if (likely.length === 0) return NOTHING;
      const place = classifyPlace(input.provenance.path, () => headOf(input.bytes));
      const text: ScannedText = { ...input, place };
      const situate = createSituate(text);
      const candidates = likely
        .filter(({ rule }) => rule.kind !== 'posture')
        .map(({ match, rule }) => situate(match, rule));
      const judged = addKeyPaths(judge(candidates, checks), text, settings);
      const lines = createLineTracker(input.bytes, input.origin);
      const known = listSecrets(judged.standing, settings);
      const context: FindingContext = { text, matches, lines, settings, known };
      const analysis = settings.only === 'posture' ? NOTHING : collect(judged, range, context);
      if (settings.only === 'secrets') return analysis;
      const handled = posture.judge(text, matches).filter(({ match }) => isWithin(match, range));
      const handledWrong = handled.map(({ rule, match, keyPath }) => ({
        ...situate(match, rule),
        ...(keyPath === undefined ? {} : { keyPath }),
      }));
      return addPosture(analysis, handledWrong, { context, checks: checks.user });
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
  // A key that its provider means to be public is no secret under another name either.
  const open = rejected.flatMap(({ candidate, objection }) =>
    objection.by === 'public' ? [candidate.match.secretSpan] : [],
  );
  const isPublic = ({ match: { secretSpan } }: Candidate): boolean =>
    open.some(({ start, end }) => secretSpan.start >= start && secretSpan.end <= end);
  const { standing, covered } = resolveOverlap(credible.filter((candidate) => !isPublic(candidate)));
  rejected.push(
    ...credible.filter(isPublic).map((candidate) => ({ candidate, objection: COVERED_BY_PUBLIC })),
  );
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

const COVERED_BY_PUBLIC: Objection = { by: 'overlap', because: 'another rule knows it as public by design' };

type Refused = Judged['rejected'][number];

function collect(judged: Judged, range: Span, context: FindingContext): BlobAnalysis {
  const { settings } = context;
  const refused = [...judged.rejected, ...judged.accepted].filter(({ candidate }) =>
    isWithin(candidate.match, range),
  );
  const isAccepted = new Set(judged.accepted.map(({ candidate }) => candidate));
  const reported = judged.standing.filter(
    (candidate) => isWithin(candidate.match, range) && !isAccepted.has(candidate),
  );
  const findings = reported.map((candidate) => createFinding(candidate, context));
  const kept = refused.filter((each) => isKept(each, settings));
  const held = refused.filter(({ objection }) => holdsSlot(objection)).map(({ candidate }) => candidate);
  return {
    findings: addLineHashes(findings, context),
    suppressed: kept.map(({ candidate, objection }) => ({
      ...objection,
      finding: createFinding(candidate, context),
    })),
    slots: withoutOverlap([...reported, ...held]).map((candidate) => createSlot(candidate, context.lines)),
    discarded: countObjections(refused.filter((each) => !isKept(each, settings))),
  };
}

/** Most of what is refused nobody will see: it is counted, and not made a finding. */
function isKept({ candidate, objection }: Refused, { keep }: AnalysisSettings): boolean {
  if (keep === 'all') return true;
  if (!holdsSlot(objection)) return false;
  if (keep === 'slots' || (objection.by !== 'managed' && objection.by !== 'placeholder')) return true;
  // The key to it may lie in another file.
  return candidate.storage?.state === 'encrypted-in-repo';
}

function isWithin({ secretSpan }: Match, range: Span): boolean {
  return secretSpan.start >= range.start && secretSpan.start < range.end;
}

const NOTHING: BlobAnalysis = { findings: [], suppressed: [], slots: [], discarded: {} };

/** Findings of posture stand beside the others; they hold no slot. */
function addPosture(
  analysis: BlobAnalysis,
  candidates: readonly Candidate[],
  { context, checks }: { context: FindingContext; checks: readonly Check[] },
): BlobAnalysis {
  if (candidates.length === 0) return analysis;
  const findings: Finding[] = [];
  const suppressed: Suppressed[] = [...analysis.suppressed];
  for (const candidate of candidates) {
    const objection = firstObjection(checks, candidate);
    const finding = createPostureFinding(candidate, context);
    if (objection) suppressed.push({ ...objection, finding });
    else findings.push(finding);
  }
  return { ...analysis, findings: [...analysis.findings, ...addLineHashes(findings, context)], suppressed };
}

/** Paths are read of whole texts only: what stands in a later part of a large file has none. */
function addKeyPaths(judged: Judged, text: ScannedText, { keep }: AnalysisSettings): Judged {
  const { standing, rejected } = judged;
  const kept = rejected.filter(({ objection }) => keep === 'all' || holdsSlot(objection));
  const shown = [...standing, ...kept.map(({ candidate }) => candidate)];
  if (shown.length === 0 || !isWhole(text)) return judged;
  const starts = shown.map(({ match }) => match.secretSpan.start);
  const paths = findKeyPaths(displayPath(text.provenance), text.bytes, starts);
  if (paths.size === 0) return judged;
  const located = new Map(
    shown.flatMap((candidate) => {
      const keyPath = paths.get(candidate.match.secretSpan.start);
      return keyPath === undefined ? [] : [[candidate, { ...candidate, keyPath }] as const];
    }),
  );
  const locate = (candidate: Candidate): Candidate => located.get(candidate) ?? candidate;
  const locateRefused = ({ candidate, objection }: Refused): Refused => ({
    candidate: locate(candidate),
    objection,
  });
  return {
    standing: standing.map(locate),
    rejected: rejected.map(locateRefused),
    accepted: judged.accepted.map(locateRefused),
  };
}

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
function holdsSlot({ by }: Objection): boolean {
  return by !== 'overlap' && by !== 'not-a-secret' && by !== 'entropy' && by !== 'checksum';
}

function countObjections(refused: readonly Refused[]): ObjectionCounts {
  const counts: Partial<Record<ObjectionKind, number>> = {};
  for (const { objection } of refused) counts[objection.by] = (counts[objection.by] ?? 0) + 1;
  return counts;
}

/** Whether the text begins where its file does. */
function isWhole({ origin }: AnalysedText): boolean {
  return origin.line === 1 && origin.column === 1;
}

/** Only the beginning of a file is text enough: hashes count how often a line has occurred before. */
function addLineHashes(findings: Finding[], { text }: FindingContext): Finding[] {
  if (findings.length === 0 || !isWhole(text)) return findings;
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
