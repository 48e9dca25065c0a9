// What lies outside of the part of history that is walked, by the ids of its objects. Asked only where something is
// damaged, or where objects are looked for that nothing leads to.
import type { GitContext } from './git.ts';
import type { SourceFailure } from './source-failure.ts';
import { readReached } from './stored-objects.ts';

export interface OutsideObjects {
  /** What the walk was told to leave out. */
  readLeft(): Promise<ReadonlySet<string>>;
  /** That, and what only other refs lead to where a part of them is walked. */
  readAll(): Promise<ReadonlySet<string>>;
  /** Why some of it could not be listed. */
  readonly failures: readonly SourceFailure[];
}

interface OutsideOptions {
  readonly context: GitContext;
  /** What `rev-list` was told. */
  readonly revisions: readonly string[];
  /** Ids of commits that were walked to earlier. */
  readonly tips: readonly string[];
}

const EVERY_REF: readonly string[] = ['--all', '--reflog'];

export function createOutsideObjects({ context, revisions, tips }: OutsideOptions): OutsideObjects {
  const [wanted, unwanted] = splitAtNot(revisions);
  const left = [...wanted.flatMap((each) => /^\^(.+)/.exec(each)?.[1] ?? []), ...tips];
  const begun = wanted.filter((each) => /^[0-9a-f]+$/.test(each)).map((id) => `^${id}`);
  const ids = new Set<string>();
  const failures: SourceFailure[] = [];
  const read = async (args: readonly string[], input: readonly string[]): Promise<void> => {
    const failure = await readReached(context, { args, input }, ids);
    if (failure) failures.push(failure);
  };
  let reading: Promise<void> | undefined;
  const readLeft = async (): Promise<ReadonlySet<string>> => {
    if (left.length + unwanted.length > 0) await (reading ??= read(unwanted, left));
    return ids;
  };
  return {
    readLeft,
    failures,
    readAll: async () => {
      await readLeft();
      if (!revisions.includes('--all')) await read(EVERY_REF, begun);
      return ids;
    },
  };
}

function splitAtNot(revisions: readonly string[]): [wanted: readonly string[], unwanted: readonly string[]] {
  const told = revisions.filter((each) => each !== '--');
  const at = told.indexOf('--not');
  return at === -1 ? [told, []] : [told.slice(0, at), told.slice(at + 1)];
}
