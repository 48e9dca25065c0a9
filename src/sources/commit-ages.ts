// Which of two commits is the older one, whatever leads to them: a part of history that is walked later fits in.
import type { GitContext } from './git.ts';
import { runGit } from './git.ts';
import { createObjectTable } from './object-table.ts';
import { SourceFailure } from './source-failure.ts';

/** A commit is never older than its parents, whatever its clock said and however many fall in one second. */
export interface CommitAge {
  /** Seconds since 1970, of the commit or of the latest of its ancestors. */
  readonly time: number;
  /** Commits in the longest line to a first one. */
  readonly depth: number;
}

export interface CommitAges {
  /** What an earlier scan has read. */
  add(id: string, age: CommitAge): void;
  /** Those of all these commits; undefined where git cannot list them. Git is asked only for what is not known. */
  read(ids: readonly string[]): ReadonlyMap<string, CommitAge> | undefined;
}

interface AgesOptions {
  readonly context: GitContext;
  /** What `rev-list` is told to list. */
  readonly revisions: readonly string[];
  readonly digits: number;
}

export function createCommitAges(options: AgesOptions): CommitAges {
  const known = new Map<string, CommitAge>();
  return {
    add: (id, age) => known.set(id, age),
    read: (ids) => {
      const unknown = ids.filter((id) => !known.has(id));
      if (unknown.length > 0) for (const [id, age] of computeAges(options, unknown)) known.set(id, age);
      return ids.every((id) => known.has(id)) ? known : undefined;
    },
  };
}

/** The newest first; the same order for the same commits in any repository. */
export function compareAges(a: CommitAge, b: CommitAge): number {
  return b.time - a.time || b.depth - a.depth;
}

const LIST: readonly string[] = ['rev-list', '--topo-order', '--reverse', '--timestamp', '--parents'];
const BLANK = 0x20;

function computeAges(
  { context, revisions, digits }: AgesOptions,
  wanted: readonly string[],
): [string, CommitAge][] {
  const lines = tryToRun(context, [...LIST, ...revisions]);
  const commits = createObjectTable(digits);
  const times: number[] = [];
  const depths: number[] = [];
  for (let at = 0; at < lines.length;) {
    const end = lines.indexOf('\n', at);
    const idAt = lines.indexOf(BLANK, at) + 1;
    let time = Number(lines.toString('latin1', at, idAt));
    let depth = 0;
    // Parents have been listed before, but for those that are not asked for.
    for (let parentAt = idAt + digits + 1; parentAt < end; parentAt += digits + 1) {
      const parent = commits.add(lines, parentAt);
      time = Math.max(time, times[parent] ?? 0);
      depth = Math.max(depth, depths[parent] ?? 0);
    }
    const commit = commits.add(lines, idAt);
    times[commit] = time;
    depths[commit] = depth + 1;
    at = end + 1;
  }
  return wanted.flatMap((id): [string, CommitAge][] => {
    const commit = commits.find(id);
    const [time, depth] = [times[commit], depths[commit]];
    return time === undefined || depth === undefined ? [] : [[id, { time, depth }]];
  });
}

function tryToRun(context: GitContext, args: readonly string[]): Buffer {
  try {
    return runGit(context, args);
  } catch (error) {
    if (error instanceof SourceFailure) return Buffer.alloc(0);
    throw error;
  }
}
