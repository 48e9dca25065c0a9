// Globs in .gitignore syntax as a predicate on relative paths: one syntax for all path patterns.
import type { IgnoreRules } from './ignore-rules.ts';
import { parseIgnoreRules } from './ignore-rules.ts';
import { toByteText } from './name-bytes.ts';

/** @param path relative, forward slashes; a slash at the end says that it is a folder */
export type PathMatcher = (path: string) => boolean;

/**
 * Matches a path that a pattern fits, or one in a folder that a pattern fits.
 * @param globs lines of a .gitignore file at the root: later ones win, `!` takes back
 */
export function createPathMatcher(globs: readonly string[]): PathMatcher {
  const rules = parseIgnoreRules(toByteText(globs.join('\n')));
  return rules ? (path) => isMatching(rules, path) : () => false;
}

function isMatching(rules: IgnoreRules, path: string): boolean {
  const bytes = toByteText(path);
  for (let start = 0; start < bytes.length;) {
    const slash = bytes.indexOf('/', start);
    const end = slash === -1 ? bytes.length : slash;
    const subject = { name: bytes.slice(start, end), path: bytes.slice(0, end), isFolder: slash !== -1 };
    // As in git, what lies in a folder that is matched cannot be taken back.
    if (rules.judge(subject, 0) === 'ignored') return true;
    start = end + 1;
  }
  return false;
}
