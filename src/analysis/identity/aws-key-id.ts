// AWS access key ids: their first four characters name the kind, the next eight hold the account.
import { decodeBase32 } from '../../model/checksum/base-text.ts';
import type { Decoder, Facts, IdentityInput } from './decoder.ts';
import { findNearest } from './text-search.ts';

/** Source: AWS IAM user guide, “IAM identifiers”, unique identifiers. */
const KINDS: Readonly<Record<string, string>> = {
  AKIA: 'access-key',
  ASIA: 'temporary-access-key',
  ABIA: 'service-bearer-token',
  ACCA: 'context-specific-credential',
  AGPA: 'user-group',
  AIDA: 'iam-user',
  AROA: 'role',
  AIPA: 'instance-profile',
  ANPA: 'managed-policy',
  ANVA: 'managed-policy',
  APKA: 'public-key',
  ASCA: 'certificate',
};

const KEY_ID = new RegExp(
  `(?<![A-Za-z0-9])(?:${Object.keys(KINDS).join('|')})[A-Z2-7]{16}(?![A-Za-z0-9])`,
  'g',
);

/**
 * Accounts whose keys are tripwires: whoever uses one raises an alarm.
 * Source: each is named as a canary account by at least two public projects (trufflehog, kingfisher, lists of known accounts).
 */
const HONEYTOKEN_ACCOUNTS: ReadonlySet<string> = new Set([
  '052310077262',
  '171436882533',
  '266735846894',
  '534261010715',
  '595918472158',
  '717712589309',
  '729780141977',
  '730335385048',
  '819147034852',
  '893192397702',
  '992382622183',
]);

const HONEYTOKEN = 'possible honeytoken, do not test';

/** A long-term Bedrock key is base64 of `BedrockAPIKey-<user>-at-<account>:<secret>`. */
const BEDROCK_KEY = /^ABSK([A-Za-z0-9+/]{40,400}={0,2})$/;

/** The key id in the secret, in a companion, or nearest to it; or the account in a Bedrock key. */
export const decodeAwsKeyId: Decoder = (input) => {
  const bedrock = BEDROCK_KEY.exec(input.secret);
  if (bedrock) return readBedrockKey(Buffer.from(bedrock[1]!, 'base64').toString('latin1'));
  return findKeyId(input);
};

function findKeyId(input: IdentityInput): Facts {
  const found = findNearest(input, KEY_ID);
  if (!found) return {};
  const { subject, ...facts } = readAwsKeyId(found[0]);
  return found[0] === input.secret ? facts : { ...facts, subject };
}

/** @param keyId 20 characters */
export function readAwsKeyId(keyId: string): Facts {
  const account = accountOf(keyId);
  const isHoneytoken = account !== undefined && HONEYTOKEN_ACCOUNTS.has(account);
  return {
    kind: KINDS[keyId.slice(0, 4)],
    account,
    // Enough to tell one key of an account from another; the whole id is half of a credential.
    subject: `${keyId.slice(0, 4)}…${keyId.slice(-4)}`,
    details: [isHoneytoken ? HONEYTOKEN : undefined],
    notes: [isHoneytoken ? HONEYTOKEN : undefined],
  };
}

/** Source: A. Steele, “AWS Access Key ID formats”; ids whose fifth character is I or J are older and hold no account. */
function accountOf(keyId: string): string | undefined {
  const bytes = decodeBase32(keyId.slice(4));
  if (!bytes || bytes.length < 6 || /[IJ]/.test(keyId[4]!)) return undefined;
  const account = Math.floor((bytes.readUIntBE(0, 6) % 2 ** 47) / 2 ** 7);
  return account < 1e12 ? String(account).padStart(12, '0') : undefined;
}

function readBedrockKey(text: string): Facts {
  const found = /^(BedrockAPIKey-[\w+=,.@-]{1,64}?)(?:-at-(\d{12}))?:/.exec(text);
  return { kind: 'bedrock-api-key', subject: found?.[1], account: found?.[2] };
}
