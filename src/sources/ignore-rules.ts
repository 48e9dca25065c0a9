// The patterns of one .gitignore file, looked up by name: a large file costs a name that fits none of them little.
// Our own, because the package `ignore` makes regular expressions of them, which a hostile tree can make backtrack for hours.
import type { Segment } from './glob-segment.ts';
import { matchesPath, matchesSegment, parseSegments } from './glob-segment.ts';

/** What is asked about, in bytes (see `toByteText`). */
export interface IgnoreSubject {
  /** Last part of the path. */
  readonly name: string;
  /** Forward slashes, none at either end. */
  readonly path: string;
  readonly isFolder: boolean;
}

export interface IgnoreRules {
  /**
   * What the last pattern that fits says of this path, whatever it says of the folders above.
   * @param from where, in the subject's path, the part begins that is relative to the patterns' folder
   * @returns undefined where no pattern fits
   */
  judge(subject: IgnoreSubject, from: number): 'ignored' | 'kept' | undefined;
}

interface Pattern {
  /** Later patterns win. */
  readonly rank: number;
  readonly verdict: 'ignored' | 'kept';
  readonly isForFolders: boolean;
  /** Without a slash a pattern is about names, in any folder. */
  readonly isForNames: boolean;
  readonly segments: readonly Segment[];
}

/**
 * @param text in bytes, one character each: the lines of a .gitignore file
 * @returns undefined where no line is a pattern
 */
export function parseIgnoreRules(text: string): IgnoreRules | undefined {
  const patterns = text
    .replace(/^\u00EF\u00BB\u00BF/, '')
    .split('\n')
    .map((line, rank) => parsePattern(line.replace(/\r$/, ''), rank))
    .filter((pattern) => pattern !== undefined);
  return patterns.length === 0 ? undefined : createRules(patterns);
}

function parsePattern(line: string, rank: number): Pattern | undefined {
  if (line.startsWith('#')) return undefined;
  const isKept = line.startsWith('!');
  const trimmed = trimSpaces(isKept ? line.slice(1) : line);
  const isForFolders = trimmed.endsWith('/');
  const body = isForFolders ? trimmed.slice(0, -1) : trimmed;
  const segments = body === '' ? undefined : parseSegments(body.replace(/^\//, ''));
  if (!segments) return undefined;
  return {
    rank,
    verdict: isKept ? 'kept' : 'ignored',
    isForFolders,
    isForNames: !body.includes('/'),
    segments,
  };
}

/** Blanks at the end do not count, unless a backslash stands before them. */
function trimSpaces(line: string): string {
  let end = 0;
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line[at] === ' ') continue;
    end = at + 1;
  }
  return line.slice(0, end);
}

/** Patterns by what a name must be for them to fit; the last pattern of a list comes first. */
interface Index {
  readonly byName: Map<string, Pattern[]>;
  /** By the last byte of the literal that ends the pattern. */
  readonly bySuffix: (Pattern[] | undefined)[];
  readonly others: Pattern[];
}

function createRules(patterns: readonly Pattern[]): IgnoreRules {
  const index: Index = { byName: new Map(), bySuffix: [], others: [] };
  for (const pattern of [...patterns].reverse()) listFor(index, pattern.segments.at(-1)!).push(pattern);
  return {
    judge: (subject, from) => {
      let best = findFirst(index.others, subject, { from, above: undefined });
      best = findFirst(index.byName.get(subject.name), subject, { from, above: best });
      best = findFirst(index.bySuffix[subject.name.charCodeAt(subject.name.length - 1)], subject, {
        from,
        above: best,
      });
      return best?.verdict;
    },
  };
}

function listFor({ byName, bySuffix, others }: Index, last: Segment): Pattern[] {
  if (last.kind === 'literal') {
    const list = byName.get(last.text) ?? [];
    byName.set(last.text, list);
    return list;
  }
  if (last.kind === 'suffix' && last.text !== '')
    return (bySuffix[last.text.charCodeAt(last.text.length - 1)] ??= []);
  return others;
}

/** The first pattern of a list that fits and ranks above the one found so far; else that one. */
function findFirst(
  list: readonly Pattern[] | undefined,
  subject: IgnoreSubject,
  { from, above }: { from: number; above: Pattern | undefined },
): Pattern | undefined {
  for (const pattern of list ?? []) {
    if (above && pattern.rank < above.rank) break;
    if (isFitting(pattern, subject, from)) return pattern;
  }
  return above;
}

function isFitting(pattern: Pattern, { name, path, isFolder }: IgnoreSubject, from: number): boolean {
  if (pattern.isForFolders && !isFolder) return false;
  const { segments } = pattern;
  if (!matchesSegment(segments.at(-1)!, name)) return false;
  return pattern.isForNames || matchesPath(segments, path.slice(from).split('/'));
}
