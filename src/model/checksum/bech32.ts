// Bech32, the text form of age's keys: a readable part, the separator `1`, data, and six check characters.
import type { ChecksumFamily } from './checksum-family.ts';

const DIGITS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATORS: readonly number[] = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const CHECK_LENGTH = 6;

/** `AGE-SECRET-KEY-1…`. Source: BIP-173 and the age specification (C2SP), which lifts BIP-173's limit of 90 characters. */
export const AGE_BECH32: ChecksumFamily = {
  description: 'Six bech32 check characters over readable part and data (BIP-173; age specification, C2SP).',
  documented: true,
  verify: (secret) => {
    const before = secret.slice(0, -CHECK_LENGTH);
    return isWellFormed(before) && complete(before) === secret.slice(-CHECK_LENGTH);
  },
  complete,
};

/** One case, a separator, a readable part before it, and only bech32 digits behind it. */
function isWellFormed(before: string): boolean {
  if (before !== before.toLowerCase() && before !== before.toUpperCase()) return false;
  return /^[\x21-\x7e]+1[qpzry9x8gf2tvdw0s3jn54khce6mua7l]*$/i.test(before);
}

function complete(before: string): string {
  const lower = before.toLowerCase();
  const separator = lower.lastIndexOf('1');
  const readable = Array.from(lower.slice(0, Math.max(separator, 0)), (character) => character.charCodeAt(0));
  const data = Array.from(lower.slice(separator + 1), (character) => Math.max(DIGITS.indexOf(character), 0));
  const high = readable.map((code) => code >> 5);
  const low = readable.map((code) => code & 31);
  const remainder = polymod([...high, 0, ...low, ...data, 0, 0, 0, 0, 0, 0]) ^ 1;
  const check = [25, 20, 15, 10, 5, 0].map((shift) => DIGITS[(remainder >>> shift) & 31]).join('');
  return before === lower ? check : check.toUpperCase();
}

function polymod(values: readonly number[]): number {
  let state = 1;
  for (const value of values) {
    const top = state >>> 25;
    state = ((state & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of GENERATORS.entries()) {
      if ((top >>> bit) & 1) state ^= generator;
    }
  }
  return state;
}
