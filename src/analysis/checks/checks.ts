// The ordered lists of checks. The order is the policy: the first objection is the one that is reported.
import type { AnalysisSettings } from '../analysis-settings.ts';
import { createAllowlistCheck } from './allowlist.ts';
import type { Check } from './check.ts';
import { failsChecksum } from './checksum.ts';
import { failsEntropy } from './entropy.ts';
import { hasInlineComment } from './inline-comment.ts';
import { isNotASecret } from './not-a-secret.ts';
import { isPublicByDesign } from './public-by-design.ts';
import { isNoLiteral } from './storage.ts';
import { isUnlikely } from './unlikely.ts';

export interface Checks {
  /** Is the value a credential that lies in the open? */
  readonly value: readonly Check[];
  /** Has the user accepted it? */
  readonly user: readonly Check[];
}

export function createChecks(settings: AnalysisSettings): Checks {
  const allowlist = createAllowlistCheck({
    entries: settings.allow,
    createPathMatcher: settings.createPathMatcher,
    today: new Date(settings.nowMs).toISOString().slice(0, 10),
  });
  return {
    value: [isNoLiteral, isPublicByDesign, isNotASecret, failsEntropy, failsChecksum, isUnlikely],
    user: settings.honourInlineComments ? [hasInlineComment, allowlist] : [allowlist],
  };
}
