// The index of a pack, version 2 (gitformat-pack): which object begins at which byte of the pack.
import { readFileSync } from 'node:fs';

export interface PackIndex {
  /** The offset of an object in the pack; -1 where it is not in it. */
  find(id: Buffer): number;
  /** Where what begins at `offset` ends: at the next object, or at the pack's checksum. */
  endOf(offset: number): number;
}

const MAGIC = 0xff744f63;
const VERSION = 2;
const FANOUT_AT = 8;
const IDS_AT = FANOUT_AT + 256 * 4;
/** In the table of offsets: the rest of the bits is an index into the table of large ones. */
const IS_LARGE = 0x80000000;

/**
 * @param idBytes length of an object id
 * @param packBytes size of the pack
 * @returns undefined where the file cannot be read, or is none that git would have written
 */
export function openPackIndex(path: string, idBytes: number, packBytes: number): PackIndex | undefined {
  const bytes = readIndex(path);
  if (!bytes || bytes.length < IDS_AT + 2 * idBytes) return undefined;
  if (bytes.readUInt32BE(0) !== MAGIC || bytes.readUInt32BE(4) !== VERSION) return undefined;
  const count = fanout(bytes, 0xff);
  const offsets = readOffsets(bytes, count, idBytes);
  if (!offsets) return undefined;
  const sorted = offsets.slice().sort();
  return {
    find: (id) => {
      const at = findId(bytes, id);
      return at === -1 ? -1 : offsets[at]!;
    },
    endOf: (offset) => sorted[findAbove(sorted, offset)] ?? packBytes - idBytes,
  };
}

function readIndex(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** How many ids begin with this byte or a lower one. */
function fanout(bytes: Buffer, first: number): number {
  return bytes.readUInt32BE(FANOUT_AT + first * 4);
}

/** In the order of the ids. Behind the ids stand their checksums, four bytes each. */
function readOffsets(bytes: Buffer, count: number, idBytes: number): Float64Array | undefined {
  const at = IDS_AT + count * (idBytes + 4);
  const largeAt = at + count * 4;
  if (largeAt + 2 * idBytes > bytes.length) return undefined;
  const offsets = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const offset = bytes.readUInt32BE(at + index * 4);
    if (offset < IS_LARGE) {
      offsets[index] = offset;
      continue;
    }
    const place = largeAt + (offset - IS_LARGE) * 8;
    if (place + 8 > bytes.length) return undefined;
    offsets[index] = Number(bytes.readBigUInt64BE(place));
  }
  return offsets;
}

/** The index of an id in the sorted list; -1 where it is not there. */
function findId(bytes: Buffer, id: Buffer): number {
  let low = id[0] === 0 ? 0 : fanout(bytes, id[0]! - 1);
  let high = fanout(bytes, id[0]!);
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = IDS_AT + middle * id.length;
    const order = bytes.compare(id, 0, id.length, at, at + id.length);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return -1;
}

/** The index of the first that is larger. */
function findAbove(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
