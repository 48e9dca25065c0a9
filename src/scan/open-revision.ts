// The revision before a change, for the command line: whose configuration it may obey, and whose comments.
import type { GitContext } from '../sources/git.ts';
import type { RevisionFiles } from '../sources/revision-files.ts';
import { openNamedRevision } from '../sources/revision-files.ts';

export type Revision = RevisionFiles;

/** @throws UserError for a revision that does not exist, or a folder that is in no repository */
export function openBase(context: GitContext, revision: string): Revision {
  return openNamedRevision(context, revision);
}
