// A match that survived analysis, or did not, and what is known of it.
import type { Provenance } from './blob.ts';
import type { Codec } from './match.ts';
import type { Confidence, Lifetime, Severity } from './rule.ts';

export type StorageState =
  | 'hardcoded'
  | 'hardcoded-fallback'
  | 'hardcoded-encoded'
  | 'managed-reference'
  | 'platform-secret'
  | 'runtime-injected'
  | 'federated'
  | 'encrypted-in-repo'
  | 'encrypted-key-present'
  | 'placeholder'
  | 'public-by-design';

export const STORAGE_STATES: readonly StorageState[] = [
  'hardcoded',
  'hardcoded-fallback',
  'hardcoded-encoded',
  'managed-reference',
  'platform-secret',
  'runtime-injected',
  'federated',
  'encrypted-in-repo',
  'encrypted-key-present',
  'placeholder',
  'public-by-design',
];

export type Place =
  | 'code'
  | 'config'
  | 'ci'
  | 'iac'
  | 'container'
  | 'package-manager'
  | 'ai-agent'
  | 'notebook'
  | 'docs'
  | 'test'
  | 'history'
  | 'data';

export const PLACES: readonly Place[] = [
  'code',
  'config',
  'ci',
  'iac',
  'container',
  'package-manager',
  'ai-agent',
  'notebook',
  'docs',
  'test',
  'history',
  'data',
];

/** Whose machine identity a credential is, as far as it can be read offline. */
export interface Identity {
  readonly kind: string;
  readonly provider: string;
  readonly account?: string;
  readonly subject?: string;
  readonly issuer?: string;
  readonly environment?: string;
  /** ISO 8601, UTC. */
  readonly createdAt?: string;
  /** ISO 8601, UTC. */
  readonly expiresAt?: string;
  /** A remark for people, such as "possible honeytoken, do not test". */
  readonly note?: string;
}

/** 1-based; columns count UTF-16 code units; `endColumn` is exclusive. */
export interface Location {
  readonly path: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** One line of the scanned text around a finding, every secret in it redacted, shortened if long. */
export interface ExcerptLine {
  readonly line: number;
  readonly text: string;
  /** Column (UTF-16, 0-based, in `text`) where the redacted secret begins and ends on this line. */
  readonly mark?: { readonly start: number; readonly end: number };
}

/** A part of a composite credential, or another place that holds the same secret. */
export interface Related {
  readonly relation: 'part' | 'same-secret';
  readonly ruleId: string;
  readonly path: string;
  readonly startLine: number;
}

/** The ids of standards that a finding's evidence supports. */
export interface StandardIds {
  readonly profile: 'NHI-03';
  readonly owaspNhi2025: readonly string[];
  readonly cwe: readonly string[];
  readonly nistCsf: readonly string[];
  readonly attack: readonly string[];
}

export interface Storage {
  readonly state: StorageState;
  readonly place: Place;
  /** Path of the key in a structured file, such as `jobs.deploy.env.TOKEN`. */
  readonly keyPath?: string;
  /** Name of the secrets manager or platform, for a managed slot. */
  readonly manager?: string;
}

/** What history says of a secret. */
export interface HistoryFacts {
  /** When the oldest commit that holds it was written: ISO 8601, UTC. Absent where no commit is known. */
  readonly firstSeen?: string;
  /** True where the secret stands in the current tree, under whatever path. */
  readonly present: boolean;
  /** Contents that hold it under the path of the finding. */
  readonly versions: number;
  /** Paths under which its content was committed. */
  readonly paths: number;
}

export interface Finding {
  /** Stable id of rule and secret: survives moves, reindents and renames. */
  readonly fingerprint: string;
  readonly ruleId: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly provenance: Provenance;
  readonly location: Location;
  /** Redacted, unless the user asked for secrets on this run. */
  readonly secret: string;
  readonly excerpt: readonly ExcerptLine[];
  readonly storage: Storage;
  readonly identity?: Identity;
  readonly lifetime: Lifetime;
  readonly standards: StandardIds;
  readonly decodedBy: readonly Codec[];
  readonly related: readonly Related[];
  /** Remarks that explain severity or confidence, such as a failed checksum. */
  readonly notes: readonly string[];
  /** `hash:count` of the line on which the finding begins, from `hashLines`; absent where no whole text was at hand. */
  readonly lineHash?: string;
  /** Only for what was read from history. */
  readonly history?: HistoryFacts;
}

/** Why something is not reported. */
export interface Objection {
  readonly by: ObjectionKind;
  /** One sentence for people, without the secret. */
  readonly because: string;
}

export type ObjectionKind =
  | 'inline-comment'
  | 'allowlist'
  | 'baseline'
  | 'entropy'
  | 'checksum'
  | 'placeholder'
  | 'managed'
  | 'public'
  | 'overlap'
  | 'not-a-secret'
  | 'not-added'
  | 'threshold';

/** A finding that is counted and can be shown, but is not reported. */
export interface Suppressed extends Objection {
  readonly finding: Finding;
}

/** A place that holds a credential, whatever its state. */
export interface Slot {
  readonly path: string;
  readonly startLine: number;
  readonly ruleId: string;
  readonly storage: Storage;
}
