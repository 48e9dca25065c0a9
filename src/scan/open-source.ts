// What the user wants scanned → its listing: one line a source.
import type { BaselineEntry } from '../model/baseline.ts';
import type { HistoryOptions } from '../sources/history.ts';
import type { Listing } from '../sources/input.ts';
import type { StagedOptions } from '../sources/staged.ts';
import type { StdinOptions } from '../sources/stdin.ts';
import type { TreeOptions } from '../sources/tree.ts';

export type SourceRequest =
  | ({ readonly kind: 'tree' } & Omit<TreeOptions, 'exclude'>)
  | ({
      readonly kind: 'staged';
      /** Reports on whole files, not only on the lines that the change adds. */
      readonly wholeFiles: boolean;
      /** Entries of the baseline that accept nothing any more once the change is made. */
      readonly unaccepted?: readonly BaselineEntry[];
    } & Omit<StagedOptions, 'exclude' | 'alsoListed'>)
  | ({ readonly kind: 'stdin' } & StdinOptions);

/** History is no listing: what it holds is known only when all of it has been read. */
export type HistoryRequest = { readonly kind: 'history' } & Omit<
  HistoryOptions,
  'exclude' | 'classOf' | 'maxBytes' | 'isShared'
>;

/** Each source is loaded only when it is used: start-up is what a commit hook waits for. */
export async function openSource(request: SourceRequest, exclude: readonly string[]): Promise<Listing> {
  switch (request.kind) {
    case 'tree': {
      const { listTree } = await import('../sources/tree.ts');
      return listTree({ ...request, exclude });
    }
    case 'staged': {
      const { listStaged } = await import('../sources/staged.ts');
      const alsoListed = (request.unaccepted ?? []).map(({ path }) => path);
      return listStaged({ ...request, exclude, alsoListed });
    }
    case 'stdin': {
      const { listStdin } = await import('../sources/stdin.ts');
      return listStdin(request);
    }
  }
}
