// Counts what became of inputs, or of the members of containers.
import type { InputCounts, SkipReason } from '../model/report.ts';

export interface InputCounter {
  scanned: number;
  failed: number;
  skip(reason: SkipReason, count: number): void;
  add(counts: InputCounts): void;
  sumUp(): InputCounts;
}

export function createInputCounter(): InputCounter {
  const skipped = new Map<SkipReason, number>();
  const counter: InputCounter = {
    scanned: 0,
    failed: 0,
    skip: (reason, count) => {
      if (count > 0) skipped.set(reason, (skipped.get(reason) ?? 0) + count);
    },
    add: (counts) => {
      counter.scanned += counts.scanned;
      counter.failed += counts.failed;
      for (const [reason, count] of Object.entries(counts.skipped)) counter.skip(reason as SkipReason, count);
    },
    sumUp: () => {
      const { scanned, failed } = counter;
      const sorted = [...skipped].sort(([a], [b]) => (a < b ? -1 : 1));
      const total = sorted.reduce((sum, [, count]) => sum + count, 0);
      return { listed: scanned + failed + total, scanned, skipped: Object.fromEntries(sorted), failed };
    },
  };
  return counter;
}
