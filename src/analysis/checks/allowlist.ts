// Findings that the project's configuration accepts, by path, rule and pattern, until a date.
import type { AllowEntry } from '../../model/config.ts';
import type { Check } from './check.ts';

export interface AllowlistOptions {
  readonly entries: readonly AllowEntry[];
  /** Makes a predicate on paths from globs in .gitignore syntax. */
  readonly createPathMatcher: (globs: readonly string[]) => (path: string) => boolean;
  /** ISO date of the scan; an entry holds up to and including its own date. */
  readonly today: string;
}

/** Values beyond this length are not tried against patterns. */
const MAX_VALUE_LENGTH = 4096;

export function createAllowlistCheck(options: AllowlistOptions): Check {
  const tests = options.entries
    .filter((entry) => entry.expires === undefined || entry.expires >= options.today)
    .map((entry) => createTest(entry, options));
  return (candidate) => {
    const entry = tests.find((test) => test.accepts(candidate));
    return entry && { by: 'allowlist', because: entry.reason };
  };
}

type Test = { accepts: (candidate: Parameters<Check>[0]) => boolean; reason: string };

function createTest(entry: AllowEntry, options: AllowlistOptions): Test {
  const matchesPath = entry.paths && options.createPathMatcher(entry.paths);
  const pattern = entry.pattern === undefined ? undefined : new RegExp(entry.pattern);
  return {
    reason: entry.reason,
    accepts: ({ path, rule, value }) =>
      (!matchesPath || matchesPath(path)) &&
      (!entry.rules || entry.rules.includes(rule.id)) &&
      (!pattern || (value.length <= MAX_VALUE_LENGTH && pattern.test(value))),
  };
}
