// What a scan says: findings, what was not reported and why, what was not scanned and why.
import type { Finding, ObjectionKind, Place, Slot, StorageState, Suppressed } from './finding.ts';

/** A non-fatal problem with one input. An error makes the report incomplete. */
export interface Diagnostic {
  readonly level: 'warning' | 'error';
  /** What it is about: a path, a revision, a rule. */
  readonly subject: string;
  readonly message: string;
}

/** Why an input was not scanned, by design. */
export type SkipReason =
  | 'gitignored'
  | 'excluded'
  | 'binary'
  /** An archive, or compressed, of a kind that is not opened. */
  | 'unopened-archive'
  | 'too-large'
  | 'symlink'
  | 'not-a-file'
  | 'outside-root'
  | 'submodule'
  /** An earlier scan found nothing in the same content. */
  | 'unchanged'
  | 'deleted';

/** `listed = scanned + failed + Σ skipped`. */
export interface InputCounts {
  readonly listed: number;
  readonly scanned: number;
  readonly skipped: Readonly<Partial<Record<SkipReason, number>>>;
  readonly failed: number;
}

export interface Coverage {
  /** Inputs that the source named. */
  readonly files: InputCounts;
  /** Files in archives, and in archives within these, that were opened: `failed` ones may have been scanned in part. */
  readonly members: InputCounts;
  /** Bytes scanned. */
  readonly bytes: number;
  readonly durationMs: number;
}

export interface Tool {
  readonly name: string;
  readonly version: string;
  readonly rulesHash: string;
}

export interface Report {
  readonly tool: Tool;
  /** False when anything that should have been scanned was not. */
  readonly complete: boolean;
  /** What alone was looked for; everything when left out. */
  readonly only?: 'secrets' | 'posture';
  readonly coverage: Coverage;
  /** Sorted by path, line, column, rule. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  /** Matches that never were a credential, by reason, where they are only counted. */
  readonly discarded: Readonly<Partial<Record<ObjectionKind, number>>>;
  readonly slots: readonly Slot[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface SlotSummary {
  readonly total: number;
  readonly byState: Readonly<Partial<Record<StorageState, number>>>;
  readonly byPlace: Readonly<Partial<Record<Place, number>>>;
}

/** Counts slots by state and by place; keys in order of first appearance in the sorted list. */
export function summariseSlots(slots: readonly Slot[]): SlotSummary {
  const byState: Partial<Record<StorageState, number>> = {};
  const byPlace: Partial<Record<Place, number>> = {};
  for (const { storage } of slots) {
    byState[storage.state] = (byState[storage.state] ?? 0) + 1;
    byPlace[storage.place] = (byPlace[storage.place] ?? 0) + 1;
  }
  return { total: slots.length, byState, byPlace };
}
