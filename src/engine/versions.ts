// Versions of one text, one after another, as history has them: most of a version is what the one before it was, so the
// keywords of what they share are known. What is found is the same as without this memory.
import type { Kernel, Range } from './kernel.ts';

/** How a text differs from an earlier version: offsets in the text, each just behind white space. */
export interface Change {
  /** Keywords of the earlier version: the offset and the id of each, in order of offset. */
  readonly hits: readonly number[];
  /** Whether the kernel marked anything in the earlier version. */
  readonly isMarked: boolean;
  /** A keyword that begins before `from` is one of the earlier version. */
  readonly from: number;
  /** So is one that begins at `to` or later, where the earlier version has it `shift` bytes before. */
  readonly to: number;
  readonly shift: number;
}

/** The keywords of a text that is being scanned. */
export interface Version {
  readonly change: Change | undefined;
  /** Filled by the scan: see `Change`. */
  readonly hits: number[];
}

export interface VersionMemory {
  /** @param name the same for all versions of a text, which are all program code or none of them is */
  begin(name: string, text: Uint8Array): Version;
  /** Keeps a copy of what has been scanned, for the next version. */
  keep(name: string, text: Uint8Array, scanned: { hits: readonly number[]; isMarked: boolean }): void;
}

interface Kept {
  /** May be longer than the text. */
  readonly buffer: Buffer;
  readonly lengthBytes: number;
  readonly hits: readonly number[];
  readonly isMarked: boolean;
}

const MAX_TEXT_BYTES = 1024 * 1024;
const MAX_MEMORY_BYTES = 32 * 1024 * 1024;

export function createVersionMemory(): VersionMemory {
  const kept = new Map<string, Kept>();
  let bytes = 0;
  const drop = (name: string): Buffer | undefined => {
    const old = kept.get(name);
    if (!old) return undefined;
    kept.delete(name);
    bytes -= old.buffer.length;
    return old.buffer;
  };
  return {
    begin: (name, text) => {
      const old = kept.get(name);
      return { change: old && compare(old, text), hits: [] };
    },
    keep: (name, text, scanned) => {
      const known = drop(name);
      if (text.length > MAX_TEXT_BYTES) return;
      const fits = known && known.length >= text.length && known.length <= text.length * 2;
      const buffer = fits ? known : Buffer.allocUnsafeSlow(text.length + (text.length >> 3));
      buffer.set(text);
      kept.set(name, { ...scanned, buffer, lengthBytes: text.length });
      bytes += buffer.length;
      // The oldest first: they were put in longest ago.
      for (const oldest of kept.keys()) {
        if (bytes <= MAX_MEMORY_BYTES) break;
        drop(oldest);
      }
    },
  };
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
  const from = findSpaceBefore(now, first - BEHIND_BYTES);
  const to = findSpaceBehind(now, now.length - last + BEFORE_BYTES);
  if (from === undefined || to === undefined) return undefined;
  return { hits, isMarked, from, to, shift };
}

const STEP_BYTES = 64;

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

/** As the kernel's own search, of which only what has changed is left to do. */
export function findChanged(
  kernel: Pick<Kernel, 'find'>,
  range: Range,
  { change, onHit }: { change: Change; onHit: (offset: number, keywordId: number) => void },
): void {
  const { hits, from, to, shift } = change;
  let at = 0;
  for (; at < hits.length && hits[at]! < from; at += 2) onHit(hits[at]!, hits[at + 1]!);
  const start = Math.max(range.start, from - ATOM_BYTES);
  const limit = Math.min(range.limit, to + ATOM_BYTES);
  kernel.find({ ...range, start, limit }, (offset, keywordId) => {
    if (offset >= from && offset < to) onHit(offset, keywordId);
  });
  for (; at < hits.length; at += 2) if (hits[at]! + shift >= to) onHit(hits[at]! + shift, hits[at + 1]!);
}
