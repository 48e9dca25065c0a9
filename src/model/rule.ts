// What a rule is once its YAML has been read, checked and compiled.
// The engine needs only `RuleMatcher`; everything a person reads about a rule is `RuleText`.

import type { PackedRules } from './packed-rules.ts';

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';
export type Confidence = 'high' | 'medium' | 'low';
export type Lifetime = 'long-lived' | 'expiring' | 'short-lived' | 'unknown';

/**
 * `secret` is reported; `public` is public by design and reported only on request; `helper` enriches others; `slot`
 * sees values that are no literals, which are counted, and reports the literal that stands beside one; `posture`
 * reports how a credential is handled, whatever its value.
 */
export type RuleKind = 'secret' | 'public' | 'helper' | 'slot' | 'posture';

/** How the credential is recognised: it names itself, its structure does, or only its surroundings do. */
export type RuleShape = 'prefixed' | 'structured' | 'contextual' | 'generic';

export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];
export const CONFIDENCES: readonly Confidence[] = ['high', 'medium', 'low'];

/** The part of a rule that runs on every scan. Kept small: it is loaded at start-up. */
export interface RuleMatcher {
  readonly id: string;
  readonly provider: string;
  readonly kind: RuleKind;
  readonly shape: RuleShape;
  /** Literals, at least three bytes each, one of which stands in every match. Compared without case. */
  readonly keywords: readonly string[];
  /** JavaScript RegExp source over latin1 text. The group `secret`, or the whole match, is the secret. */
  readonly pattern: string;
  readonly ignoreCase: boolean;
  /** Bytes that a match may begin before its keyword. 0: every match begins with its keyword. */
  readonly lookback: number;
  /** Upper bound, in bytes, of a match's length, computed from the pattern. */
  readonly reach: number;
  /** True when the keyword must be followed by an assigned value before the pattern is tried. */
  readonly assigned: boolean;
  /** True when, in program code, that value must be more than a bare name or number. */
  readonly literal: boolean;
  /** What must follow the keyword somewhere near before the pattern is tried. Computed from the pattern of the value. */
  readonly valueRun?: ValueRun;
  /** The bytes that can stand before a match, as latin1 text, where the pattern says so of all its matches. */
  readonly beforeKeyword?: string;
  /** By short keyword, folded: the bytes that can follow it, as latin1 text. Computed from the pattern. */
  readonly afterKeyword?: Readonly<Record<string, string>>;
  /** Minimum Shannon entropy of the secret, in bits per character. */
  readonly entropy?: number;
  /** Name of the checksum family that the secret carries. */
  readonly checksum?: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly lifetime: Lifetime;
  readonly identity?: IdentityHint;
  /** True for a credential that opens a secrets manager: whoever holds it holds all the others. */
  readonly opensSecrets: boolean;
  readonly requires: readonly Requirement[];
  /** Globs of files at whose beginning the pattern is tried, in place of keywords. */
  readonly files?: readonly string[];
  /** Where a match of a rule of kind `posture` is wrong. */
  readonly posture?: Posture;
}

/** The circumstances in which a posture rule reports. All of them must hold. */
export interface Posture {
  /** Globs of the files that it is about. */
  readonly files: readonly string[];
  /** Pattern of the key path under which the match stands. */
  readonly key?: string;
  readonly near: readonly PostureCondition[];
  /** A key of an enclosing mapping: reports only what occurs under different values of it. */
  readonly differs?: string;
  /** True where the pattern captures no credential, so that it is shown as it is. */
  readonly shown: boolean;
  /** Ids of standards that it is evidence for. */
  readonly standards: readonly string[];
}

/** A condition on the nearest enclosing mapping that has a key: one of its values fits, or none does. */
export interface PostureCondition {
  readonly key: string;
  readonly has?: string;
  readonly lacks?: string;
}

/** An unbroken run of characters of one alphabet. `token` is letters, digits and `+ / = _ . ~ -`. */
export interface ValueRun {
  readonly alphabet: 'hex' | 'alnum' | 'token';
  /** Shortest length, 1 to 255. Where the run holds the keyword, that is part of it. */
  readonly min: number;
  /** True when the run holds the keyword: the rest of it follows at once, not somewhere near. */
  readonly holdsKeyword: boolean;
}

/** What can be said of the identity from the rule alone, and the decoder that can say more. */
export interface IdentityHint {
  /** Kind of machine identity: `bot`, `service-account`, `user-token`, `api-key` … */
  readonly kind: string;
  /** Name of a decoder in `analysis/identity` that reads the value offline. */
  readonly decoder?: string;
  /** `live`, `test` …, where the rule itself decides it. */
  readonly environment?: string;
}

/** Another rule that must (or may) match nearby for this rule's finding to be complete. */
export interface Requirement {
  readonly rule: string;
  readonly withinLines: number;
  /** An optional part enriches the finding; without a required part its confidence falls to low. */
  readonly optional: boolean;
}

/** The part of a rule that people read. Loaded only when there is something to say. */
export interface RuleText {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  readonly description: string;
  readonly revoke: string;
  /** What replaces the credential by an identity without a stored secret; `none` where nothing does. */
  readonly workloadIdentity: string;
  readonly references: readonly string[];
}

export interface RuleExample {
  /** Template of the secret that must be captured exactly. */
  readonly secret: string;
  /** Contexts in which `$SECRET` stands for the secret. */
  readonly in: readonly string[];
  /** Path under which the contexts are scanned; decides the place. */
  readonly path?: string;
}

export interface NegativeExample {
  readonly text: string;
  readonly because: string;
  readonly path?: string;
}

/** A whole rule, as its author wrote it. */
export interface Rule extends RuleMatcher, RuleText {
  readonly examples: readonly RuleExample[];
  readonly negativeExamples: readonly NegativeExample[];
}

/** The keywords of a set of rules, laid out for the prefilter. Plain data: it crosses threads, and files. */
export interface PrefilterTables {
  /** The beginning of the kernel's memory. */
  readonly image: Uint8Array;
  /** Addresses in it, in bytes. */
  readonly layout: {
    readonly buckets: number;
    readonly classes: number;
    readonly kinds: number;
    readonly sifted: number;
    readonly hits: number;
    /** First byte after all of it. */
    readonly end: number;
  };
  /** Indices of rules: those of one keyword behind those of the one before. */
  readonly keywordRules: Uint32Array;
  /** For each keyword, by id, the end of its part of `keywordRules`. */
  readonly keywordEnds: Uint32Array;
}

/** The compiled rules of one run, with the identity of the set. */
export interface RuleSet {
  readonly rules: PackedRules;
  /** Where they were made ahead of time: making them costs more than a small scan. */
  readonly prefilter?: PrefilterTables;
  /** SHA-256, hex, first 16 digits, over every matcher: part of cache keys and reports. */
  readonly hash: string;
}
