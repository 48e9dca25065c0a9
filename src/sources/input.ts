// What a source lists: inputs that are named but mostly not yet read. Plain data: it crosses threads.
import type { Provenance } from '../model/blob.ts';
import type { Diagnostic, SkipReason } from '../model/report.ts';

/** A path of the file system; bytes where a part of it is not valid UTF-8. */
export type FilePath = string | Uint8Array;

/** One input. A source that cannot name its contents by path hands over their bytes. */
export type Input =
  /** A file, opened where it is scanned. Its size is known only then: a look at each file would double the walk. */
  | { readonly kind: 'path'; readonly provenance: Provenance; readonly absolutePath: FilePath }
  | {
      readonly kind: 'bytes';
      readonly provenance: Provenance;
      readonly bytes: Uint8Array;
      /** Git objects that held this path before the change: one for each parent of the commit that has the path. */
      readonly baseOids?: readonly string[];
    };

/** What a source has to offer. */
export interface Listing {
  /** Can be iterated once; lists as it goes, so that scanning overlaps with walking. */
  readonly inputs: Iterable<Input>;
  /** What is not among the inputs, by design. Final when `inputs` has been iterated to its end. */
  readonly skipped: ReadonlyMap<SkipReason, number>;
  /** Final when `inputs` has been iterated to its end. An error means that inputs are missing. */
  readonly diagnostics: readonly Diagnostic[];
  /** Absolute folder that the reported paths are relative to. Absent for standard input. */
  readonly root?: string;
  /** Only for a source of changes: contents by one of `baseOids`, as git holds them. What git cannot read is left out. */
  readonly readBases?: (oids: readonly string[]) => ReadonlyMap<string, Uint8Array>;
  /** Only for a source of changes: whether a file stays as it is, and so is not listed by itself. */
  readonly isUntouched?: (path: string) => boolean;
}

/** The counts that a source keeps while it lists. */
export interface Ledger {
  readonly skipped: Map<SkipReason, number>;
  readonly diagnostics: Diagnostic[];
}

export function createLedger(): Ledger {
  return { skipped: new Map(), diagnostics: [] };
}

export function countSkip({ skipped }: Ledger, reason: SkipReason): void {
  skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
}
