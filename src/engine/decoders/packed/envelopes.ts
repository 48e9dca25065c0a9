// What stands around compressed data: the headers and trailers of gzip, zlib and zip, read from the beginning on.
// Sources: RFC 1952, section 2.3; RFC 1950, section 2.2; APPNOTE.TXT 6.3.10, section 4.3.
import type { Bits } from './bits.ts';
import { alignBits, INPUT_END, readBits } from './bits.ts';
import { DAMAGE } from './huffman.ts';

export type Format = 'gzip' | 'zlib' | 'zip';

/** Thrown where it is encrypted, or compressed by other methods. */
export const UNSUPPORTED: Error = new Error('the compressed data is of no kind that is read');

/** How the next member begins. */
export type Entrance =
  { readonly kind: 'deflated' | 'none' } | { readonly kind: 'stored'; readonly bytes: number };

export interface Envelope {
  /** Reads what stands before a member. */
  readonly enter: (bits: Bits) => Entrance;
  /** Reads what stands behind it. Whether another one may follow. */
  readonly leave: (bits: Bits) => boolean;
}

export function createEnvelope(format: Format): Envelope {
  if (format === 'zip') return createZip();
  return format === 'gzip'
    ? { enter: enterGzip, leave: leaveGzip }
    : { enter: enterZlib, leave: () => false };
}

/** By the first byte. */
export function formatOf(first: number): Format {
  if (first === 0x1f) return 'gzip';
  return first === 0x50 ? 'zip' : 'zlib';
}

const readByte = (bits: Bits): number => readBits(bits, 8);

function skipBytes(bits: Bits, count: number): void {
  for (let index = 0; index < count; index++) readByte(bits);
}

/** Names and comments are no longer. */
const MAX_TEXT_BYTES = 1024;

function skipText(bits: Bits): void {
  for (let length = 0; readByte(bits) !== 0; length++) if (length > MAX_TEXT_BYTES) throw DAMAGE;
}

const HAS_CHECKSUM = 0x02;
const HAS_EXTRA = 0x04;
const HAS_NAME = 0x08;
const HAS_COMMENT = 0x10;
const RESERVED = 0x20;
const GZIP_MAGIC = 0x8b1f;
const DEFLATED = 8;

function enterGzip(bits: Bits): Entrance {
  if (readBits(bits, 16) !== GZIP_MAGIC || readByte(bits) !== DEFLATED) throw DAMAGE;
  const flags = readByte(bits);
  if (flags >= RESERVED) throw DAMAGE;
  skipBytes(bits, 6);
  if (flags & HAS_EXTRA) skipBytes(bits, readBits(bits, 16));
  if (flags & HAS_NAME) skipText(bits);
  if (flags & HAS_COMMENT) skipText(bits);
  if (flags & HAS_CHECKSUM) skipBytes(bits, 2);
  return { kind: 'deflated' };
}

const GZIP_TRAILER_BYTES = 8;

// Members may follow each other.
function leaveGzip(bits: Bits): boolean {
  alignBits(bits);
  skipBytes(bits, GZIP_TRAILER_BYTES);
  const here = { ...bits };
  try {
    const isNext = readBits(bits, 16) === GZIP_MAGIC;
    Object.assign(bits, here);
    return isNext;
  } catch (error) {
    if (error !== INPUT_END) throw error;
    Object.assign(bits, here);
    return false;
  }
}

function enterZlib(bits: Bits): Entrance {
  const head = readByte(bits) * 256 + readByte(bits);
  const hasDictionary = (head & 0x20) !== 0;
  if (head % 31 !== 0 || hasDictionary) throw DAMAGE;
  return { kind: 'deflated' };
}

/** As numbers of which the first byte is the highest. */
const LOCAL = 0x504b0304;
const ENTRY = 0x504b0102;
const DIRECTORY_END = 0x504b0506;
const SIGNATURE_BYTES = 4;
/** Behind a member whose size was not known before: its checksum and sizes, of eight bytes each. */
const MAX_DESCRIPTOR_BYTES = 24;
const ENCRYPTED = 0x0001;
const HAS_DESCRIPTOR = 0x0008;
const STORED = 0;

function createZip(): Envelope {
  let hasDescriptor = false;
  return {
    enter: (bits) => {
      alignBits(bits);
      const signature = readSignature(bits, hasDescriptor ? MAX_DESCRIPTOR_BYTES : 0);
      if (signature !== LOCAL) return { kind: 'none' };
      readByte(bits);
      readByte(bits);
      const flags = readBits(bits, 16);
      const method = readBits(bits, 16);
      skipBytes(bits, 8);
      const packedBytes = readBits(bits, 16) + readBits(bits, 16) * 0x10000;
      skipBytes(bits, 4);
      const nameBytes = readBits(bits, 16);
      const extraBytes = readBits(bits, 16);
      skipBytes(bits, nameBytes + extraBytes);
      hasDescriptor = (flags & HAS_DESCRIPTOR) !== 0;
      if ((flags & ENCRYPTED) !== 0) throw UNSUPPORTED;
      if (method === DEFLATED) return { kind: 'deflated' };
      if (method !== STORED || hasDescriptor) throw UNSUPPORTED;
      return { kind: 'stored', bytes: packedBytes };
    },
    leave: () => true,
  };
}

/** The next signature, at most so many bytes on. */
function readSignature(bits: Bits, maxSkippedBytes: number): number {
  let signature = 0;
  for (let read = 1; read <= SIGNATURE_BYTES + maxSkippedBytes; read++) {
    signature = ((signature << 8) | readByte(bits)) >>> 0;
    if (read < SIGNATURE_BYTES) continue;
    if (signature === LOCAL || signature === ENTRY || signature === DIRECTORY_END) return signature;
  }
  throw DAMAGE;
}
