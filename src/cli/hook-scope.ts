// Which commits a hook scans: those that a push brings to where they are not yet.
import type { HistoryRequest } from '../scan/open-source.ts';
import type { Update } from './hook-input.ts';
import { isId } from './hook-input.ts';
import { askGit } from './hook-place.ts';

export type CommitScope = Extract<HistoryRequest['scope'], { kind: 'commits' }>;

/**
 * What the remote does not have, as far as this repository knows.
 * @param args the name of the remote, where it has one, and its address
 */
export function toPushScope(updates: readonly Update[], args: readonly string[]): CommitScope {
  return {
    kind: 'commits',
    include: listNew(updates),
    exclude: updates.map(({ older }) => older).filter(isId),
    known: listTracking(args),
  };
}

/** What could be pushed: all branches and tags, and what is checked out. */
export function toLocalScope(args: readonly string[]): CommitScope {
  const refs = askGit(process.cwd(), ['for-each-ref', '--format=%(objectname)', 'refs/heads', 'refs/tags']);
  const trees = askGit(process.cwd(), ['worktree', 'list', '--porcelain']);
  const heads = [...trees.matchAll(/^HEAD (\w+)$/gm)].map(([, id]) => id!);
  const ids = [...refs.split('\n'), ...heads].filter((id) => id !== '' && isId(id));
  return {
    kind: 'commits',
    include: [...new Set(ids)].map((id) => ({ id })),
    exclude: [],
    known: listTracking(args),
  };
}

/** What no ref of this repository has: none has been moved yet. */
export function toReceiveScope(updates: readonly Update[]): CommitScope {
  return { kind: 'commits', include: listNew(updates), exclude: [], known: ['--all'] };
}

/** With the name of a ref where that is new, too: an old one is published already. */
function listNew(updates: readonly Update[]): CommitScope['include'] {
  return updates
    .filter(({ newer }) => isId(newer))
    .map(({ newer, older, ref }) => ({ id: newer, ...(isId(older) ? {} : { ref }) }));
}

/**
 * The refs that say what a remote has. None for a push by address, or to another address than the refs come from: what
 * other places have says nothing of this one.
 * @returns arguments of `rev-list`
 */
function listTracking([name = '', address = '']: readonly string[]): string[] {
  const remotes = askGit(process.cwd(), ['remote']).split('\n');
  if (name === address || !remotes.includes(name)) return [];
  if (address !== '' && !isFetchedFrom(name, address)) return [];
  // `team/*` holds the refs of a remote `team/public`, too.
  const nested = remotes.filter((other) => other.startsWith(`${name}/`));
  if ([name, ...nested].some((remote) => /[*?[\\]/.test(remote))) return [];
  return [...nested.map((other) => `--exclude=refs/remotes/${other}/*`), `--glob=refs/remotes/${name}/*`];
}

/** Not where `pushurl` or a second `url` leads elsewhere. Reading by HTTPS and writing by SSH is the same place. */
function isFetchedFrom(remote: string, address: string): boolean {
  return placeOf(askGit(process.cwd(), ['remote', 'get-url', '--', remote])) === placeOf(address);
}

/** `https://host/team/code.git` and `git@host:team/code` → `host/team/code`. */
function placeOf(address: string): string {
  const place = address.replace(/^[a-z][a-z+]*:\/\//, '').replace(/^[^@/]*@/, '');
  return place
    .replace(':', '/')
    .replaceAll(/\/+/g, '/')
    .replace(/\/$/, '')
    .replace(/\.git$/, '');
}
