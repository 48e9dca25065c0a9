// What became of one input. Plain data: it comes back from a worker.
import type { BlobAnalysis } from '../analysis/collect.ts';
import type { Diagnostic, InputCounts, SkipReason } from '../model/report.ts';

export type InputOutcome =
  | {
      readonly status: 'scanned';
      readonly bytes: number;
      readonly analyses: readonly BlobAnalysis[];
      readonly diagnostics: readonly Diagnostic[];
      /** Of what was opened as a container. */
      readonly members?: InputCounts;
    }
  | { readonly status: 'skipped'; readonly reason: SkipReason }
  | { readonly status: 'failed'; readonly diagnostic: Diagnostic };
