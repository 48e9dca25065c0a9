// Ids that begin with the time they were made: ObjectId, ULID, UUID of versions 1, 6 and 7, KSUID.
import type { Decoder, IdentityInput } from './decoder.ts';

/** Applies `read` to the first id that stands apart in the captures or in the secret. */
function createTimeDecoder(pattern: RegExp, read: (id: string) => number | undefined): Decoder {
  return ({ captures, secret }: IdentityInput) => {
    for (const text of [...Object.values(captures), secret]) {
      const id = pattern.exec(text);
      const createdAtMs = id ? read(id[0]) : undefined;
      if (createdAtMs !== undefined) return { createdAtMs };
    }
    return {};
  };
}

/** The first four bytes are seconds. Source: BSON specification. */
export const decodeObjectId: Decoder = createTimeDecoder(
  /(?<![0-9A-Za-z])[0-9a-f]{24}(?![0-9A-Za-z])/,
  (id) => parseInt(id.slice(0, 8), 16) * 1000,
);

const CROCKFORD_DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

/** The first ten Crockford digits are milliseconds. Source: ULID specification. */
export const decodeUlid: Decoder = createTimeDecoder(
  /(?<![0-9A-Za-z])[0-7][0-9a-hjkmnp-tv-z]{25}(?![0-9A-Za-z])/i,
  (id) =>
    [...id.slice(0, 10).toLowerCase()].reduce(
      (time, digit) => time * 32 + CROCKFORD_DIGITS.indexOf(digit),
      0,
    ),
);

/** Hundreds of nanoseconds before 1970 in the calendar of UUIDs, which begins in October 1582. */
const UUID_EPOCH_OFFSET = 0x01b21dd213814000n;

/** Source: RFC 9562; the other versions hold no time. */
export const decodeUuid: Decoder = createTimeDecoder(
  /(?<![0-9A-Za-z])[0-9a-f]{8}-[0-9a-f]{4}-[167][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}(?![0-9A-Za-z])/i,
  (id) => {
    const [low, middle, high] = id.split('-') as [string, string, string];
    const version = high[0];
    if (version === '7') return parseInt(low + middle, 16);
    const ticks = version === '1' ? high.slice(1) + middle + low : low + middle + high.slice(1);
    return Number((BigInt(`0x${ticks}`) - UUID_EPOCH_OFFSET) / 10_000n);
  },
);

const BASE62_DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const KSUID_EPOCH_SECONDS = 1_400_000_000n;

/** 20 bytes in 27 base62 digits, the first four of which are seconds since May 2014. Source: segmentio/ksuid. */
export const decodeKsuid: Decoder = createTimeDecoder(
  /(?<![0-9A-Za-z])[0-9A-Za-z]{27}(?![0-9A-Za-z])/,
  (id) => {
    const number = [...id].reduce((sum, digit) => sum * 62n + BigInt(BASE62_DIGITS.indexOf(digit)), 0n);
    return number >> 160n === 0n ? Number((number >> 128n) + KSUID_EPOCH_SECONDS) * 1000 : undefined;
  },
);
