// The flags that ask for history → what is asked for.
import { statSync } from 'node:fs';
import { UserError } from '../model/user-error.ts';
import type { HistoryRequest } from '../scan/open-source.ts';
import { findCacheFolder } from './cache-folder.ts';
import { readSafeFolders } from './safe-folders.ts';

export interface HistoryFlags {
  readonly history?: boolean;
  readonly since?: string;
  readonly branch?: string;
  readonly range?: string;
  readonly unreachable?: boolean;
  /** False where nothing may be kept between scans. */
  readonly cache?: boolean;
}

/** @throws UserError for flags that contradict each other, and for a path that is no folder */
export function checkHistoryFlags(paths: readonly string[], flags: HistoryFlags): void {
  const parts = (['since', 'branch', 'range', 'unreachable'] as const).filter((name) => flags[name]);
  const needy = [...parts, ...(flags.cache === false ? ['no-cache'] : [])];
  if (needy.length > 0 && !flags.history) throw new UserError(`--${needy[0]} needs --history`);
  const isAll = parts.every((name) => name === 'since' || name === 'unreachable');
  if (parts.length > 1 && !isAll) {
    throw new UserError(`--${parts[0]} and --${parts[1]} exclude each other`, {
      hint: 'leave out one of them',
    });
  }
  if (flags.history) checkHistoryPath(paths);
}

function checkHistoryPath([path = '.', ...others]: readonly string[]): void {
  const hint = 'name a folder of the repository';
  if (others.length > 0) throw new UserError('--history takes one path at most', { hint });
  if (isFolder(path)) return;
  throw new UserError(`cannot scan the history of '${path}': there is no such folder`, { hint });
}

/** False where the path cannot be read, too. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** @param folder absolute, in the repository */
export function toHistoryRequest(folder: string, flags: HistoryFlags): HistoryRequest {
  return {
    kind: 'history',
    folder,
    environment: process.env,
    isHook: false,
    ...readSafeFolders(folder),
    scope: toScope(flags),
    ...(flags.cache === false ? {} : { cache: { folder: findCacheFolder(), key: identifyProgram() } }),
  };
}

/** Another build may find more under the same version. */
function identifyProgram(): string {
  return String(statSync(new URL(import.meta.url)).mtimeMs);
}

function toScope({ since, branch, range, unreachable }: HistoryFlags): HistoryRequest['scope'] {
  if (branch !== undefined) return { kind: 'branch', name: branch };
  if (range !== undefined) return { kind: 'range', range };
  return { kind: 'all', unreachable: unreachable === true, ...(since === undefined ? {} : { since }) };
}
