// Files as the index holds them, whether or not a change is staged of them.
import { readBatch } from './git-objects.ts';
import type { GitContext } from './git.ts';
import { runGit } from './git.ts';
import { showName } from './name-bytes.ts';

export interface IndexFile {
  /** As git writes it, such as `100644`. */
  readonly mode: string;
  readonly id: string;
}

/**
 * All but those in conflict, by path.
 * @throws SourceFailure where git does not read the index
 */
export function listIndexFiles(context: GitContext): Map<string, IndexFile> {
  const output = runGit(context, ['ls-files', '--stage', '--full-name', '-z', '--', ':/']);
  const files = new Map<string, IndexFile>();
  for (const entry of output.toString('latin1').split('\0')) {
    const [, mode, id, name] = /^(\d+) (\w+) 0\t([^]+)$/.exec(entry) ?? [];
    if (name !== undefined) files.set(showName(Buffer.from(name, 'latin1')), { mode: mode!, id: id! });
  }
  return files;
}

/** What the next commit would hold of a file at the top of the work tree, and what the last one does. */
export interface StagedFile {
  readonly staged?: Uint8Array;
  readonly committed?: Uint8Array;
}

/**
 * One run of git. What is intended to be added is empty in the index, and no part of the commit.
 * @throws SourceFailure where git does not read the repository
 */
export function readStagedFiles(context: GitContext, names: readonly string[]): Map<string, StagedFile> {
  const objects = readBatch(
    context,
    names.flatMap((name) => [`:0:${name}`, `HEAD:${name}`]),
  );
  const contents = objects.map((object) =>
    object?.type === 'blob' && object.content.length > 0 ? object.content : undefined,
  );
  return new Map(
    names.map((name, index) => {
      const [staged, committed] = contents.slice(2 * index);
      return [name, { ...(staged ? { staged } : {}), ...(committed ? { committed } : {}) }];
    }),
  );
}
