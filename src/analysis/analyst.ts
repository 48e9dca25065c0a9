// Matches → findings, suppressed and slots: the recipe of analysis for one text.
import type { Provenance } from '../model/blob.ts';
import { displayPath } from '../model/blob.ts';
import type { Finding, Objection, Suppressed } from '../model/finding.ts';
import type { Match, Span } from '../model/match.ts';
import type { RuleTable } from '../model/packed-rules.ts';
import type { RuleMatcher } from '../model/rule.ts';
import type { AnalysisSettings } from './analysis-settings.ts';
import type { Candidate, ScannedText } from './candidate.ts';
import { createCandidate } from './candidate.ts';
import { createFindNear } from './companions.ts';
import type { Check } from './checks/check.ts';
import { firstObjection } from './checks/check.ts';
import { createChecks } from './checks/checks.ts';
import type { BlobAnalysis, Judged, Refused, Sighting } from './collect.ts';
import { addLineHashes, collect, holdsSlot, isWhole, isWithin, NOTHING, redactReason } from './collect.ts';
import { createFileRules } from './file-rules.ts';
import type { Refusals } from './refusals.ts';
import { createRefusals } from './refusals.ts';
import type { FindingContext } from './create-finding.ts';
import { createKnownSecrets } from './known-secrets.ts';
import type { ChunkOrigin } from './line-tracker.ts';
import { createLineTracker } from './line-tracker.ts';
import { mayHoldCredential } from './generic/may-hold-credential.ts';
import { createCover, resolveOverlap } from './overlap.ts';
import { createRedactor } from './redactions.ts';
import { hideInProvenance } from './shown-names.ts';
import { createPostureJudge } from './posture/judge-posture.ts';
import { createPostureFinding, fingerprintOfPosture } from './posture/posture-finding.ts';
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
  const open = createOpening(settings);
  const posture = createPostureJudge(rules);
  const fileRules = createFileRules(rules.listOfFiles());
  return {
    knowsFile: fileRules.knows,
    analyse: (input, found, range) => {
      const matches = isWhole(input)
        ? [...found, ...fileRules.match(input.provenance.path, input.bytes)]
        : found;
      const isCode = fileKind(input.provenance.path) === 'code';
      const isLikely = ({ rule, match }: Likely): boolean =>
        rule.kind !== 'helper' && mayHoldCredential(rule, match, { bytes: input.bytes, isCode });
      const likely = matches.map((match) => ({ match, rule: rules.find(match.ruleId)! })).filter(isLikely);
      if (likely.length === 0) return NOTHING;
      const place = classifyPlace(input.provenance.path, () => headOf(input.bytes));
      const text: ScannedText = { place, ...input };
      const { refused, situate } = open(text);
      const valued = likely.filter(({ rule }) => rule.kind !== 'posture');
      const isOld = ({ match, rule }: Likely): boolean => refused.has(match, rule);
      const old = new Set(valued.filter(isOld));
      const fresh = valued.filter((each) => !old.has(each));
      const judged = addKeyPaths(judge(fresh.map(situate), checks, settings.onStep), text, settings);
      refused.note(judged.rejected);
      const context = createContext({ text, matches, settings }, judged);
      const again = [...old].filter(({ match }) => isWithin(match, range)).length;
      const analysis =
        settings.only === 'posture' ? NOTHING : addRefused(collect(judged, range, context), again);
      if (settings.only === 'secrets') return analysis;
      const handled = posture.judge(text, matches).filter(({ match }) => isWithin(match, range));
      const wrong = handled.map(({ rule, match, keyPath }) => ({ ...situate({ match, rule }), keyPath }));
      return addPosture(analysis, wrong, { context, checks: checks.user });
    },
  };
}

function createContext(
  { text, matches, settings }: Pick<FindingContext, 'text' | 'settings'> & { matches: readonly Match[] },
  { standing }: Judged,
): FindingContext {
  const lines = createLineTracker(text.bytes, text.origin);
  const redact = createRedactor(text, settings);
  const known = createKnownSecrets(standing.map(redact));
  const provenance = hideInProvenance(text.provenance, known);
  const path = displayPath(provenance);
  return { text, findNear: createFindNear(matches), lines, settings, redact, known, provenance, path };
}

interface Likely {
  readonly match: Match;
  readonly rule: RuleMatcher;
}

/** What a text offers to the judgement of its matches. */
interface OpenText {
  readonly refused: Refusals;
  situate(likely: Likely): Candidate;
}

function createOpening(settings: AnalysisSettings): (text: ScannedText) => OpenText {
  // Most scans of a few files find nothing to judge.
  let catalogue: ReferenceCatalogue | undefined;
  const refusals = createRefusals(settings.keep !== 'all');
  return (text) => {
    const known = (catalogue ??= createReferenceCatalogue(settings.references));
    const reader = createTextReader(text.bytes, known);
    return {
      refused: refusals.of(text, reader),
      situate: ({ match, rule }) => {
        settings.onStep();
        return createCandidate(text, match, { rule, catalogue: known, reader });
      },
    };
  };
}

/** @param count of what is refused as it was before */
function addRefused(analysis: BlobAnalysis, count: number): BlobAnalysis {
  if (count === 0) return analysis;
  const { discarded } = analysis;
  return {
    ...analysis,
    discarded: { ...discarded, 'not-a-secret': (discarded['not-a-secret'] ?? 0) + count },
  };
}

/** Bytes at the beginning of a text that may decide its place. */
const HEAD_BYTES = 2048;

function headOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD_BYTES)).toString('latin1');
}

// Values are judged first, so that a rule that was wrong cannot hide another that was right; what the user
// accepts comes last, so that an accepted secret is not reported under a second name.
function judge(
  candidates: readonly Candidate[],
  checks: { value: readonly Check[]; user: readonly Check[] },
  onStep: () => void,
): Judged {
  const rejected: { candidate: Candidate; objection: Objection }[] = [];
  const credible: Candidate[] = [];
  for (const candidate of candidates) {
    onStep();
    const objection = firstObjection(checks.value, candidate);
    if (objection) rejected.push({ candidate, objection });
    else credible.push(candidate);
  }
  // A key that its provider means to be public is no secret under another name either.
  const open = rejected.flatMap(({ candidate, objection }) =>
    objection.by === 'public' ? [candidate.match.secretSpan] : [],
  );
  const isOpen = createCover(open);
  const isPublic = ({ match }: Candidate): boolean => isOpen(match.secretSpan);
  const { standing, covered } = resolveOverlap(credible.filter((candidate) => !isPublic(candidate)));
  for (const candidate of credible.filter(isPublic))
    rejected.push({ candidate, objection: COVERED_BY_PUBLIC });
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

/** Findings of posture stand beside the others; they hold no slot. */
function addPosture(
  analysis: BlobAnalysis,
  candidates: readonly Candidate[],
  { context, checks }: { context: FindingContext; checks: readonly Check[] },
): BlobAnalysis {
  if (candidates.length === 0) return analysis;
  if (analysis.sightings)
    return { ...analysis, sightings: [...analysis.sightings, ...sightPosture(candidates, checks)] };
  const findings: Finding[] = [];
  const suppressed: Suppressed[] = [...analysis.suppressed];
  for (const candidate of candidates) {
    const objection = firstObjection(checks, candidate);
    const finding = createPostureFinding(candidate, context);
    if (objection) suppressed.push({ ...redactReason(objection, context), finding });
    else findings.push(finding);
  }
  return {
    ...analysis,
    findings: [...analysis.findings, ...addLineHashes(findings, context)],
    suppressed,
  };
}

function sightPosture(candidates: readonly Candidate[], checks: readonly Check[]): Sighting[] {
  return candidates.map((candidate) => ({
    fingerprint: fingerprintOfPosture(candidate),
    by: firstObjection(checks, candidate)?.by ?? '',
  }));
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
