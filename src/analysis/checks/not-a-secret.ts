// Values under a credential's name that are no credential. One ordered list; the first reason is reported.
// Only rules that know no format of their own are asked; a format speaks for itself.
import type { Candidate } from '../candidate.ts';
import { NAME_REASONS } from '../generic/name-reasons.ts';
import { KNOWN_KIND_REASONS } from '../generic/known-kind-reasons.ts';
import { NEIGHBOUR_REASONS } from '../generic/neighbour-reasons.ts';
import { SHAPE_REASONS } from '../generic/shape-reasons.ts';
import type { Reason } from '../generic/reason.ts';
import { surroundingsOf } from '../generic/surroundings.ts';
import { SYNTAX_REASONS } from '../generic/syntax-reasons.ts';
import type { Check } from './check.ts';

const REASONS: readonly Reason[] = [
  ...NAME_REASONS,
  ...SYNTAX_REASONS,
  ...SHAPE_REASONS,
  ...KNOWN_KIND_REASONS,
  ...NEIGHBOUR_REASONS,
];

export const isNotASecret: Check = (candidate: Candidate) => {
  if (candidate.rule.shape !== 'generic') return undefined;
  const surroundings = surroundingsOf(candidate);
  const reason = REASONS.find(({ test }) => test(candidate, surroundings));
  return reason && { by: reason.by ?? 'not-a-secret', because: reason.because };
};
