// Files as a revision holds them, whatever lies in the folder.
import { UserError } from '../model/user-error.ts';
import { readObjects } from './git-objects.ts';
import type { GitContext } from './git.ts';
import { runGit } from './git.ts';
import { listTreeOf, resolveCommit } from './repository.ts';
import { showName } from './name-bytes.ts';
import { SourceFailure } from './source-failure.ts';

export interface RevisionFiles {
  /** Id of the commit. */
  readonly commit: string;
  /** Contents of those that the revision has. Paths are relative to the folder, as reports show them. */
  read(paths: readonly string[]): Map<string, Uint8Array>;
}

/**
 * @param context its folder is the one that paths are relative to
 * @throws UserError for a revision that does not exist
 * @throws SourceFailure where git does not read the repository
 */
function openRevision(context: GitContext, revision: string): RevisionFiles {
  const commit = resolveCommit(context, revision);
  let ids: Map<string, string> | undefined;
  const listIds = (): Map<string, string> => {
    const prefix = readPrefix(context);
    const files = listTreeOf(context, commit).map(({ id, path }) => ({
      id,
      path: showName(Buffer.from(path, 'latin1')),
    }));
    return new Map(
      files
        .filter(({ path }) => path.startsWith(prefix))
        .map(({ id, path }) => [path.slice(prefix.length), id]),
    );
  };
  return {
    commit,
    read: (paths) => {
      ids ??= listIds();
      const wanted = paths.flatMap((path) => ids!.get(path) ?? []);
      const contents = readObjects(context, [...new Set(wanted)]);
      return new Map(
        paths.flatMap((path) => {
          const content = contents.get(ids!.get(path) ?? '');
          return content ? [[path, content]] : [];
        }),
      );
    },
  };
}

/** The folder within its work tree, with a slash at its end; empty at the top. */
function readPrefix(context: GitContext): string {
  return runGit(context, ['rev-parse', '--show-prefix']).toString('utf8').replace(/\n$/, '');
}

/** What goes wrong with a revision that the user has named is the user's to mend. */
export function openNamedRevision(context: GitContext, revision: string): RevisionFiles {
  try {
    return openRevision(context, revision);
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    throw new UserError(
      `cannot read '${revision}': ${error.message}`,
      error.hint ? { hint: error.hint } : {},
    );
  }
}
