// One row of training: features, truth, and how much it counts.
import type { Features } from '../../src/analysis/generic/features.ts';

export interface Example {
  readonly repository: string;
  readonly features: Features;
  readonly isCredential: boolean;
  readonly weight: number;
}
