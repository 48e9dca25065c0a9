// What a project has accepted, one entry for each secret and path. Nothing of a secret stands in it.

/** What a person says a finding is. */
export type Verdict = 'unreviewed' | 'test' | 'false' | 'revoked' | 'real' | 'leak';

export const VERDICTS: readonly Verdict[] = ['unreviewed', 'test', 'false', 'revoked', 'real', 'leak'];

export interface BaselineEntry {
  readonly fingerprint: string;
  readonly ruleId: string;
  /** Where the finding stood. A soft key: an entry whose path has gone holds for another path. */
  readonly path: string;
  readonly verdict: Verdict;
  /** Last day (YYYY-MM-DD) on which the entry holds. */
  readonly expires?: string;
  readonly by: string;
  readonly reason: string;
}

export interface Baseline {
  /** For messages. */
  readonly file: string;
  readonly entries: readonly BaselineEntry[];
}

/** An entry accepts one secret at one path. */
export function keyOf({ fingerprint, path }: Pick<BaselineEntry, 'fingerprint' | 'path'>): string {
  return `${fingerprint}\0${path}`;
}

/** @param today ISO date */
export function isExpired({ expires }: BaselineEntry, today: string): boolean {
  return expires !== undefined && expires < today;
}

/** What is real, or known to others, is accepted only for a time. */
export function isAccepting(entry: BaselineEntry, today: string): boolean {
  if (isExpired(entry, today)) return false;
  return entry.expires !== undefined || (entry.verdict !== 'real' && entry.verdict !== 'leak');
}
