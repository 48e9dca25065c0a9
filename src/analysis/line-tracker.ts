// Byte offsets → lines and columns, moving forward through a text that may come in chunks.
import { isAscii } from 'node:buffer';
import type { Span } from '../model/match.ts';
import { findFirst } from './find-first.ts';

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
  /** Position of a byte offset. Offsets may go back and forth: places on the way are remembered. */
  locate(offset: number): Position;
  /** Where the next chunk begins when this one is cut at `offset`. */
  originAt(offset: number): ChunkOrigin;
}

/** LF, CR and CRLF end a line. Bytes that are not UTF-8 count one unit each, as decoders show them. */
export function createLineTracker(bytes: Uint8Array, origin: ChunkOrigin = FILE_ORIGIN): LineTracker {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let cursor: Cursor = { at: 0, pending: 0, ...origin };
  const marks: Cursor[] = [{ ...cursor }];
  const moveTo = (offset: number): Cursor => {
    if (offset < cursor.at) cursor = { ...marks[findFirst(marks, ({ at }) => at > offset) - 1]! };
    while (offset - cursor.at > MARK_BYTES) {
      advance(cursor, buffer);
      if (cursor.at >= marks.at(-1)!.at + MARK_BYTES) marks.push({ ...cursor });
    }
    skipLines(cursor, buffer, offset);
    while (cursor.at < offset) skipStep(cursor, buffer, Math.min(offset, cursor.at + STEP_BYTES));
    if (cursor.at >= marks.at(-1)!.at + MARK_BYTES) marks.push({ ...cursor });
    return cursor;
  };
  return {
    locate: (offset) => {
      const { line, column } = moveTo(offset);
      return { line, column };
    },
    originAt: (offset) => {
      const { line, column, afterCr } = moveTo(offset);
      return { line, column, afterCr };
    },
  };
}

/** A place in the text, and how many bytes of its last character are still to come. */
interface Cursor {
  at: number;
  line: number;
  column: number;
  afterCr: boolean;
  pending: number;
}

/** Moves on by `MARK_BYTES`, or to the beginning of the last line that begins within them. */
function advance(cursor: Cursor, buffer: Buffer): void {
  const from = cursor.at;
  const to = from + MARK_BYTES;
  skipLines(cursor, buffer, to);
  if (cursor.at === from) while (cursor.at < to) skipStep(cursor, buffer, cursor.at + STEP_BYTES);
}

/** Moves to the beginning of the line of `to`, where that is further on. */
function skipLines(cursor: Cursor, buffer: Buffer, to: number): void {
  // Within what is new: a search of the whole text for each place on a long line would not end.
  const lineStart = cursor.at + buffer.subarray(cursor.at, to).lastIndexOf(LF) + 1;
  if (lineStart <= cursor.at) return;
  const line = cursor.line + countLineEnds(buffer, { start: cursor.at, end: lineStart }, cursor.afterCr);
  Object.assign(cursor, { at: lineStart, line, column: 1, pending: 0, afterCr: false });
}

function skipStep(cursor: Cursor, buffer: Buffer, to: number): void {
  if (cursor.pending > 0 || to - cursor.at < STEP_BYTES || !isPlain(buffer.subarray(cursor.at, to))) {
    while (cursor.at < to) skipByte(cursor, buffer[cursor.at]!);
    return;
  }
  cursor.at = to;
  cursor.column += STEP_BYTES;
  cursor.afterCr = false;
}

function skipByte(cursor: Cursor, byte: number): void {
  cursor.at++;
  if (byte === LF || byte === CR) {
    if (byte === CR || !cursor.afterCr) cursor.line++;
    cursor.column = 1;
    cursor.pending = 0;
  } else if (cursor.pending > 0 && (byte & 0xc0) === 0x80) {
    cursor.pending--;
  } else {
    cursor.column += byte >= 0xf0 && byte < 0xf5 ? 2 : 1;
    cursor.pending = countContinuations(byte);
  }
  cursor.afterCr = byte === CR;
}

/** A long line is passed over in steps of this size where every byte is a character. */
const STEP_BYTES = 4096;
/** Places that are remembered lie this far apart, at least. */
const MARK_BYTES = 4 * STEP_BYTES;

function isPlain(bytes: Buffer): boolean {
  return isAscii(bytes) && !bytes.includes(LF) && !bytes.includes(CR);
}

/** Line ends in a range that ends behind an LF. Searches within the range, as no loop here is as fast. */
function countLineEnds(buffer: Buffer, { start, end }: Span, afterCr: boolean): number {
  const range = buffer.subarray(start, end);
  let count = afterCr && range[0] === LF ? -1 : 0;
  for (let at = range.indexOf(LF); at !== -1; at = range.indexOf(LF, at + 1)) count++;
  for (let at = range.indexOf(CR); at !== -1; at = range.indexOf(CR, at + 1))
    if (range[at + 1] !== LF) count++;
  return count;
}

function countContinuations(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 0;
  if (lead < 0xe0) return 1;
  return lead < 0xf0 ? 2 : 3;
}
