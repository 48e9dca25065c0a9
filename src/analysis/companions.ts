// The other parts of composite credentials, found near a candidate.
import type { Related } from '../model/finding.ts';
import type { Match } from '../model/match.ts';
import type { Candidate } from './candidate.ts';
import type { LineTracker } from './line-tracker.ts';

/** However many lines a rule allows, a part stands within this many bytes. */
export const COMPANION_BYTES: number = 4096;

export interface Companions {
  readonly related: readonly Related[];
  /** Ids of rules whose part is required and not there. */
  readonly missing: readonly string[];
  /** Captured values of the parts, by rule id, for decoders that read an identity from them. */
  readonly values: Readonly<Record<string, string>>;
}

/** @param matches all the matches of the text, helper rules included */
export function findCompanions(
  candidate: Candidate,
  matches: readonly Match[],
  lines: LineTracker,
): Companions {
  const related: Related[] = [];
  const missing: string[] = [];
  const values: Record<string, string> = {};
  const own = candidate.match.secretSpan;
  for (const requirement of candidate.rule.requires) {
    const near = matches
      .filter((match) => match.ruleId === requirement.rule && distanceOf(match, own.start) <= COMPANION_BYTES)
      .sort((a, b) => distanceOf(a, own.start) - distanceOf(b, own.start));
    const line = lines.locate(own.start).line;
    const part = near.find((match) => {
      const distance = Math.abs(lines.locate(match.secretSpan.start).line - line);
      return distance <= requirement.withinLines;
    });
    if (part) {
      values[requirement.rule] = part.secret;
      const startLine = lines.locate(part.secretSpan.start).line;
      related.push({ relation: 'part', ruleId: requirement.rule, path: candidate.path, startLine });
    } else if (!requirement.optional) {
      missing.push(requirement.rule);
    }
  }
  return { related, missing, values };
}

function distanceOf(match: Match, offset: number): number {
  return Math.abs(match.secretSpan.start - offset);
}
