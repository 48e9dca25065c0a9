// A reason why a value under a credential's name is none, with the test that finds it.
import type { ObjectionKind } from '../../model/finding.ts';
import type { Candidate } from '../candidate.ts';
import type { Surroundings } from './surroundings.ts';

export interface Reason {
  readonly test: (candidate: Candidate, surroundings: Surroundings) => boolean;
  readonly because: string;
  /** `not-a-secret` when left out. */
  readonly by?: ObjectionKind;
}
