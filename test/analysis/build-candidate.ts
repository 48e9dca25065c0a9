// Candidates for tests of what judges them: a text, a value in it, and the rule that found it.
import type { Candidate } from '../../src/analysis/candidate.ts';
import { FILE_ORIGIN } from '../../src/analysis/line-tracker.ts';
import type { Match } from '../../src/model/match.ts';
import type { RuleMatcher } from '../../src/model/rule.ts';
import { createMatcher } from '../engine/sample-rules.ts';

export interface CandidateParts {
  readonly rule?: Partial<RuleMatcher>;
  readonly path?: string;
  /** The match is all of its line up to the value's end, unless told where it begins. */
  readonly matchStart?: number;
}

/** A candidate for the first occurrence of `value` in `text`. */
export function buildCandidate(text: string, value: string, parts: CandidateParts = {}): Candidate {
  const rule = createMatcher({ id: 'sample-rule', keywords: ['sample'], pattern: 'sample', ...parts.rule });
  const bytes = Buffer.from(text);
  const start = bytes.indexOf(value);
  const lineStart = bytes.lastIndexOf('\n', start) + 1;
  const lineEnd = bytes.indexOf('\n', start);
  const path = parts.path ?? 'src/sample.ts';
  return {
    rule,
    match: buildMatch(
      rule.id,
      { start, end: start + Buffer.byteLength(value) },
      parts.matchStart ?? lineStart,
    ),
    text: { provenance: { kind: 'file', path }, bytes, origin: FILE_ORIGIN, place: 'code' },
    path,
    value,
    keyName: '',
    quote: '',
    line: bytes.toString('latin1', lineStart, lineEnd === -1 ? bytes.length : lineEnd),
    valueStart: start - lineStart,
    storage: undefined,
    second: undefined,
    keyPath: undefined,
  };
}

export function buildMatch(
  ruleId: string,
  secretSpan: Match['secretSpan'],
  matchStart: number = secretSpan.start,
): Match {
  return {
    ruleId,
    span: { start: matchStart, end: secretSpan.end },
    secretSpan,
    secret: `value of ${ruleId} at ${secretSpan.start}`,
    captures: {},
    decodedBy: [],
  };
}
