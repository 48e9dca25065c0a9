// Rules for engine tests, of every shape that the engine treats differently.
import type { RuleMatcher } from '../../src/model/rule.ts';
import { findBytesAfterKeywords, findBytesBefore } from '../../src/rules/keyword-neighbours.ts';

export function createMatcher(
  fields: Pick<RuleMatcher, 'id' | 'keywords' | 'pattern'> & Partial<RuleMatcher>,
): RuleMatcher {
  const { pattern, keywords, ignoreCase = false, lookback = 0 } = fields;
  const before = lookback === 0 ? findBytesBefore(pattern, ignoreCase) : undefined;
  return {
    ...(before === undefined ? {} : { beforeKeyword: before }),
    ...(lookback === 0 ? { afterKeyword: findBytesAfterKeywords(pattern, keywords, ignoreCase) } : {}),
    provider: 'Sample',
    kind: 'secret',
    shape: 'prefixed',
    ignoreCase: false,
    lookback: 0,
    reach: 64,
    assigned: false,
    literal: false,
    severity: 'high',
    confidence: 'high',
    lifetime: 'unknown',
    opensSecrets: false,
    requires: [],
    ...fields,
  };
}

export const SAMPLE_RULES: readonly RuleMatcher[] = [
  createMatcher({ id: 'plain-token', keywords: ['tkn_'], pattern: 'tkn_[0-9a-z]{8}(?![0-9a-z])' }),
  createMatcher({
    id: 'short-keyword',
    keywords: ['sk-'],
    pattern: '(?<![0-9a-z])sk-[0-9a-z]{10}(?![0-9a-z])',
  }),
  createMatcher({
    id: 'two-keywords',
    keywords: ['alpha_live_', 'beta_live_'],
    pattern: '(?:alpha|beta)_live_(?<secret>[0-9A-F]{6})',
  }),
  createMatcher({
    id: 'looks-back',
    keywords: ['-us1'],
    pattern: '(?<secret>[0-9a-f]{12})-us1',
    lookback: 12,
  }),
  createMatcher({
    id: 'assigned-word',
    keywords: ['password', 'pwd'],
    pattern: '(?:password|pwd)\\w{0,8}\\s{0,4}[=:]\\s{0,4}["\']?(?<secret>[^\\s\\0"\']{4,24})',
    ignoreCase: true,
    assigned: true,
    shape: 'generic',
  }),
];
