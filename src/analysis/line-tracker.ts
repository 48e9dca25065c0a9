// Byte offsets → lines and columns, moving forward through a text that may come in chunks.
import { isAscii } from 'node:buffer';
import type { Span } from '../model/match.ts';

const LF = 0x0a;
const CR = 0x0d;

/** 1-based line; column in UTF-16 code units, 1-based. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where a chunk begins within its file. */
export interface ChunkOrigin extends Position {
  /** The byte before the chunk is a CR, so that a first LF ends no further line. */
  readonly afterCr: boolean;
}

export const FILE_ORIGIN: ChunkOrigin = { line: 1, column: 1, afterCr: false };

export interface LineTracker {
  /** Position of a byte offset. Offsets that go backwards cost a new start. */
  locate(offset: number): Position;
  /** Where the next chunk begins when this one is cut at `offset`. */
  originAt(offset: number): ChunkOrigin;
}

/** LF, CR and CRLF end a line. Bytes that are not UTF-8 count one unit each, as decoders show them. */
export function createLineTracker(bytes: Uint8Array, origin: ChunkOrigin = FILE_ORIGIN): LineTracker {
  let { line, column, afterCr } = origin;
  let at = 0;
  let pending = 0;
  const restart = (): void => {
    ({ line, column, afterCr } = origin);
    [at, pending] = [0, 0];
  };
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const advance = (to: number): void => {
    // Within what is new: a search of the whole text for each place on a long line would not end.
    const lineStart = at + buffer.subarray(at, to).lastIndexOf(LF) + 1;
    if (lineStart > at) {
      line += countLineEnds(buffer, { start: at, end: lineStart }, afterCr);
      [column, pending, afterCr] = [1, 0, false];
      at = lineStart;
    }
    while (at < to) step(Math.min(to, at + STEP_BYTES));
  };
  const step = (to: number): void => {
    if (to - at === STEP_BYTES && pending === 0 && isPlain(buffer.subarray(at, to))) {
      column += STEP_BYTES;
      at = to;
      afterCr = false;
      return;
    }
    for (; at < to; at++) {
      const byte = bytes[at]!;
      if (byte === LF || byte === CR) {
        if (byte === CR || !afterCr) line++;
        column = 1;
        pending = 0;
      } else if (pending > 0 && (byte & 0xc0) === 0x80) {
        pending--;
      } else {
        column += byte >= 0xf0 && byte < 0xf5 ? 2 : 1;
        pending = countContinuations(byte);
      }
      afterCr = byte === CR;
    }
  };
  return {
    locate: (offset) => {
      if (offset < at) restart();
      advance(offset);
      return { line, column };
    },
    originAt: (offset) => {
      if (offset < at) restart();
      advance(offset);
      return { line, column, afterCr };
    },
  };
}

/** A long line is passed over in steps of this size where every byte is a character. */
const STEP_BYTES = 4096;

function isPlain(bytes: Buffer): boolean {
  return isAscii(bytes) && !bytes.includes(LF) && !bytes.includes(CR);
}

/** Line ends in a range that ends behind an LF. Searches, as no loop here is as fast. */
function countLineEnds(buffer: Buffer, { start, end }: Span, afterCr: boolean): number {
  let count = 0;
  for (let at = buffer.indexOf(LF, start); at !== -1 && at < end; at = buffer.indexOf(LF, at + 1)) count++;
  if (afterCr && buffer[start] === LF) count--;
  for (let at = buffer.indexOf(CR, start); at !== -1 && at < end; at = buffer.indexOf(CR, at + 1)) {
    if (buffer[at + 1] !== LF) count++;
  }
  return count;
}

function countContinuations(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 0;
  if (lead < 0xe0) return 1;
  return lead < 0xf0 ? 2 : 3;
}
