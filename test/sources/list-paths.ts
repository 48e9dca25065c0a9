// What a walk lists, in words that tests compare.
import { listTree } from '../../src/sources/tree.ts';
import type { TreeOptions } from '../../src/sources/tree.ts';

export interface Listed {
  /** In the order of the walk. */
  readonly paths: string[];
  /** Those of `paths` that git ignores. */
  readonly untracked: string[];
  readonly skipped: Record<string, number>;
  readonly diagnostics: string[];
}

export async function listPaths(folder: string, options: Partial<TreeOptions> = {}): Promise<Listed> {
  const listing = await listTree({
    paths: ['.'],
    workingFolder: folder,
    useGitignore: true,
    exclude: [],
    ...options,
  });
  const provenances = [...listing.inputs].map((input) => input.provenance);
  return {
    paths: provenances.map(({ path }) => path),
    untracked: provenances.filter((each) => each.kind === 'file' && each.untracked).map(({ path }) => path),
    skipped: Object.fromEntries(listing.skipped),
    diagnostics: listing.diagnostics.map(({ level, subject, message }) => `${level} ${subject}: ${message}`),
  };
}
