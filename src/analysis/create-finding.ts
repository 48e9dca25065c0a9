// A candidate → a finding: everything that is known of it, and nothing of the secret itself.
import type { Provenance } from '../model/blob.ts';
import type { Finding, Slot, Storage, StorageState } from '../model/finding.ts';
import type { Confidence } from '../model/rule.ts';
import { CONFIDENCES } from '../model/rule.ts';
import type { EvidenceFlag } from '../standards/evidence.ts';
import { mapStandards } from '../standards/map-standards.ts';
import type { AnalysisSettings } from './analysis-settings.ts';
import type { Candidate, ScannedText } from './candidate.ts';
import { verifyChecksum } from './checks/checksum.ts';
import type { Companions, FindNear } from './companions.ts';
import { findCompanions } from './companions.ts';
import { createExcerpt } from './excerpt.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { IdentityInput } from './identity/decoder.ts';
import type { IdentityReading } from './identity/identify.ts';
import { identify } from './identity/identify.ts';
import type { KnownSecrets } from './known-secrets.ts';
import { hideSecrets } from './known-secrets.ts';
import { confidenceOf, explainScore, scoreCandidate } from './generic/judge.ts';
import type { LineTracker } from './line-tracker.ts';
import { isInWebRoot } from './place/path-traits.ts';
import type { Redactor } from './redactions.ts';
import { show } from './redactions.ts';
import { hideInKeyPath } from './shown-names.ts';
import { weighSeverity } from '../standards/severity.ts';

/** What findings of one text share. */
export interface FindingContext {
  readonly text: ScannedText;
  /** Finds the parts of composite credentials. */
  readonly findNear: FindNear;
  readonly lines: LineTracker;
  readonly settings: AnalysisSettings;
  readonly redact: Redactor;
  /** Every credential of the text: none may show in another's excerpt. */
  readonly known: KnownSecrets;
  /** As they are shown: a name that holds one of these credentials is redacted. */
  readonly provenance: Provenance;
  readonly path: string;
}

export function createFinding(candidate: Candidate, context: FindingContext): Finding {
  const { match, rule, text } = candidate;
  const { lines, path, settings } = context;
  settings.onStep();
  const start = lines.locate(match.secretSpan.start);
  const end = lines.locate(match.secretSpan.end);
  const companions = findCompanions(candidate, context.findNear, lines);
  const reading = readIdentity(candidate, companions, context);
  const storage = describeStorage(candidate, context.known);
  const judged = judge(candidate, { reading, storage, companions, settings });
  return {
    fingerprint: fingerprintOf(rule.id, candidate.value),
    ruleId: rule.id,
    severity: judged.severity,
    confidence: judged.confidence,
    provenance: context.provenance,
    location: {
      path,
      startLine: start.line,
      startColumn: start.column,
      endLine: end.line,
      endColumn: end.column,
    },
    secret: show(candidate, settings),
    excerpt: createExcerpt({
      bytes: text.bytes,
      own: context.redact(candidate),
      known: context.known,
      startLine: start.line,
    }),
    storage,
    identity: reading.identity,
    lifetime: rule.lifetime,
    standards: mapStandards({
      ruleId: rule.id,
      state: storage.state,
      place: storage.place,
      path: candidate.path,
      lifetime: rule.lifetime,
      identityKind: reading.identity.kind,
      ...(reading.identity.environment === undefined ? {} : { environment: reading.identity.environment }),
      ...(candidate.keyName === '' ? {} : { keyName: candidate.keyName }),
      ...(candidate.keyPath === undefined ? {} : { keyPath: candidate.keyPath }),
      flags: listFlags(candidate, reading),
    }),
    decodedBy: match.decodedBy,
    related: companions.related.map((each) => ({ ...each, path })),
    notes: judged.notes,
  };
}

export function createSlot(candidate: Candidate, { lines, known, path }: FindingContext): Slot {
  const { line } = lines.locate(candidate.match.secretSpan.start);
  return {
    path,
    startLine: line,
    ruleId: candidate.rule.id,
    storage: describeStorage(candidate, known),
  };
}

const STATES_OF_MANAGERS: ReadonlySet<StorageState> = new Set<StorageState>([
  'managed-reference',
  'platform-secret',
  'federated',
  'encrypted-in-repo',
]);

function describeStorage({ storage, text, rule, match, keyPath }: Candidate, known: KnownSecrets): Storage {
  const encoded = match.decodedBy.length > 0 ? 'hardcoded-encoded' : 'hardcoded';
  const state = storage?.state ?? (rule.kind === 'public' ? 'public-by-design' : encoded);
  const manager = STATES_OF_MANAGERS.has(state) ? storage?.manager : undefined;
  return {
    state,
    place: text.place,
    ...(keyPath === undefined ? {} : { keyPath: hideInKeyPath(keyPath, known) }),
    ...(manager === undefined ? {} : { manager }),
  };
}

const CONTEXT_SIDE_BYTES = 2048;

function readIdentity(
  candidate: Candidate,
  companions: Companions,
  { known, settings }: FindingContext,
): IdentityReading {
  const { rule, match, text } = candidate;
  const bytes = Buffer.from(text.bytes.buffer, text.bytes.byteOffset, text.bytes.byteLength);
  const from = Math.max(0, match.secretSpan.start - CONTEXT_SIDE_BYTES);
  const to = Math.min(bytes.length, match.secretSpan.end + CONTEXT_SIDE_BYTES);
  const { decoder, environment } = rule.identity ?? {};
  const input: IdentityInput = {
    kind: rule.identity?.kind ?? 'unknown',
    provider: rule.provider,
    ruleId: rule.id,
    secret: candidate.value,
    captures: { ...companions.values, ...match.captures },
    context: bytes.toString('latin1', from, to),
    nowMs: settings.nowMs,
    ...(decoder === undefined ? {} : { decoder }),
    ...(environment === undefined ? {} : { environment }),
  };
  return identify(input, (shown) => hideSecrets(shown, known));
}

interface Circumstances {
  readonly reading: IdentityReading;
  readonly storage: Storage;
  readonly companions: Companions;
  readonly settings: AnalysisSettings;
}

/** Names whose values build tools write into what browsers and apps download. */
const CLIENT_NAME =
  /^(?:NEXT_PUBLIC|NUXT_PUBLIC|VITE|REACT_APP|VUE_APP|EXPO_PUBLIC|GATSBY|PUBLIC|NG_APP|STORYBOOK|PLASMO_PUBLIC|WXT)_/;
function judge(
  candidate: Candidate,
  { reading, storage, companions, settings }: Circumstances,
): Pick<Finding, 'severity' | 'confidence' | 'notes'> {
  const { rule, text, keyName } = candidate;
  const isUntracked = text.provenance.kind === 'file' && text.provenance.untracked === true;
  const { severity, reasons } = weighSeverity({
    base: rule.severity,
    place: storage.place,
    state: storage.state,
    isUntracked,
    isExpired: reading.expired,
    isSecretZero: rule.opensSecrets,
    isClientExposed: CLIENT_NAME.test(keyName) || isInWebRoot(candidate.path),
  });
  const trust = weighConfidence(candidate, companions, settings);
  const fallback =
    storage.state === 'hardcoded-fallback' ? ['it stands in where a reference is not set'] : [];
  return {
    severity,
    confidence: trust.confidence,
    notes: [...reasons, ...trust.notes, ...reading.notes, ...fallback],
  };
}

function weighConfidence(
  candidate: Candidate,
  { missing }: Companions,
  settings: AnalysisSettings,
): { confidence: Confidence; notes: string[] } {
  const { confidence } = candidate.rule;
  if (candidate.rule.shape === 'generic') return weighScore(candidate, settings);
  if (missing.length > 0) return weighPart(candidate, missing, settings);
  const fits = verifyChecksum(candidate);
  if (fits === undefined && confidence === 'low' && candidate.second)
    return weighScore(candidate.second, settings);
  if (fits === undefined) return { confidence, notes: [] };
  if (fits) return { confidence: 'high', notes: ['its checksum fits'] };
  const lowered = CONFIDENCES[Math.min(CONFIDENCES.indexOf(confidence) + 1, CONFIDENCES.length - 1)]!;
  return { confidence: lowered, notes: ['its checksum does not fit'] };
}

/** What its own name says of a value does not depend on the other part. */
function weighPart(
  { second }: Candidate,
  missing: readonly string[],
  settings: AnalysisSettings,
): { confidence: Confidence; notes: string[] } {
  const note = `no ${missing.join(' and no ')} stands near it`;
  if (!second) return { confidence: 'low', notes: [note] };
  const { confidence, notes } = weighScore(second, settings);
  return { confidence, notes: [note, ...notes] };
}

/** A generic rule is as sure as its score, but no surer than it says itself where it says `low`. */
function weighScore(
  candidate: Candidate,
  { explainScore: isExplained }: AnalysisSettings,
): { confidence: Confidence; notes: string[] } {
  const score = scoreCandidate(candidate);
  const confidence = candidate.rule.confidence === 'low' ? 'low' : (confidenceOf(score.probability) ?? 'low');
  return { confidence, notes: isExplained === true ? [explainScore(score)] : [] };
}

const COMMENT = /^\s*(?:\/\/|#(?!!)|\/?\*|<!--|--\s|;)/;
const CLEAR_TEXT_SCHEME =
  /\b(?:http|ftp|ldap|redis|amqp|smtp|telnet|mqtt):\/\/(?!localhost|127\.|\[::1\])[^\s"'<>]{0,200}$/;

function listFlags(
  { line, valueStart, rule, match }: Candidate,
  { expired }: IdentityReading,
): EvidenceFlag[] {
  const before = line.slice(0, valueStart);
  const scheme = rule.shape === 'structured' ? `${before}${match.secret.slice(0, 64)}` : before;
  return [
    ...(expired ? (['expired'] as const) : []),
    ...(CLEAR_TEXT_SCHEME.test(scheme) ? (['insecure-transport'] as const) : []),
    ...(COMMENT.test(before) ? (['in-comment'] as const) : []),
  ];
}
