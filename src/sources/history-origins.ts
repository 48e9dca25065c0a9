// Who brought a content into history, when, under which paths, and whether it stands in the current tree.
import { readObjects, readStamp } from './git-objects.ts';
import type { GitContext } from './git.ts';
import type { CommitAges } from './commit-ages.ts';
import { compareAges } from './commit-ages.ts';
import type { Change, HistoryIndex } from './history-index.ts';
import { showName } from './name-bytes.ts';
import type { CurrentFile } from './repository.ts';
import { listCurrentTree } from './repository.ts';
import { SourceFailure } from './source-failure.ts';

export interface Origin {
  /** The oldest commit that brought it; absent where no commit is known. */
  readonly commit?: CommitOrigin;
  /** Every path under which a commit brought it, the path of the oldest commit first. */
  readonly paths: readonly string[];
  /** Where it stands in the current tree. */
  readonly currentPaths: readonly string[];
}

interface CommitOrigin {
  readonly id: string;
  /** `Name <address>`. */
  readonly author: string;
  /** ISO 8601, UTC. */
  readonly date: string;
}

/** Of contents and messages that were named beforehand. */
export interface Origins {
  /** How old a content is among the others: later ones are older; -1 where no commit is known. */
  readonly rankOf: (id: string) => number;
  /** Whether the walk has met it. */
  readonly isMet: (id: string) => boolean;
  readonly isCurrent: (id: string) => boolean;
  /** Contents of the current tree by path: ids and paths that the walk may not have met. */
  readonly currentFiles: () => ReadonlyMap<string, string>;
  /** Every path under which a commit brought it, that of the oldest commit first. */
  readonly pathsOf: (id: string) => readonly string[];
  describe(ids: readonly string[]): Map<string, Origin>;
}

const COMMITS_PER_READ = 1000;

interface OriginsOptions {
  readonly context: GitContext;
  readonly index: HistoryIndex;
  readonly ages: CommitAges;
  /** Told what could not be read: it then counts as empty. */
  readonly complain: (message: string) => void;
}

/** To be called when the walk has ended. */
export function traceOrigins(options: OriginsOptions, ids: readonly string[]): Origins {
  const { context, index, complain } = options;
  const traces = trace(options, ids);
  const readTree = (): CurrentFile[] =>
    orElse(
      [],
      () => listCurrentTree(context),
      (message) => complain(`the current tree could not be read, nothing counts as present: ${message}`),
    );
  let known: Current | undefined;
  const current = (): Current => (known ??= readCurrent(readTree()));
  const rankOf = (id: string): number => traces.get(id)?.rank ?? -1;
  const pathsOf = (id: string): readonly string[] => traces.get(id)?.paths ?? [];
  return {
    rankOf,
    pathsOf,
    isMet: (id) => index.blobs.find(id) !== -1 || index.commits.find(id) !== -1,
    isCurrent: (id) => current().byId.has(id),
    currentFiles: () => current().byPath,
    describe: (wanted) => {
      const commits = wanted.flatMap((id) => traces.get(id)?.commit ?? []);
      const stamps = orElse<Map<string, Stamp>>(
        new Map(),
        () => readStamps(context, [...new Set(commits)]),
        (message) => complain(`authors and dates of commits could not be read: ${message}`),
      );
      return new Map(
        wanted.map((id) => {
          const commit = traces.get(id)?.commit;
          const stamp = commit === undefined ? undefined : stamps.get(commit);
          const currentPaths = current().byId.get(id) ?? [];
          const origin = commit !== undefined && stamp ? { commit: { id: commit, ...stamp } } : {};
          return [id, { paths: pathsOf(id), currentPaths, ...origin }];
        }),
      );
    },
  };
}

interface Trace {
  readonly rank: number;
  /** The oldest commit that brought it. */
  readonly commit: string;
  readonly paths: readonly string[];
}

function trace({ index, ages }: OriginsOptions, ids: readonly string[]): Map<string, Trace> {
  const { blobs, commits } = index;
  const changes = index.findChanges(new Set(ids.map((id) => blobs.find(id)).filter((blob) => blob !== -1)));
  const changesOf = (id: string): Change[] => {
    const commit = commits.find(id);
    return commit === -1 ? (changes.get(blobs.find(id)) ?? []) : [{ commit, path: '' }];
  };
  const named = new Set(ids.flatMap((id) => changesOf(id).map(({ commit }) => commit)));
  const ranks = rankCommits([...named], { index, ages });
  return new Map(
    ids.flatMap((id): [string, Trace][] => {
      const oldestFirst = changesOf(id)
        .toSorted((a, b) => ranks.get(a.commit)! - ranks.get(b.commit)!)
        .toReversed();
      const [oldest] = oldestFirst;
      if (!oldest) return [];
      const paths = oldestFirst.map(({ path }) => path).filter((path) => path !== '');
      const shown = paths.map((path) => showName(Buffer.from(path, 'latin1')));
      return [
        [
          id,
          {
            rank: ranks.get(oldest.commit)!,
            commit: commits.idOf(oldest.commit),
            paths: [...new Set(shown)],
          },
        ],
      ];
    }),
  );
}

/** By age; where that is not known, in the order of the walk. */
function rankCommits(
  named: number[],
  { index, ages }: Pick<OriginsOptions, 'index' | 'ages'>,
): Map<number, number> {
  const ids = new Map(named.map((commit) => [commit, index.commits.idOf(commit)]));
  const known = ages.read([...ids.values()]);
  const compare = (a: number, b: number): number => {
    const [idOfA, idOfB] = [ids.get(a)!, ids.get(b)!];
    if (!known) return a - b;
    return compareAges(known.get(idOfA)!, known.get(idOfB)!) || (idOfA < idOfB ? -1 : 1);
  };
  return new Map(named.toSorted(compare).map((commit, rank) => [commit, rank]));
}

interface Current {
  readonly byId: ReadonlyMap<string, readonly string[]>;
  readonly byPath: ReadonlyMap<string, string>;
}

/** What was found elsewhere is reported, whatever else is damaged. */
function orElse<T>(empty: T, read: () => T, complain: (message: string) => void): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    complain(error.message);
    return empty;
  }
}

function readCurrent(files: readonly CurrentFile[]): Current {
  const byId = new Map<string, string[]>();
  const byPath = new Map<string, string>();
  for (const { id, path } of files) {
    const shown = showName(Buffer.from(path, 'latin1'));
    byPath.set(shown, id);
    const paths = byId.get(id);
    if (paths) paths.push(shown);
    else byId.set(id, [shown]);
  }
  return { byId, byPath };
}

type Stamp = Omit<CommitOrigin, 'id'>;

function readStamps(context: GitContext, commits: readonly string[]): Map<string, Stamp> {
  const stamps = new Map<string, Stamp>();
  for (let at = 0; at < commits.length; at += COMMITS_PER_READ) {
    const contents = readObjects(context, commits.slice(at, at + COMMITS_PER_READ));
    for (const [id, content] of contents) stamps.set(id, readStamp(content));
  }
  return stamps;
}
