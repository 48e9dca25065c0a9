// What paths alone say of the contents of history: by the rules that run, and by what the configuration accepts.
import type { PathClasses } from '../analysis/path-class.ts';
import { createPathClasses } from '../analysis/path-class.ts';
import type { AllowEntry } from '../model/config.ts';
import { openRules } from '../model/packed-rules.ts';
import type { RuleSet } from '../model/rule.ts';
import { createPathMatcher } from '../sources/path-matcher.ts';

export function classifyPaths({ rules }: RuleSet, allow: readonly AllowEntry[]): PathClasses {
  const matchers = allow.flatMap(({ paths }) => (paths ? [createPathMatcher(paths)] : []));
  return createPathClasses(openRules(rules), matchers);
}
