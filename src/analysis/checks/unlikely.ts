// The learned score of a generic candidate, where it is too low for a finding at any confidence.
import { confidenceOf, scoreCandidate } from '../generic/judge.ts';
import type { Check } from './check.ts';

export const isUnlikely: Check = (candidate) => {
  if (candidate.rule.shape !== 'generic') return undefined;
  const { probability } = scoreCandidate(candidate);
  if (confidenceOf(probability) !== undefined) return undefined;
  return {
    by: 'not-a-secret',
    because: `value, name and surroundings do not look like a credential’s (score ${probability.toFixed(2)})`,
  };
};
