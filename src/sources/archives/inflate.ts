// Deflate and gzip by node:zlib, synchronously: a content is unpacked as a whole, up to a limit that no bomb passes.
import { gunzipSync, inflateRawSync } from 'node:zlib';
import type { ReadMember } from './container.ts';
import { ArchiveFailure } from './container.ts';
import { isTooLarge, MAX_UNPACKED_BYTES, salvage, salvageGzip } from './salvage.ts';

/** Compressed bytes of one content that are held in memory. */
const MAX_PACKED_BYTES = 64 * 1024 * 1024;
const PIECE_BYTES = 256 * 1024;

type Format = 'deflate' | 'gzip';

/** Unpacks at the first read. What is damaged yields what comes before the damage, then the failure. */
export function inflate(format: Format, readPacked: ReadMember): ReadMember {
  let unpacked: Unpacked | undefined;
  let at = 0;
  return (target) => {
    unpacked ??= unpack(format, readAll(readPacked));
    const part = unpacked.bytes.subarray(at, at + target.length);
    target.set(part);
    at += part.length;
    if (part.length < target.length && unpacked.problem)
      throw new ArchiveFailure(unpacked.problem, part.length);
    return part.length;
  };
}

interface Unpacked {
  readonly bytes: Uint8Array;
  readonly problem?: string;
}

const TOO_LARGE = 'unpacks to too much: the rest is not scanned';
const DAMAGED =
  'its compressed data is damaged or cut off, or something follows it: what comes before is scanned';

function unpack(format: Format, packed: Buffer): Unpacked {
  const run = format === 'gzip' ? gunzipSync : inflateRawSync;
  try {
    return { bytes: run(packed, { maxOutputLength: MAX_UNPACKED_BYTES }) };
  } catch (error) {
    const bytes = format === 'gzip' ? salvageGzip(packed) : salvage(packed).bytes;
    return { bytes, problem: isTooLarge(error) ? TOO_LARGE : DAMAGED };
  }
}

function readAll(read: ReadMember): Buffer {
  const pieces: Uint8Array[] = [];
  for (let total = 0; total <= MAX_PACKED_BYTES;) {
    const piece = new Uint8Array(PIECE_BYTES);
    const count = read(piece);
    pieces.push(piece.subarray(0, count));
    total += count;
    if (count < piece.length) return Buffer.concat(pieces);
  }
  throw new ArchiveFailure('is too large to be unpacked');
}
