// What was no credential on a line is none on the same line of another version of the file: it is only counted again.
import type { Objection } from '../model/finding.ts';
import type { Match } from '../model/match.ts';
import type { RuleMatcher } from '../model/rule.ts';
import type { ScannedText } from './candidate.ts';
import { lineAround } from './candidate.ts';
import type { Refused } from './collect.ts';
import type { TextReader } from './text-reader.ts';

export interface Refusals {
  /** Has this been refused, in a text with the same path and place? */
  has(match: Match, rule: RuleMatcher): boolean;
  note(refused: readonly Refused[]): void;
}

const MAX_KNOWN = 4000;
const MAX_LINE_BYTES = 240;

const NONE: Refusals = { has: () => false, note: () => undefined };

/**
 * For one scanner: `of` a text gives what concerns it.
 * @param isOn false where everything is to be judged and shown. Chunks of a large file are versions of it as well
 */
export function createRefusals(isOn: boolean): { of(text: ScannedText, reader: TextReader): Refusals } {
  const known = new Set<string>();
  return {
    of: (text, reader) => {
      if (!isOn) return NONE;
      const base = `${text.provenance.path}\0${text.place}`;
      const keyOf = (match: Match, rule: RuleMatcher): string | undefined => {
        if (rule.shape !== 'generic' || match.decodedBy.length > 0) return undefined;
        const { start, end } = lineAround(text.bytes, match.secretSpan);
        if (match.span.start < start || match.span.end > end || end - start > MAX_LINE_BYTES)
          return undefined;
        const spans = `${match.span.start - start} ${match.secretSpan.start - start} ${match.secret.length}`;
        return `${base}\0${rule.id}\0${spans}\0${reader.latin1(start, end)}`;
      };
      return {
        has: (match, rule) => {
          const key = keyOf(match, rule);
          return key !== undefined && known.has(key);
        },
        note: (refused) => {
          if (known.size > MAX_KNOWN) known.clear();
          for (const { candidate, objection } of refused) {
            const key = isLasting(objection) ? keyOf(candidate.match, candidate.rule) : undefined;
            if (key !== undefined) known.add(key);
          }
        },
      };
    },
  };
}

/** What the line itself decides. */
function isLasting({ by }: Objection): boolean {
  return by === 'not-a-secret';
}
