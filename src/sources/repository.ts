// What must be known of a repository before its history is read: what is whole, what is not, and what it borrows.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../model/user-error.ts';
import type { GitContext } from './git.ts';
import { runGit } from './git.ts';
import { SourceFailure } from './source-failure.ts';

export interface Repository {
  /** Hexadecimal digits of an object id. */
  readonly digits: number;
  /** Ids of commits whose parents were cut off when the repository was fetched. Empty for a whole one. */
  readonly cutCommits: readonly string[];
  /** Folders of other repositories whose objects this one uses as its own. */
  readonly alternates: readonly string[];
  /** Objects may be missing that were promised by the repository that it was cloned from. */
  readonly isPartial: boolean;
}

/** @throws SourceFailure where there is no repository, or git does not read it */
export function openRepository(context: GitContext): Repository {
  const answer = runGit(context, ['rev-parse', '--show-object-format', '--git-common-dir']);
  const [format, folder = ''] = answer.toString('utf8').split('\n');
  const common = resolve(context.folder, folder);
  return {
    digits: format === 'sha256' ? 64 : 40,
    cutCommits: readLines(join(common, 'shallow')),
    isPartial: readLines(join(common, 'config')).some((line) => /^\s*(promisor|partialclone)\b/i.test(line)),
    alternates: readLines(join(common, 'objects', 'info', 'alternates')).map((path) =>
      resolve(common, 'objects', path),
    ),
  };
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
  } catch {
    return [];
  }
}

/**
 * The id of the commit that a name stands for.
 * @throws UserError where it stands for none
 */
export function resolveCommit(context: GitContext, name: string): string {
  try {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
    const id = runGit(context, args).toString('latin1').trim();
    // `^main` is what is not to be listed.
    if (/^[0-9a-f]+$/.test(id)) return id;
  } catch (error) {
    if (!(error instanceof SourceFailure) || !NO_COMMIT.test(error.message)) throw error;
  }
  throw new UserError(`there is no commit '${name}'`, { hint: 'name a branch, a tag or a commit' });
}

const NO_COMMIT = /exit code 1$|fatal|expected commit type/;

/** A file of the current tree; of a bare repository, of the tree that its HEAD names. */
export interface CurrentFile {
  readonly id: string;
  /** In bytes, one character each. */
  readonly path: string;
}

/** Nothing before the first commit. */
export function listCurrentTree(context: GitContext, revision = 'HEAD'): CurrentFile[] {
  try {
    return listTreeOf(context, resolveCommit(context, revision));
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

/** Files and links of a tree; submodules are left out. */
export function listTreeOf(context: GitContext, id: string): CurrentFile[] {
  const output = runGit(context, ['ls-tree', '-r', '-z', '--full-tree', id]).toString('latin1');
  return output.split('\0').flatMap((entry): CurrentFile[] => {
    const tab = entry.indexOf('\t');
    const [, type, object] = entry.slice(0, tab).split(' ');
    return type === 'blob' && object !== undefined ? [{ id: object, path: entry.slice(tab + 1) }] : [];
  });
}
