// Versions of one text, one after another, as history has them: most of a version is what the one before it was, so the
// keywords of what they share are known. What is found is the same as without this memory.
import type { Kernel, Range } from './kernel.ts';

/** A keyword in a text. */
export interface Hit {
  readonly offset: number;
  readonly keywordId: number;
  /** All its patterns have been tried here, and none matched. */
  readonly isIdle: boolean;
}

/** What a scan says of a text. */
export interface Version {
  /** Its keywords, in order of offset. */
  readonly hits: readonly Hit[];
  /** Whether the kernel marked anything in it. */
  readonly isMarked: boolean;
}

/** How a text differs from the one before it: offsets in the text. */
export interface Change {
  readonly before: Version;
  /** What lies before `firstByte` is the same, and what lies at `lastByte` or behind it, `shift` bytes further on. */
  readonly firstByte: number;
  readonly lastByte: number;
  readonly shift: number;
  /**
   * Keywords that begin before `from` are those of the earlier text, and those that begin at `to` or later. White space
   * stands before both.
   */
  readonly from: number;
  readonly to: number;
}

/** Holds the text that was scanned last. */
export interface VersionMemory {
  /** Undefined where a text has little in common with the one before it, or is not of its kind. */
  compare(text: Uint8Array, isCode: boolean): Change | undefined;
  keep(text: Uint8Array, isCode: boolean, version: Version): void;
}

const MAX_TEXT_BYTES = 1024 * 1024;

export function createVersionMemory(): VersionMemory {
  const buffer = Buffer.allocUnsafeSlow(MAX_TEXT_BYTES);
  let last: Last = { text: buffer.subarray(0, 0), isCode: false, hits: [], isMarked: false };
  return {
    compare: (text, isCode) => (isCode === last.isCode ? compare(last, text) : undefined),
    keep: (text, isCode, version) => {
      if (text.length > MAX_TEXT_BYTES) return;
      buffer.set(text);
      last = { isCode, text: buffer.subarray(0, text.length), ...version };
    },
  };
}

interface Last extends Version {
  readonly text: Buffer;
  readonly isCode: boolean;
}

/** A keyword depends on fewer bytes behind its beginning, and on fewer before it: see kernel/follow.ts. */
const BEHIND_BYTES = 1024;
const BEFORE_BYTES = 256;
/** How far an atom lies from the beginning of its keyword, at most. */
const ATOM_BYTES = 128;
/** White space further away is not looked for. */
const MAX_SEEK_BYTES = 4096;

function compare(last: Last, text: Uint8Array): Change | undefined {
  const now = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
  const { text: old } = last;
  const shorter = Math.min(old.length, now.length);
  const isSame = (from: number, to: number): boolean => old.compare(now, from, to, from, to) === 0;
  const isSameFromEnd = (from: number, to: number): boolean =>
    old.compare(now, now.length - to, now.length - from, old.length - to, old.length - from) === 0;
  const firstByte = countSame(shorter, isSame);
  const same = countSame(shorter - firstByte, isSameFromEnd);
  const lastByte = now.length - same;
  if (firstByte + same < now.length / 4) return undefined;
  const from = findSpaceBefore(now, firstByte - BEHIND_BYTES);
  const to = findSpaceBehind(now, lastByte + BEFORE_BYTES);
  if (from === undefined || to === undefined) return undefined;
  return { before: last, firstByte, lastByte, shift: now.length - old.length, from, to };
}

const STEP_BYTES = 512;

/** How many bytes are the same, or a few less. Halves what is open: each byte is compared about once. */
function countSame(length: number, isSame: (from: number, to: number) => boolean): number {
  if (isSame(0, length)) return length;
  let [same, different] = [0, length];
  while (different - same > STEP_BYTES) {
    const middle = (same + different) >>> 1;
    if (isSame(same, middle)) same = middle;
    else different = middle;
  }
  return same;
}

/** The offset behind the last white space before `at`. */
function findSpaceBefore(text: Uint8Array, at: number): number | undefined {
  if (at <= 0) return 0;
  const floor = Math.max(0, at - MAX_SEEK_BYTES);
  for (let index = at; index > floor; index--) if (isSpace(text[index - 1]!)) return index;
  return floor === 0 ? 0 : undefined;
}

function findSpaceBehind(text: Uint8Array, at: number): number | undefined {
  const stop = Math.min(text.length, at + MAX_SEEK_BYTES);
  for (let index = at; index < stop; index++) if (isSpace(text[index]!)) return index + 1;
  return stop === text.length ? stop : undefined;
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

/** What a hit depends on. */
export interface Reach {
  /** Bytes before a keyword that its patterns may see. */
  readonly beforeBytes: number;
  /** Bytes from the beginning of a keyword on that its patterns may see. */
  behindBytes(keywordId: number): number;
}

/** @param isIdle it is known that the patterns match nothing here */
export type OnHit = (offset: number, keywordId: number, isIdle: boolean) => void;

/** As the kernel's own search, of which only what has changed is left to do. */
export function findChanged(
  kernel: Pick<Kernel, 'find'>,
  range: Range,
  { change, reach, onHit }: { change: Change; reach: Reach; onHit: OnHit },
): void {
  const { firstByte, lastByte, shift, from, to } = change;
  const { hits } = change.before;
  let index = 0;
  for (; index < hits.length && hits[index]!.offset < from; index++) {
    const { offset, keywordId, isIdle } = hits[index]!;
    onHit(offset, keywordId, isIdle && offset + reach.behindBytes(keywordId) <= firstByte);
  }
  const start = Math.max(range.start, from - ATOM_BYTES);
  const limit = Math.min(range.limit, to + ATOM_BYTES);
  kernel.find({ ...range, start, limit }, (offset, keywordId) => {
    if (offset >= from && offset < to) onHit(offset, keywordId, false);
  });
  for (; index < hits.length; index++) {
    const { keywordId, isIdle } = hits[index]!;
    const offset = hits[index]!.offset + shift;
    if (offset >= to) onHit(offset, keywordId, isIdle && offset - reach.beforeBytes >= lastByte);
  }
}

/** Where the first encoded text begins; at the range's limit where there is none. */
export function findFirstMark(
  marks: Pick<Kernel, 'nextMark'>,
  range: Range,
  change: Change | undefined,
): number {
  if (!change || change.before.isMarked) return marks.nextMark(range);
  const { from: start, to: limit } = change;
  return marks.nextMark({ ...range, start, limit }) < limit ? marks.nextMark(range) : range.limit;
}
