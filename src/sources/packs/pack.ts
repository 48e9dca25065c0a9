// Objects of one pack (gitformat-pack). Whatever is not as it should be is left to git, which says what is wrong.
import { closeSync, openSync, readSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { applyDelta, readDeltaSizes } from './delta.ts';
import type { PackIndex } from './pack-index.ts';

export interface PackedObject {
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface Pack {
  /** The offset of an object; -1 where it is not in the pack. */
  find(id: Buffer): number;
  /** Undefined where it cannot be read, or is larger than what is read here. */
  read(offset: number): PackedObject | undefined;
  /** The file is opened again by the next `read`. */
  close(): void;
}

/** Larger objects are left to git: each takes its size in memory, and what it is made of as much again. */
export const MAX_PACKED_BYTES: number = 16 * 1024 * 1024;
/** More deltas upon one another than git makes by default, and fewer than would be a trap. */
const MAX_CHAIN = 4096;

/** What an object begins with, and where its data is. */
interface Entry {
  readonly type: number;
  /** Of the object, or of the delta. */
  readonly sizeBytes: number;
  /** Where the object lies that a delta is applied to. */
  readonly base?: number;
  readonly data: Buffer;
}

/** By the number that stands for them in a pack. */
export const OBJECT_TYPES: readonly string[] = ['', 'commit', 'tree', 'blob', 'tag'];
const OFFSET_DELTA = 6;
const ID_DELTA = 7;

/** @param cache of objects that others may be made of, by offset */
export function openPack(
  path: string,
  { index, idBytes, cache }: { index: PackIndex; idBytes: number; cache: ObjectCache },
): Pack {
  const file = createFile(path);
  const readEntry = (offset: number): Entry | undefined => {
    const raw = file.read(offset, index.endOf(offset));
    return raw && parseEntry(raw, { offset, idBytes, find: index.find });
  };
  return {
    find: index.find,
    read: (offset) => readObject(offset, { readEntry, cache }),
    close: file.close,
  };
}

function readObject(
  wanted: number,
  { readEntry, cache }: { readEntry: (offset: number) => Entry | undefined; cache: ObjectCache },
): PackedObject | undefined {
  const deltas: { at: number; bytes: Buffer }[] = [];
  let object: PackedObject | undefined;
  for (let at = wanted; !object;) {
    object = cache.get(at);
    if (object) break;
    const entry = readEntry(at);
    const bytes = entry && inflate(entry);
    if (!bytes) return undefined;
    const type = OBJECT_TYPES[entry.type];
    if (type) {
      object = { type, bytes };
      cache.put(at, object);
      break;
    }
    if (entry.base === undefined || deltas.length >= MAX_CHAIN) return undefined;
    deltas.push({ at, bytes });
    at = entry.base;
  }
  for (const delta of deltas.reverse()) {
    if (readDeltaSizes(delta.bytes).resultBytes > MAX_PACKED_BYTES) return undefined;
    const bytes = applyDelta(object.bytes, delta.bytes);
    if (!bytes) return undefined;
    object = { type: object.type, bytes };
    cache.put(delta.at, object);
  }
  return object;
}

function inflate({ data, sizeBytes }: Entry): Buffer | undefined {
  if (sizeBytes > MAX_PACKED_BYTES) return undefined;
  try {
    // One byte more than there should be, so that too much is seen.
    const room = Math.max(64, sizeBytes + 1);
    const bytes = inflateSync(data, { chunkSize: room, maxOutputLength: room });
    return bytes.length === sizeBytes ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** The type and four bits of the size in the first byte, seven bits in each that follows, the lowest first. */
function parseEntry(
  raw: Buffer,
  { offset, idBytes, find }: { offset: number; idBytes: number; find: PackIndex['find'] },
): Entry | undefined {
  let at = 0;
  let byte = raw[at++] ?? 0;
  const type = (byte >> 4) & 7;
  let sizeBytes = byte & 0x0f;
  for (let scale = 16; byte & 0x80; scale *= 0x80) {
    byte = raw[at++] ?? 0;
    sizeBytes += (byte & 0x7f) * scale;
  }
  if (type === ID_DELTA) {
    const base = find(raw.subarray(at, at + idBytes));
    return base === -1 ? undefined : { type, sizeBytes, base, data: raw.subarray(at + idBytes) };
  }
  if (type !== OFFSET_DELTA) return { type, sizeBytes, data: raw.subarray(at) };
  // How far back it lies: the highest bits first, and one more for each byte that follows.
  byte = raw[at++] ?? 0;
  let distance = byte & 0x7f;
  while (byte & 0x80) {
    byte = raw[at++] ?? 0;
    distance = (distance + 1) * 0x80 + (byte & 0x7f);
  }
  if (distance <= 0 || distance > offset) return undefined;
  return { type, sizeBytes, base: offset - distance, data: raw.subarray(at) };
}

interface PackFile {
  /** Valid until the next read. Undefined where the bytes cannot be read. */
  read(from: number, to: number): Buffer | undefined;
  close(): void;
}

function createFile(path: string): PackFile {
  let descriptor: number | undefined;
  let buffer = Buffer.allocUnsafeSlow(64 * 1024);
  return {
    read: (from, to) => {
      const length = to - from;
      if (length <= 0 || length > MAX_PACKED_BYTES * 2) return undefined;
      if (length > buffer.length) buffer = Buffer.allocUnsafeSlow(length);
      try {
        descriptor ??= openSync(path, 'r');
        return readSync(descriptor, buffer, 0, length, from) === length
          ? buffer.subarray(0, length)
          : undefined;
      } catch {
        return undefined;
      }
    },
    close: () => {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
}

export interface ObjectCache {
  get(offset: number): PackedObject | undefined;
  put(offset: number, object: PackedObject): void;
}

const MAX_CACHE_BYTES = 32 * 1024 * 1024;
/** Offsets of one pack are below this; of different packs, apart by it. */
const MAX_OFFSET = 2 ** 44;

/** One memory for all packs; what was used last stays longest. */
export function createObjectCaches(): (pack: number) => ObjectCache {
  const known = new Map<number, PackedObject>();
  let bytes = 0;
  return (pack) => ({
    get: (offset) => {
      const key = pack * MAX_OFFSET + offset;
      const object = known.get(key);
      if (!object) return undefined;
      known.delete(key);
      known.set(key, object);
      return object;
    },
    put: (offset, object) => {
      known.set(pack * MAX_OFFSET + offset, object);
      bytes += object.bytes.length;
      for (const [oldest, { bytes: old }] of known) {
        if (bytes <= MAX_CACHE_BYTES) break;
        known.delete(oldest);
        bytes -= old.length;
      }
    },
  });
}
