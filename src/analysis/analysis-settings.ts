// What analysis is told about a run. The pure data of it crosses threads; the functions are added there.
import type { AllowEntry } from '../model/config.ts';
import type { ReferenceEntry } from '../model/reference.ts';

export interface AnalysisData {
  readonly allow: readonly AllowEntry[];
  /** Time of the scan, epoch milliseconds: analysis has no clock. */
  readonly nowMs: number;
  /** Secrets are shown as they are. Only ever true when the user asked on this run. */
  readonly showSecrets: boolean;
  /** False where comments beside a secret are not trusted. */
  readonly honourInlineComments: boolean;
  readonly references: readonly ReferenceEntry[];
  /** Reports only hard-coded secrets, or only how credentials are handled; both when left out. */
  readonly only?: 'secrets' | 'posture';
  /**
   * What is kept of what is not reported; the rest is only counted: what somebody `accepted`, beside that what holds a
   * `slot` and no hard-coded credential, or `all`. With `sightings`, of everything only that it was found.
   */
  readonly keep: 'accepted' | 'slots' | 'sightings' | 'all';
  /** False where no report writes the hashes of lines. They cost a look at all of a file that holds a finding. */
  readonly lineHashes?: boolean;
  /** Notes of generic findings name the features that decided their score. */
  readonly explainScore?: boolean;
}

export interface AnalysisSettings extends AnalysisData {
  /** Makes a predicate on paths from globs in .gitignore syntax. */
  readonly createPathMatcher: (globs: readonly string[]) => (path: string) => boolean;
  /** Called for every candidate each time that it is looked at, for a watchdog. */
  readonly onStep: () => void;
}
