// Who brought a content into history, when, under which paths, and whether it stands in the current tree.
import { readObjects, readStamp } from './git-objects.ts';
import type { GitContext } from './git.ts';
import type { HistoryIndex } from './history-index.ts';
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

export interface Origins {
  /** How old a content is among the others: later ones are older; -1 where no commit is known. */
  readonly rankOf: (id: string) => number;
  readonly isCurrent: (id: string) => boolean;
  /** Contents of the current tree by path: ids and paths that the walk may not have met. */
  readonly currentFiles: () => ReadonlyMap<string, string>;
  /** Every path under which a commit brought these contents, that of the oldest commit first. */
  locate(ids: readonly string[]): Map<string, readonly string[]>;
  describe(ids: readonly string[]): Map<string, Origin>;
}

const COMMITS_PER_READ = 1000;

interface OriginsOptions {
  readonly context: GitContext;
  readonly index: HistoryIndex;
  /** Told what could not be read: it then counts as empty. */
  readonly complain: (message: string) => void;
}

/** To be asked when the walk has ended. */
export function createOrigins({ context, index, complain }: OriginsOptions): Origins {
  const tree = (): CurrentFile[] =>
    orElse(
      [],
      () => listCurrentTree(context),
      (message) => complain(`the current tree could not be read, nothing counts as present: ${message}`),
    );
  let known: { first: Int32Array; current: Current } | undefined;
  const know = (): { first: Int32Array; current: Current } =>
    (known ??= { first: index.findFirstCommits(), current: readCurrent(tree()) });
  const rankOf = (id: string): number => {
    const commit = index.commits.find(id);
    if (commit !== -1) return commit;
    const blob = index.blobs.find(id);
    return blob === -1 ? -1 : (know().first[blob] ?? -1);
  };
  return {
    rankOf,
    locate: (ids) => locate(index, ids),
    isCurrent: (id) => know().current.byId.has(id),
    currentFiles: () => know().current.byPath,
    describe: (ids) => {
      const commits = [...new Set(ids.map(rankOf))]
        .filter((rank) => rank >= 0)
        .map((rank) => index.commits.idOf(rank));
      const stamps = orElse<Map<string, Stamp>>(
        new Map(),
        () => readStamps(context, commits),
        (message) => complain(`authors and dates of commits could not be read: ${message}`),
      );
      const located = locate(index, ids);
      return new Map(
        ids.map((id) => {
          const rank = rankOf(id);
          const commitId = rank < 0 ? undefined : index.commits.idOf(rank);
          const stamp = commitId === undefined ? undefined : stamps.get(commitId);
          const paths = located.get(id)!;
          const currentPaths = know().current.byId.get(id) ?? [];
          return [
            id,
            { paths, currentPaths, ...(commitId && stamp ? { commit: { id: commitId, ...stamp } } : {}) },
          ];
        }),
      );
    },
  };
}

function locate(index: HistoryIndex, ids: readonly string[]): Map<string, readonly string[]> {
  const blobs = new Set(ids.map((id) => index.blobs.find(id)).filter((blob) => blob !== -1));
  const changes = index.findChanges(blobs);
  return new Map(
    ids.map((id) => {
      const oldestFirst = (changes.get(index.blobs.find(id)) ?? []).toReversed();
      return [id, [...new Set(oldestFirst.map(({ path }) => showName(Buffer.from(path, 'latin1'))))]];
    }),
  );
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
