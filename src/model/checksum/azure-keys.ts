// Microsoft's identifiable keys: their last bytes are a Marvin32 hash, seeded with the name of the kind of key.
import { toBase62 } from './base-text.ts';
import type { ChecksumFamily } from './checksum-family.ts';
import { computeMarvin32, marvinSeed } from './marvin32.ts';

const CHECK_BYTES = 4;

interface KeyFormat {
  readonly description: string;
  /** Length of the decoded key, checksum included. */
  readonly byteLength: number;
  /** Eight-character names of key kinds, each of which seeds the hash. `complete` takes the first. */
  readonly labels: readonly string[];
}

function createKeyFamily({ description, byteLength, labels }: KeyFormat): ChecksumFamily {
  const seeds = labels.map((label) => marvinSeed(label));
  const coveredBytes = byteLength - CHECK_BYTES;
  return {
    description,
    // Microsoft publishes the algorithm, but not every kind of key with its label.
    documented: false,
    verify: (secret) => {
      const key = Buffer.from(secret, 'base64');
      if (key.length !== byteLength || withoutPadding(key.toString('base64')) !== withoutPadding(secret))
        return false;
      const check = key.readUInt32LE(coveredBytes);
      return seeds.some((seed) => computeMarvin32(key.subarray(0, coveredBytes), seed) === check);
    },
    complete: (before) => {
      const key = Buffer.alloc(byteLength);
      // A character that is not yet whole bytes is continued by zero bits, as in the issuer's generator.
      Buffer.from(`${before}AA`, 'base64').copy(key, 0, 0, coveredBytes);
      key.writeUInt32LE(computeMarvin32(key.subarray(0, coveredBytes), seeds[0]!), coveredBytes);
      return key.toString('base64').slice(before.length);
    },
  };
}

function withoutPadding(text: string): string {
  return text.replace(/={1,2}$/, '');
}

/** Keys of 64 bytes (88 characters). Source: microsoft/security-utilities, `IdentifiableMetadata`. */
export const AZURE_64: ChecksumFamily = createKeyFamily({
  description:
    'Marvin32 of the first 60 of 64 bytes, seeded by the kind of key (microsoft/security-utilities).',
  byteLength: 64,
  labels: [
    'Default0', // storage accounts
    'MastRW00', // Cosmos DB, this and the next six
    'MastRO00',
    'SystRW00',
    'SystRO00',
    'SysAll00',
    'Resour00',
    'Encryp00',
    'AbAcct00', // Batch
    'Tenant00', // API Management, this and the next three
    'IoTHub00',
    'Gatewy00',
    'GitKey00',
    'Classic0', // Machine Learning web services
  ],
});

/** Keys of 32 bytes (44 characters). Source: microsoft/security-utilities, `IdentifiableMetadata`. */
export const AZURE_32: ChecksumFamily = createKeyFamily({
  description:
    'Marvin32 of the first 28 of 32 bytes, seeded by the kind of key (microsoft/security-utilities).',
  byteLength: 32,
  labels: [
    'Access00', // Cache for Redis
    'Send0000', // Service Bus, Event Hubs and Relay, this and the next four
    'Listen00',
    'Manage00',
    'System00',
    'Unknown0',
    'IoTHub00', // IoT, this and the next two
    'DpsKey00',
    'Device00',
  ],
});

const CASK_SEED = marvinSeed('Default0');
/** Characters that encode the 60 bytes which the checksum of a common annotated key covers. */
const CASK_COVERED_LENGTH = 80;

/** Common annotated security keys of 84 or 88 characters. Source: microsoft/security-utilities; NuGetGallery documents a sample. */
export const AZURE_CASK: ChecksumFamily = {
  description:
    'Marvin32 of the first 60 bytes: four base62 characters in the short form, four bytes in base64 in the long form (microsoft/security-utilities).',
  documented: false,
  complete: (before) => shortCaskCheck(caskHash(before)),
  verify: (secret) => {
    const covered = secret.slice(0, CASK_COVERED_LENGTH);
    if (!/^[A-Za-z0-9+/]{80}$/.test(covered)) return false;
    const hash = caskHash(covered);
    return secret === covered + shortCaskCheck(hash) || secret === covered + hash.toString('base64');
  },
};

/** The hash as it stands in a key: four bytes, little-endian. */
function caskHash(before: string): Buffer {
  const hash = Buffer.alloc(CHECK_BYTES);
  hash.writeUInt32LE(computeMarvin32(Buffer.from(before.slice(0, CASK_COVERED_LENGTH), 'base64'), CASK_SEED));
  return hash;
}

// The issuer's base62 writes one `0` for every leading zero byte, then the number.
function shortCaskCheck(hash: Buffer): string {
  let zeros = 0;
  while (zeros < CHECK_BYTES - 1 && hash[zeros] === 0) zeros++;
  return ('0'.repeat(zeros) + toBase62(hash.readUInt32BE())).slice(0, 4);
}
