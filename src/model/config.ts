// The settings of a scan that a project keeps in `.nhi-scan.yaml`, after parsing and checking.
import type { Confidence, Severity } from './rule.ts';

/** Accepts findings by pattern. All the conditions that are given must hold. */
export interface AllowEntry {
  /** Globs in .gitignore syntax, relative to the root. */
  readonly paths?: readonly string[];
  readonly rules?: readonly string[];
  /** JavaScript RegExp source, tried on the secret. */
  readonly pattern?: string;
  readonly reason: string;
  /** ISO date (YYYY-MM-DD) after which the entry no longer holds. */
  readonly expires?: string;
}

export interface Config {
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Globs in .gitignore syntax of what is not scanned. */
  readonly exclude: readonly string[];
  /** Larger files are skipped. No limit unless the user sets one. */
  readonly maxFileSizeBytes: number;
  readonly disabledRules: readonly string[];
  readonly allow: readonly AllowEntry[];
  /** Credentials that are known to be older are reported as more severe. */
  readonly maxAgeDays?: number;
}

export const DEFAULT_CONFIG: Config = {
  severity: 'low',
  confidence: 'medium',
  exclude: [],
  maxFileSizeBytes: Number.MAX_SAFE_INTEGER,
  disabledRules: [],
  allow: [],
};
