// Deflate and gzip by node:zlib, synchronously: a content is unpacked as a whole, up to a limit that no bomb passes.
import { constants, gunzipSync, inflateRawSync } from 'node:zlib';
import type { ReadMember } from './container.ts';
import { ArchiveFailure } from './container.ts';

/** Compressed and unpacked bytes of one content that are held in memory. */
const MAX_PACKED_BYTES = 64 * 1024 * 1024;
const MAX_UNPACKED_BYTES = 64 * 1024 * 1024;
const PIECE_BYTES = 256 * 1024;

/** Unpacks at the first read. What is cut off yields what is there, then the failure. */
export function inflate(format: 'deflate' | 'gzip', readPacked: ReadMember): ReadMember {
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

function unpack(format: 'deflate' | 'gzip', packed: Buffer): Unpacked {
  const run = format === 'gzip' ? gunzipSync : inflateRawSync;
  const options = { maxOutputLength: MAX_UNPACKED_BYTES };
  try {
    return { bytes: run(packed, options) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      return { bytes: Buffer.alloc(0), problem: 'unpacks to too much: not scanned' };
    }
  }
  const problem = 'its compressed data is damaged or cut off';
  try {
    return { bytes: run(packed, { ...options, finishFlush: constants.Z_SYNC_FLUSH }), problem };
  } catch {
    return { bytes: Buffer.alloc(0), problem };
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
