// What one keyword hit costs a rule, in steps: every try that the engine makes for it.
import type { RuleMatcher } from '../../src/model/rule.ts';
import { createStepCounter } from './step-counter.ts';

/** Most steps of one hit, for each byte that a pattern can see. */
export const MAX_STEPS_PER_WINDOW_BYTE = 50;
/** Beyond this a try is given up: no pattern that can be let through comes near. */
const GIVE_UP_STEPS = 20_000_000;

export interface HitCounter {
  /** Bytes that the engine lets the pattern see around a hit, but for lookbehinds. */
  readonly windowBytes: number;
  /**
   * The steps of a hit, and where the match that it ends in ends.
   * @throws Error where it is not worth waiting for
   */
  count(text: string, keywordAt: number): { readonly steps: number; readonly end: number | undefined };
}

export function createHitCounter(rule: Pick<RuleMatcher, 'pattern' | 'ignoreCase' | 'lookback' | 'reach'>): HitCounter {
  const counter = createStepCounter(rule.pattern, rule.ignoreCase);
  return {
    windowBytes: rule.lookback + rule.reach + 1,
    count: (text, keywordAt) => {
      let steps = 0;
      for (let start = Math.max(0, keywordAt - rule.lookback); start <= keywordAt; start++) {
        const found = counter.run(text, start, GIVE_UP_STEPS);
        steps += found.steps;
        // A match before the keyword is not one that holds it.
        if (found.end !== undefined && found.end > keywordAt) return { steps, end: found.end };
      }
      return { steps, end: undefined };
    },
  };
}
