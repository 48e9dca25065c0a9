// Personal access tokens of Azure DevOps in the form before 2024: 52 base32 characters, four of whose bytes are a CRC32.
import { crc32 } from 'node:zlib';
import { decodeBase32, encodeBase32 } from './base-text.ts';
import type { ChecksumFamily } from './checksum-family.ts';

const TOKEN_LENGTH = 52;
const TOKEN_BYTES = 32;
/** Bytes of the token that hold the CRC, from its highest byte to its lowest. */
const CRC_PLACES: readonly number[] = [2, 7, 8, 22];
/** XORed to the CRC: tokens of users, and of applications. */
const USER_CONSTANT = 0xe0b9692d;
const APPLICATION_CONSTANT = 0x1019f92e;
/** Characters before those that `complete` finds. They hold 27 whole bytes and half of the next. */
const OPEN_LENGTH = 44;
const REVERSED_POLYNOMIAL = 0xedb88320;

/** Source: microsoft/security-utilities, `SEC101/102`. No sample token has confirmed it. */
export const AZURE_DEVOPS_PAT: ChecksumFamily = {
  description:
    'CRC32 of 28 of the 32 bytes, XORed with a constant per kind of owner and scattered over the other four (microsoft/security-utilities, SEC101/102).',
  documented: false,
  verify: (secret) => {
    const token = secret.length === TOKEN_LENGTH ? decodeBase32(secret) : undefined;
    if (token === undefined) return false;
    const difference = (crc32(coveredBytes(token)) ^ embeddedCrc(token)) >>> 0;
    return difference === USER_CONSTANT || difference === APPLICATION_CONSTANT;
  },
  complete: (before) => {
    const token = Buffer.alloc(TOKEN_BYTES);
    const open = decodeBase32(`${before.slice(0, OPEN_LENGTH).padEnd(OPEN_LENGTH, 'a')}a`);
    open?.copy(token);
    const covered = coveredBytes(token).subarray(0, -4);
    solveLastBytes(covered, (embeddedCrc(token) ^ USER_CONSTANT) >>> 0).copy(token, TOKEN_BYTES - 4);
    return encodeBase32(token).toLowerCase().slice(OPEN_LENGTH);
  },
};

function coveredBytes(token: Buffer): Buffer {
  return Buffer.from(token.filter((_, place) => !CRC_PLACES.includes(place)));
}

function embeddedCrc(token: Buffer): number {
  return Buffer.from(CRC_PLACES.map((place) => token[place]!)).readUInt32BE();
}

// The CRC of a token stands before its end. So the last four bytes are chosen to give the CRC that stands there: the
// register that leads to it is stepped back 32 bits, and what differs from the register so far is what must be fed.
function solveLastBytes(covered: Buffer, wantedCrc: number): Buffer {
  let register = ~wantedCrc;
  for (let bit = 0; bit < 32; bit++) {
    register = register < 0 ? ((register ^ REVERSED_POLYNOMIAL) << 1) | 1 : register << 1;
  }
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE((register ^ ~crc32(covered)) >>> 0);
  return bytes;
}
