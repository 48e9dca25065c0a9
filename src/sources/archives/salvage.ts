// Damaged deflate and gzip: what comes before the damage, which node:zlib keeps to itself.
// Source: RFC 1952, section 2.3.
import { constants, inflateRawSync } from 'node:zlib';

/** Unpacked bytes of one content that are held in memory. */
export const MAX_UNPACKED_BYTES: number = 64 * 1024 * 1024;

/** What may be unpacked in vain to find the place of the damage. */
const MAX_TRIED_BYTES = 512 * 1024 * 1024;

const MAGIC = Buffer.from([0x1f, 0x8b, 8]);
const HEADER_BYTES = 10;
const TRAILER_BYTES = 8;
const HAS_CHECKSUM = 0x02;
const HAS_EXTRA = 0x04;
const HAS_NAME = 0x08;
const HAS_COMMENT = 0x10;
const RESERVED = 0x20;

export function isTooLarge(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
}

/** The contents of a gzip file up to the damage. Checksums are not compared: that something is wrong is known. */
export function salvageGzip(packed: Buffer): Buffer {
  const parts: Buffer[] = [];
  let room = MAX_UNPACKED_BYTES;
  let at = 0;
  while (room > 0) {
    const start = skipHeader(packed, at);
    if (start === undefined) break;
    const { bytes, packedBytes } = salvage(packed.subarray(start), room);
    parts.push(bytes);
    room -= bytes.length;
    if (packedBytes === undefined) break;
    at = start + packedBytes + TRAILER_BYTES;
  }
  return Buffer.concat(parts);
}

interface Salvaged {
  readonly bytes: Buffer;
  /** What it takes, where it is whole. */
  readonly packedBytes?: number;
}

/** What a deflate stream yields up to the damage; what follows it is not its own. */
export function salvage(packed: Buffer, maxBytes: number = MAX_UNPACKED_BYTES): Salvaged {
  const whole = tryInflate(packed, maxBytes);
  if (typeof whole === 'object') return whole;
  // Damage is met at a certain byte: what ends before it can be unpacked, what does not cannot.
  let [good, bad] = [0, packed.length + 1];
  let best: Buffer = Buffer.alloc(0);
  for (let tried = 0; bad - good > 1 && tried < MAX_TRIED_BYTES;) {
    const middle = (good + bad) >>> 1;
    const part = tryInflate(packed.subarray(0, middle), maxBytes, constants.Z_SYNC_FLUSH);
    if (typeof part === 'object') [good, best] = [middle, part.bytes];
    else bad = middle;
    tried += part === 'too-large' ? maxBytes : Math.max(best.length, middle);
  }
  return { bytes: best };
}

interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

function tryInflate(
  packed: Buffer,
  maxOutputLength: number,
  finishFlush: number = constants.Z_FINISH,
): Salvaged | 'too-large' | 'damaged' {
  try {
    const inflated = inflateRawSync(packed, { maxOutputLength, finishFlush, info: true });
    // The types do not know what `info` changes.
    const { buffer, engine } = inflated as unknown as Inflated;
    return { bytes: buffer, packedBytes: engine.bytesWritten };
  } catch (error) {
    return isTooLarge(error) ? 'too-large' : 'damaged';
  }
}

/** Where the compressed data begins; undefined where no gzip header stands. */
function skipHeader(packed: Buffer, start: number): number | undefined {
  if (!packed.subarray(start, start + MAGIC.length).equals(MAGIC)) return undefined;
  const flags = packed[start + 3] ?? RESERVED;
  if (flags >= RESERVED) return undefined;
  let at = start + HEADER_BYTES;
  if (flags & HAS_EXTRA) at += 2 + (packed[at] ?? 0) + 256 * (packed[at + 1] ?? 0);
  if (flags & HAS_NAME) at = skipText(packed, at);
  if (flags & HAS_COMMENT) at = skipText(packed, at);
  if (flags & HAS_CHECKSUM) at += 2;
  return at < packed.length ? at : undefined;
}

function skipText(packed: Buffer, at: number): number {
  const end = packed.indexOf(0, at);
  return end < 0 ? packed.length : end + 1;
}
