// Deflate and gzip, piece by piece: what is not asked for is not unpacked, so a bomb costs no more than its limit.
// The streams of node:zlib are asynchronous and its synchronous functions hold the whole result; fflate is neither.
import { Gunzip, Inflate } from 'fflate';
import type { ReadMember } from './container.ts';
import { ArchiveFailure } from './container.ts';

/** Compressed bytes at a time; they become at most 1,032 times as many. */
const PIECE_BYTES = 8 * 1024;

export function inflate(format: 'deflate' | 'gzip', readPacked: ReadMember): ReadMember {
  const ready: Uint8Array[] = [];
  const piece = new Uint8Array(PIECE_BYTES);
  let isEnded = false;
  const onData = (chunk: Uint8Array): void => {
    if (chunk.length > 0) ready.push(chunk);
  };
  const stream = format === 'gzip' ? new Gunzip(onData) : new Inflate(onData);
  const unpackMore = (filledBytes: number): void => {
    const count = readPacked(piece);
    isEnded = count < piece.length;
    try {
      // A copy, as the stream keeps what it has not used yet.
      stream.push(piece.slice(0, count), isEnded);
    } catch {
      isEnded = true;
      throw new ArchiveFailure('its compressed data is damaged or cut off', filledBytes);
    }
  };
  return (target) => {
    let filled = 0;
    while (filled < target.length) {
      const chunk = ready[0];
      if (chunk) {
        const taken = Math.min(chunk.length, target.length - filled);
        target.set(chunk.subarray(0, taken), filled);
        filled += taken;
        if (taken === chunk.length) ready.shift();
        else ready[0] = chunk.subarray(taken);
      } else if (isEnded) {
        break;
      } else {
        unpackMore(filled);
      }
    }
    return filled;
  };
}
