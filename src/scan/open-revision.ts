// What git holds of a few files, for the command line: at the revision before a change, whose configuration and comments
// may be obeyed, and in the index, which is what the next commit holds.
import type { GitContext } from '../sources/git.ts';
import type { StagedFile } from '../sources/index-files.ts';
import { readStagedFiles } from '../sources/index-files.ts';
import type { RevisionFiles } from '../sources/revision-files.ts';
import { openNamedRevision } from '../sources/revision-files.ts';
import { SourceFailure } from '../sources/source-failure.ts';

export type Revision = RevisionFiles;

/** @throws UserError for a revision that does not exist, or a folder that is in no repository */
export function openBase(context: GitContext, revision: string): Revision {
  return openNamedRevision(context, revision);
}

/** None where git does not read the repository: the scan says so. */
export function readIndex(context: GitContext, names: readonly string[]): ReadonlyMap<string, StagedFile> {
  try {
    return readStagedFiles(context, names);
  } catch (error) {
    if (error instanceof SourceFailure) return new Map();
    throw error;
  }
}
