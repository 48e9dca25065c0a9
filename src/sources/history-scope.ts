// Which part of history is asked for, and how git is told.
import { UserError } from '../model/user-error.ts';
import type { GitContext } from './git.ts';
import { runGit } from './git.ts';
import { resolveCommit } from './repository.ts';

export type HistoryScope =
  | {
      /** All refs and reflogs, with stashes, tags and notes. */
      readonly kind: 'all';
      /** Only what cannot be reached from this revision. */
      readonly since?: string;
      /** Objects that no ref and no reflog leads to, too. */
      readonly unreachable: boolean;
    }
  | { readonly kind: 'branch'; readonly name: string }
  /** `A..B`: what B has and A has not. */
  | { readonly kind: 'range'; readonly range: string }
  | {
      /** What these commits have and the others have not. */
      readonly kind: 'commits';
      readonly include: readonly IncludedObject[];
      /** Ids of commits; those that are not here are passed over. */
      readonly exclude: readonly string[];
      /** Refs whose commits are known already: arguments of `rev-list`. */
      readonly known: readonly string[];
    };

/** What a ref is to point at: mostly a commit. */
export interface IncludedObject {
  readonly id: string;
  /** The name of a ref that is new with it. */
  readonly ref?: string;
}

/**
 * The arguments of `rev-list`: ids only, which no option can hide in.
 * @throws UserError for a revision that does not exist
 */
export function listRevisions(context: GitContext, scope: HistoryScope): string[] {
  if (scope.kind === 'branch') return [resolveCommit(context, scope.name), '--'];
  if (scope.kind === 'all') {
    const since = scope.since === undefined ? [] : [`^${resolveCommit(context, scope.since)}`];
    return ['--all', '--reflog', ...since, '--'];
  }
  if (scope.kind === 'commits') {
    const excluded = scope.exclude.flatMap((id) => tryResolve(context, id) ?? []);
    return [...listCommits(context, scope.include), '--not', ...excluded, ...scope.known, '--'];
  }
  const [from = '', to = '', ...more] = scope.range.split('..');
  if (more.length > 0 || !scope.range.includes('..') || to.startsWith('.')) {
    throw new UserError(`'${scope.range}' is no range`, { hint: 'write it as A..B' });
  }
  return [`^${resolveCommit(context, from || 'HEAD')}`, resolveCommit(context, to || 'HEAD'), '--'];
}

/** Files and trees are no part of history: `listReferenced` has them. */
function listCommits(context: GitContext, objects: readonly IncludedObject[]): string[] {
  const input = objects.map(({ id }) => `${id}^{}\n`).join('');
  const answers = runGit(context, ['cat-file', '--batch-check=%(objectname) %(objecttype)'], input);
  const lines = answers.toString('latin1').split('\n').slice(0, objects.length);
  return lines.flatMap((line, index) => {
    const [id, type] = line.split(' ');
    if (type === 'blob' || type === 'tree') return [];
    // Where it is missing or damaged, this says so.
    return type === 'commit' ? [id!] : [resolveCommit(context, objects[index]!.id)];
  });
}

function tryResolve(context: GitContext, id: string): string | undefined {
  try {
    return resolveCommit(context, id);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
