// One row of the table of standards.
import type { StandardIds } from '../model/finding.ts';
import type { Evidence } from './evidence.ts';

/** The list of a finding that an id belongs to. */
export type StandardList = Exclude<keyof StandardIds, 'profile'>;

export interface Standard {
  /** As the standard itself writes it. */
  readonly id: string;
  readonly title: string;
  readonly url: string;
  /** What it says, in our words. */
  readonly about: string;
  /** When a finding carries the id, for people. Absent: no finding ever does. */
  readonly when?: string;
  readonly applies?: (evidence: Evidence) => boolean;
}

export interface Framework {
  readonly name: string;
  /** Where the rows were read. */
  readonly source: string;
  readonly list: StandardList;
  /** True where a finding carries the first row that applies only. */
  readonly isExclusive: boolean;
  readonly standards: readonly Standard[];
}
