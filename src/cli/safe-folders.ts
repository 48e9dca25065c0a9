// Repositories of other users that the user has declared to be safe. Git is run without the user's configuration,
// so that it must be told.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { parse } from 'node:path';

/**
 * The `safe.directory` entries of the user's and the system's configuration, never those of a repository. Asked for
 * only where a folder belongs to someone else.
 */
export function readSafeFolders(folder: string): { safeFolders?: readonly string[] } {
  if (isOwn(folder)) return {};
  const { PATH = '', HOME, XDG_CONFIG_HOME, GIT_CONFIG_GLOBAL, GIT_CONFIG_SYSTEM } = process.env;
  try {
    const output = execFileSync('git', ['config', '--null', '--get-all', 'safe.directory'], {
      // No repository lies around the root of the file system.
      cwd: parse(folder).root,
      env: { PATH, HOME, XDG_CONFIG_HOME, GIT_CONFIG_GLOBAL, GIT_CONFIG_SYSTEM },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return { safeFolders: output.split('\0').filter(Boolean) };
  } catch {
    return {};
  }
}

function isOwn(folder: string): boolean {
  try {
    return process.getuid === undefined || statSync(folder).uid === process.getuid();
  } catch {
    return true;
  }
}
