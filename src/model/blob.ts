// Where bytes come from. Plain data: it crosses thread boundaries.

/** Where bytes were seen. A new source is a new variant. Paths are relative to the root, forward slashes. */
export type Provenance =
  | { readonly kind: 'file'; readonly path: string; readonly untracked?: boolean }
  | { readonly kind: 'staged'; readonly path: string }
  | { readonly kind: 'stdin'; readonly path: string }
  | {
      readonly kind: 'commit';
      readonly path: string;
      readonly commit: string;
      readonly author: string;
      /** ISO 8601, UTC. */
      readonly date: string;
      /** The git object that holds the content. */
      readonly object?: string;
    }
  /** A git object of which no commit is known, such as a tag or an unreachable content. */
  | { readonly kind: 'object'; readonly path: string; readonly object: string }
  | { readonly kind: 'member'; readonly container: Provenance; readonly path: string };

/** The path a person is shown: members of a container are joined by `!`. */
export function displayPath(provenance: Provenance): string {
  if (provenance.kind !== 'member') return provenance.path;
  return `${displayPath(provenance.container)}!${provenance.path}`;
}
