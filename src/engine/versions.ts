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

/** How a text differs from an earlier version: offsets in the text. */
export interface Change {
  /** Keywords of the earlier version, in order of offset. */
  readonly hits: readonly Hit[];
  /** Whether the kernel marked anything in the earlier version. */
  readonly isMarked: boolean;
  /** What lies before `firstByte` is the same, and what lies at `lastByte` or behind it, `shift` bytes further on. */
  readonly firstByte: number;
  readonly lastByte: number;
  readonly shift: number;
  /**
   * Keywords that begin before `from` are those of the earlier version, and those that begin at `to` or later. White
   * space stands before both.
   */
  readonly from: number;
  readonly to: number;
}

/** The keywords of a text that is being scanned. */
export interface Version {
  readonly change: Change | undefined;
  /** Filled by the scan. */
  readonly hits: Hit[];
}

export interface VersionMemory {
  /** @param name the same for all versions of a text, which are all program code or none of them is */
  begin(name: string, text: Uint8Array): Version;
  /** Keeps a copy of what has been scanned, for the next version. */
  keep(name: string, text: Uint8Array, scanned: Version & { isMarked: boolean }): void;
}

interface Kept {
  /** May be longer than the text. */
  readonly buffer: Buffer;
  readonly lengthBytes: number;
  readonly hits: readonly Hit[];
  readonly isMarked: boolean;
}

const MAX_TEXT_BYTES = 1024 * 1024;
const MAX_MEMORY_BYTES = 16 * 1024 * 1024;

export function createVersionMemory(): VersionMemory {
  const kept = new Map<string, Kept>();
  let bytes = 0;
  const drop = (name: string): Kept | undefined => {
    const old = kept.get(name);
    kept.delete(name);
    if (old) bytes -= old.buffer.length;
    return old;
  };
  return {
    begin: (name, text) => {
      const old = kept.get(name);
      return { change: old && compare(old, text), hits: [] };
    },
    keep: (name, text, { change, hits, isMarked }) => {
      const old = drop(name);
      if (text.length > MAX_TEXT_BYTES) return;
      const buffer = (old && change && update(old, text, change)) ?? copy(text);
      kept.set(name, { hits, isMarked, buffer, lengthBytes: text.length });
      bytes += buffer.length;
      // The oldest first: they were put in longest ago.
      for (const oldest of kept.keys()) {
        if (bytes <= MAX_MEMORY_BYTES) break;
        drop(oldest);
      }
    },
  };
}

/** With room for what later versions add. */
function copy(text: Uint8Array): Buffer {
  const buffer = Buffer.allocUnsafeSlow(text.length + (text.length >> 3));
  buffer.set(text);
  return buffer;
}

/** Writes into the copy of the earlier version what has changed; undefined where there is no room. */
function update({ buffer, lengthBytes }: Kept, text: Uint8Array, change: Change): Buffer | undefined {
  const { firstByte, lastByte, shift } = change;
  if (text.length > buffer.length || buffer.length > text.length * 2) return undefined;
  if (shift !== 0) buffer.copyWithin(lastByte, lastByte - shift, lengthBytes);
  buffer.set(text.subarray(firstByte, lastByte), firstByte);
  return buffer;
}

/** A keyword depends on fewer bytes behind its beginning, and on fewer before it: see kernel/follow.ts. */
const BEHIND_BYTES = 1024;
const BEFORE_BYTES = 256;
/** How far an atom lies from the beginning of its keyword, at most. */
const ATOM_BYTES = 128;
/** White space further away is not looked for. */
const MAX_SEEK_BYTES = 4096;

function compare({ buffer, lengthBytes, hits, isMarked }: Kept, text: Uint8Array): Change | undefined {
  const now = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
  const shorter = Math.min(lengthBytes, now.length);
  const shift = now.length - lengthBytes;
  const isSame = (from: number, to: number): boolean => buffer.compare(now, from, to, from, to) === 0;
  const first = countSame(shorter, isSame);
  const isSameFromEnd = (from: number, to: number): boolean =>
    buffer.compare(now, now.length - to, now.length - from, lengthBytes - to, lengthBytes - from) === 0;
  const last = countSame(shorter - first, isSameFromEnd);
  const [firstByte, lastByte] = [first, now.length - last];
  const from = findSpaceBefore(now, firstByte - BEHIND_BYTES);
  const to = findSpaceBehind(now, lastByte + BEFORE_BYTES);
  if (from === undefined || to === undefined) return undefined;
  return { hits, isMarked, firstByte, lastByte, shift, from, to };
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

/**
 * As the kernel's own search, of which only what has changed is left to do.
 * @param onHit told whether it is known that the hit's patterns match nothing
 */
export function findChanged(
  kernel: Pick<Kernel, 'find'>,
  range: Range,
  { change, reach, onHit }: { change: Change; reach: Reach; onHit: (hit: Hit) => void },
): void {
  const { hits, firstByte, lastByte, shift, from, to } = change;
  let index = 0;
  for (; index < hits.length && hits[index]!.offset < from; index++) {
    const hit = hits[index]!;
    const isSame = hit.offset + reach.behindBytes(hit.keywordId) <= firstByte;
    onHit(isSame ? hit : { ...hit, isIdle: false });
  }
  const start = Math.max(range.start, from - ATOM_BYTES);
  const limit = Math.min(range.limit, to + ATOM_BYTES);
  kernel.find({ ...range, start, limit }, (offset, keywordId) => {
    if (offset >= from && offset < to) onHit({ offset, keywordId, isIdle: false });
  });
  for (; index < hits.length; index++) {
    const { keywordId, isIdle, ...hit } = hits[index]!;
    const offset = hit.offset + shift;
    if (offset < to) continue;
    onHit({ offset, keywordId, isIdle: isIdle && offset - reach.beforeBytes >= lastByte });
  }
}
