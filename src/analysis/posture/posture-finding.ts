// A posture match → a finding: what the rule says of it, in place of what a secret would say.
import type { Finding, StandardIds } from '../../model/finding.ts';
import type { Candidate } from '../candidate.ts';
import type { FindingContext } from '../create-finding.ts';
import { createFinding } from '../create-finding.ts';
import { fingerprintOf } from '../fingerprint.ts';

export function createPostureFinding(candidate: Candidate, context: FindingContext): Finding {
  const finding = createFinding(candidate, context);
  const { rule } = candidate;
  return {
    ...finding,
    fingerprint: fingerprintOfPosture(candidate),
    severity: rule.severity,
    confidence: rule.confidence,
    // Not the value is wrong but the way it is handed on: a literal is reported by its own rule.
    storage: { ...finding.storage, state: candidate.storage?.state ?? 'platform-secret' },
    standards: groupIds(rule.posture!.standards),
    notes: [],
  };
}

/** The same reference stands in many places; each is a finding of its own. */
export function fingerprintOfPosture({ rule, path, keyPath = '', value }: Candidate): string {
  return fingerprintOf(rule.id, `${path}\0${keyPath}\0${value}`);
}

function groupIds(ids: readonly string[]): StandardIds {
  const beginning = (pattern: RegExp): string[] => ids.filter((id) => pattern.test(id));
  return {
    profile: 'NHI-03',
    owaspNhi2025: beginning(/^NHI/),
    cwe: beginning(/^CWE-/),
    nistCsf: beginning(/^PR\./),
    attack: beginning(/^T\d/),
  };
}
