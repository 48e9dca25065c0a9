// Where the operating system wants caches to lie.
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Absolute path of our folder in the user's cache folder. */
export function findCacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === 'win32')
    return join(LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'nhi-scan');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'nhi-scan');
  const isNamed = XDG_CACHE_HOME !== undefined && isAbsolute(XDG_CACHE_HOME);
  return join(isNamed ? XDG_CACHE_HOME : join(homedir(), '.cache'), 'nhi-scan');
}
