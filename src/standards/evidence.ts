// What is known of a credential when its standards are looked up, and what follows from it.
import type { Place, StorageState } from '../model/finding.ts';
import type { Lifetime } from '../model/rule.ts';

/** What only analysis of the text, or of several files, can tell. */
export type EvidenceFlag =
  /** The same secret stands in several files or services. */
  | 'reused'
  /** The same secret serves test and production. */
  | 'reused-across-environments'
  /** Its own expiry date has passed. */
  | 'expired'
  /** It stands beside an address that sends it in clear, such as `http://`. */
  | 'insecure-transport'
  | 'in-comment'
  /** It is an argument of a command, where process lists and shell histories show it. */
  | 'in-command-line';

export interface Evidence {
  readonly ruleId: string;
  readonly state: StorageState;
  readonly place: Place;
  readonly path: string;
  readonly lifetime: Lifetime;
  /** Kind of machine identity, as rules and decoders name it: `api-key`, `personal-token`, `private-key` … */
  readonly identityKind?: string;
  /** `live`, `test` …, where the credential says so. */
  readonly environment?: string;
  /** Name that the value is assigned to. */
  readonly keyName?: string;
  /** Path of the key in a structured file. */
  readonly keyPath?: string;
  readonly flags: readonly EvidenceFlag[];
}

const LITERAL_STATES: ReadonlySet<StorageState> = new Set([
  'hardcoded',
  'hardcoded-fallback',
  'hardcoded-encoded',
  'encrypted-key-present',
]);

/** Whoever reads the file holds the credential. */
export function isLiteral({ state }: Evidence): boolean {
  return LITERAL_STATES.has(state);
}

const PASSWORD_NAME = /passw|passphrase|passcode|pwd|(?:^|[^a-z])pass(?:$|[^a-z])/i;

export function isPassword({ ruleId, identityKind, keyName }: Evidence): boolean {
  if (identityKind !== undefined && /^(?:password|database-user)$/.test(identityKind)) return true;
  return PASSWORD_NAME.test(ruleId) || (keyName !== undefined && PASSWORD_NAME.test(keyName));
}

const KEY_KIND = /^(?:private-key|signing-key|encryption-key|deploy-key)$/;
const KEY_RULE = /(?:private|signing|encryption|master)-key|jwt-secret|hmac|fernet/;
const KEY_NAME =
  /(?:sign(?:ing|ature)|encrypt(?:ion)?|hmac|jwt|cookie|session|master)[_-]?(?:key|secret)|secret[_-]?key[_-]?base/i;

/** A key that signs, decrypts or proves: not a password or token that is sent. */
export function isCryptographicKey({ ruleId, identityKind, keyName, state }: Evidence): boolean {
  if (state === 'encrypted-key-present') return true;
  if (identityKind !== undefined && KEY_KIND.test(identityKind)) return true;
  return KEY_RULE.test(ruleId) || (keyName !== undefined && KEY_NAME.test(keyName));
}

export function isPrivateKey({ ruleId, identityKind }: Evidence): boolean {
  return identityKind === 'private-key' || identityKind === 'deploy-key' || ruleId.includes('private-key');
}

// Clouds whose accounts a CI job can reach by OpenID Connect instead of a stored key.
const CLOUD_RULE =
  /^(?:aws|amazon|azure|entra|gcp|google-cloud|google-service-account|alibaba|aliyun|oci|oracle-cloud|ibm-cloud|tencent)(?:-|$)/;

/** A key to a cloud account that does not expire within hours. */
export function isStaticCloudKey({ ruleId, lifetime }: Evidence): boolean {
  return CLOUD_RULE.test(ruleId) && lifetime !== 'short-lived';
}

/** Kinds of credential that a provider issues to a person. */
const HUMAN_KIND = /^(?:user-token|personal-token|personal-access-token|session)$/;

export function isHumanCredential({ identityKind }: Evidence): boolean {
  return identityKind !== undefined && HUMAN_KIND.test(identityKind);
}

const AUTOMATED_PLACES: ReadonlySet<Place> = new Set(['ci', 'iac', 'container', 'ai-agent']);

export function isInAutomation({ place }: Evidence): boolean {
  return AUTOMATED_PLACES.has(place);
}

/** The value becomes an environment variable: `ENV`, `environment:`, `env:`, a dotenv file. */
export function isInEnvironment({ keyPath, path, place }: Evidence): boolean {
  if (keyPath !== undefined) return /(?:^|\.)(?:env|environment|variables)(?:[.[]|$)/i.test(keyPath);
  return place === 'container' || /(?:^|\/)\.env(?:rc)?(?:\.|$)|\.env$/.test(path);
}

/** @param pattern tried on the path in lower case */
export function isAt({ path }: Evidence, pattern: RegExp): boolean {
  return pattern.test(path.toLowerCase());
}
