// The other parts of composite credentials, found near a candidate.
import type { Related } from '../model/finding.ts';
import type { Match } from '../model/match.ts';
import type { Candidate } from './candidate.ts';
import { findFirst } from './find-first.ts';
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

/** The matches of a rule that stand near an offset, the nearest first. */
export type FindNear = (ruleId: string, offset: number) => readonly Match[];

/** @param matches all the matches of the text, helper rules included */
export function createFindNear(matches: readonly Match[]): FindNear {
  let byRule: ReadonlyMap<string, readonly Match[]> | undefined;
  return (ruleId, offset) => {
    const sorted = (byRule ??= sortByRule(matches)).get(ruleId) ?? [];
    const near: Match[] = [];
    const first = findFirst(sorted, ({ secretSpan }) => secretSpan.start >= offset - COMPANION_BYTES);
    for (let at = first; at < sorted.length && distanceOf(sorted[at]!, offset) <= COMPANION_BYTES; at++)
      near.push(sorted[at]!);
    return near.sort((a, b) => distanceOf(a, offset) - distanceOf(b, offset));
  };
}

function sortByRule(matches: readonly Match[]): ReadonlyMap<string, readonly Match[]> {
  const byRule = new Map<string, Match[]>();
  for (const match of matches) {
    const others = byRule.get(match.ruleId);
    if (others) others.push(match);
    else byRule.set(match.ruleId, [match]);
  }
  for (const sorted of byRule.values()) sorted.sort((a, b) => a.secretSpan.start - b.secretSpan.start);
  return byRule;
}

export function findCompanions(candidate: Candidate, findNear: FindNear, lines: LineTracker): Companions {
  const related: Related[] = [];
  const missing: string[] = [];
  const values: Record<string, string> = {};
  const own = candidate.match.secretSpan;
  for (const requirement of candidate.rule.requires) {
    const near = findNear(requirement.rule, own.start);
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
