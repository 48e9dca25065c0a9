// What the user named on the command line: files, folders and globs → where walks begin, and what paths are relative to.
import { realpathSync, statSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { explainFileError } from '../model/file-error.ts';
import { UserError } from '../model/user-error.ts';
import { SourceFailure } from './source-failure.ts';

export interface Start {
  /** Absolute, links resolved. */
  readonly path: string;
  readonly type: 'file' | 'folder' | 'other';
}

/**
 * Every start once, in the order in which they were named.
 * @throws UserError for a path that does not exist, SourceFailure for a folder that a glob has to read and cannot
 */
export async function resolveStarts(paths: readonly string[], workingFolder: string): Promise<Start[]> {
  const starts = new Map<string, Start>();
  for (const path of paths) {
    for (const start of await resolvePath(path, workingFolder)) starts.set(start.path, start);
  }
  return [...starts.values()];
}

async function resolvePath(path: string, workingFolder: string): Promise<Start[]> {
  try {
    // A link that the user names is followed: it is not the tree's word but the user's.
    const real = realpathSync(resolve(workingFolder, path));
    const stats = statSync(real);
    if (stats.isDirectory()) return [{ path: real, type: 'folder' }];
    return [{ path: real, type: stats.isFile() ? 'file' : 'other' }];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG';
    const found = isMissing ? await expandGlob(path, workingFolder) : undefined;
    if (found && found.length > 0) return found;
    const problem = found ? 'no file matches' : explainFileError(error);
    const hint = path === '-' ? '--stdin scans standard input' : 'name a file, a folder or a glob';
    throw new UserError(`cannot scan '${path}': ${problem}`, { hint });
  }
}

/** The files that a glob matches, as a shell would list them: whatever .gitignore says. Undefined where it is no glob. */
async function expandGlob(pattern: string, workingFolder: string): Promise<Start[] | undefined> {
  const { default: glob } = await import('fast-glob');
  if (!glob.isDynamicPattern(pattern)) return undefined;
  const cwd = realpathSync(workingFolder);
  const options = { cwd, absolute: true, dot: true, followSymbolicLinks: false, ignore: ['**/.git/**'] };
  try {
    const found = await glob(pattern, options);
    return found.sort().map((path) => ({ path: resolve(path), type: 'file' }));
  } catch (error) {
    throw new SourceFailure('unreadable', `cannot expand '${pattern}': ${explainFileError(error)}`);
  }
}

/**
 * The folder that reported paths are relative to: the one folder that was named; else the working folder, where
 * everything named lies in it; else the nearest folder that holds everything named.
 */
export function findRoot(starts: readonly Start[], workingFolder: string): string {
  const [first] = starts;
  if (first && starts.length === 1 && first.type === 'folder') return first.path;
  const working = realpathSync(workingFolder);
  if (!first || starts.every(({ path }) => isWithin(path, working))) return working;
  let root = dirname(first.path);
  while (!starts.every(({ path }) => isWithin(path, root))) root = dirname(root);
  return root;
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** The path from a folder to what lies in it, with forward slashes; empty for the folder itself. */
export function toRelative(path: string, folder: string): string {
  const inside = relative(folder, path);
  return sep === '/' ? inside : inside.replaceAll(sep, '/');
}
