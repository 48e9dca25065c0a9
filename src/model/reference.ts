// How a value looks that is no hard-coded credential: a reference to a manager, a read of the environment,
// ciphertext, a placeholder. Data, compiled from references/*.yaml.
import type { Place, StorageState } from './finding.ts';

/** The states that a reference can stand for. What matches no reference is a literal. */
export type ReferenceState = Exclude<
  StorageState,
  'hardcoded' | 'hardcoded-fallback' | 'hardcoded-encoded' | 'encrypted-key-present'
>;

/** Strongest first: where several references match one value, the first state of this list names it. */
export const REFERENCE_STATES: readonly ReferenceState[] = [
  'encrypted-in-repo',
  'managed-reference',
  'platform-secret',
  'federated',
  'runtime-injected',
  'public-by-design',
  'placeholder',
];

interface ReferenceBase {
  /** Unique over the catalogue, in kebab-case. */
  readonly id: string;
  /** The manager, platform or language, as people call it. */
  readonly system: string;
  readonly state: ReferenceState;
  /** Ids of languages or file kinds in which alone it means this; absent: everywhere. */
  readonly languages?: readonly string[];
  /** Places in which alone it means this; absent: everywhere. */
  readonly places?: readonly Place[];
}

/**
 * A form that a pattern describes. `value`: tried at the beginning of the value. `line`: tried wherever one of the
 * keywords, with which every match begins, stands near the value. `key`: tried at the beginning of `name=value`.
 */
export interface PatternReference extends ReferenceBase {
  readonly form: 'value' | 'line' | 'key';
  /** Literals, compared without case, one of which must occur before the pattern is tried. */
  readonly keywords: readonly string[];
  /**
   * Bounded JavaScript RegExp source. The group `path` is the readable path or name; the group `fallback` is a
   * literal that stands in for the reference and is judged on its own.
   */
  readonly pattern: string;
  readonly ignoreCase: boolean;
}

/** Words that show that a value is none: whole words of it, never letters within a random text. */
export interface WordReference extends ReferenceBase {
  readonly form: 'words';
  /** Any of these makes a value of readable words a placeholder. */
  readonly keywords: readonly string[];
  /** These do so only where every other word is one of the three lists. */
  readonly weak: readonly string[];
  /** Words that say nothing for or against. */
  readonly fillers: readonly string[];
}

/** Published values, each as `length:first 16 hexadecimal digits of its SHA-256`. */
export interface DigestReference extends ReferenceBase {
  readonly form: 'digest';
  readonly digests: readonly string[];
}

export type ReferenceEntry = PatternReference | WordReference | DigestReference;

/**
 * A text for tests. `«…»` marks the value, else the whole text is the value; `<>` stands for nothing, so that no
 * sample stands in a file as it is; other holes are those of rule examples.
 */
export interface DocumentedReference {
  readonly entry: ReferenceEntry;
  readonly examples: readonly string[];
  readonly negatives: readonly string[];
}
