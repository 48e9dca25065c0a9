// Which part of history is asked for, and how git is told.
import { UserError } from '../model/user-error.ts';
import type { GitContext } from './git.ts';
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
      readonly include: readonly string[];
      /** Ids of commits; those that are not here are passed over. */
      readonly exclude: readonly string[];
      /** Refs whose commits are known already: arguments of `rev-list`. */
      readonly known: readonly string[];
    };

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
    const included = scope.include.map((id) => resolveCommit(context, id));
    return [...included, '--not', ...excluded, ...scope.known, '--'];
  }
  const [from = '', to = '', ...more] = scope.range.split('..');
  if (more.length > 0 || !scope.range.includes('..') || to.startsWith('.')) {
    throw new UserError(`'${scope.range}' is no range`, { hint: 'write it as A..B' });
  }
  return [`^${resolveCommit(context, from || 'HEAD')}`, resolveCommit(context, to || 'HEAD'), '--'];
}

function tryResolve(context: GitContext, id: string): string | undefined {
  try {
    return resolveCommit(context, id);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
