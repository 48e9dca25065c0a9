// Zip: the directory at the end names the members, which are unpacked one by one.
// Source: APPNOTE.TXT 6.3.10, sections 4.3 to 4.5.
import type { Span } from '../../model/match.ts';
import type { ByteSource, Damage, Member } from './container.ts';
import type { Entry, OnSpan, Zip } from './zip-entry.ts';
import { IN_ZIP64, LOCAL_SIGNATURE, openEntry, readBytes } from './zip-entry.ts';
import { listUnlisted } from './zip-unlisted.ts';

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;
const END64_LOCATOR_SIGNATURE = 0x07064b50;
const END64_LOCATOR_BYTES = 20;
const END64_SIGNATURE = 0x06064b50;
const END64_BYTES = 56;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
const ZIP64_EXTRA = 0x0001;
/** What nothing is when it is deflated. */
const EMPTY_BYTES = 2;
const ENCRYPTED = 0x0001;
const MAX_PATH_LENGTH = 4096;

export function* listZip(zip: Zip): Generator<Member | Damage> {
  const spans: Span[] = [];
  const onSpan: OnSpan = (span) => {
    spans.push(span);
    zip.onSpan(span);
  };
  yield* listDirectory({ ...zip, onSpan });
  yield* listUnlisted(zip, spans);
}

function* listDirectory(zip: Zip): Generator<Member | Damage> {
  const directory = findDirectory(zip.source);
  if (!directory) {
    yield { status: 'damaged', message: 'has no directory: it is damaged or cut off' };
    return;
  }
  zip.onSpan({ start: directory.recordAt, end: directory.end + END_BYTES });
  let at = directory.start;
  let listed = 0;
  // A directory may hold more than is said of it; the record about it ends it for certain.
  for (; listed < directory.entries || hasSignature(zip.source, at, ENTRY_SIGNATURE); listed++) {
    const entry = at < directory.end ? readEntry(zip.source, at) : undefined;
    if (!entry) {
      yield { status: 'damaged', message: 'has a damaged directory: what follows is not scanned' };
      return;
    }
    zip.onSpan({ start: at, end: entry.next });
    at = entry.next;
    if (entry.path.endsWith('/') && entry.packedBytes <= EMPTY_BYTES) continue;
    yield openEntry(zip, entry, directory.shift);
  }
  if (listed === 0 && hasSignature(zip.source, 0, LOCAL_SIGNATURE)) {
    yield { status: 'damaged', message: 'has a directory that lists none of its members: not scanned' };
  }
}

function hasSignature(source: ByteSource, at: number, signature: number): boolean {
  const bytes = readBytes(source, at, 4);
  return bytes.length === 4 && bytes.readUInt32LE(0) === signature;
}

interface Directory {
  readonly start: number;
  /** Where the last record about it stands. */
  readonly end: number;
  /** Where the first one does: those of zip64 come before the other one. */
  readonly recordAt: number;
  readonly entries: number;
  /** Bytes before the archive, such as a program that unpacks it. */
  readonly shift: number;
}

function findDirectory(source: ByteSource): Directory | undefined {
  const tail = readBytes(
    source,
    Math.max(0, source.sizeBytes - END_BYTES - MAX_COMMENT_BYTES),
    END_BYTES + MAX_COMMENT_BYTES,
  );
  const tailStart = source.sizeBytes - tail.length;
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END_SIGNATURE) continue;
    const end = tailStart + at;
    const long = findDirectory64(source, end);
    if (long) return long;
    const entries = tail.readUInt16LE(at + 10);
    const offset = tail.readUInt32LE(at + 16);
    const start = end - tail.readUInt32LE(at + 12);
    // Where its size is wrong, its place may be right.
    if (offset < end && !hasSignature(source, start, ENTRY_SIGNATURE)) {
      if (hasSignature(source, offset, ENTRY_SIGNATURE))
        return { start: offset, end, recordAt: end, entries, shift: 0 };
    }
    if (start >= offset) return { start, end, recordAt: end, entries, shift: start - offset };
  }
  return undefined;
}

function findDirectory64(source: ByteSource, end: number): Directory | undefined {
  const locator = readBytes(source, end - END64_LOCATOR_BYTES, END64_LOCATOR_BYTES);
  if (locator.length < END64_LOCATOR_BYTES || locator.readUInt32LE(0) !== END64_LOCATOR_SIGNATURE) {
    return undefined;
  }
  const recordAt = Number(locator.readBigUInt64LE(8));
  const record = readBytes(source, recordAt, END64_BYTES);
  if (record.length < END64_BYTES || record.readUInt32LE(0) !== END64_SIGNATURE) return undefined;
  const entries = Number(record.readBigUInt64LE(32));
  return { start: Number(record.readBigUInt64LE(48)), end, recordAt, entries, shift: 0 };
}

function readEntry(source: ByteSource, at: number): Entry | undefined {
  const fixed = readBytes(source, at, ENTRY_BYTES);
  if (fixed.length < ENTRY_BYTES || fixed.readUInt32LE(0) !== ENTRY_SIGNATURE) return undefined;
  const nameBytes = fixed.readUInt16LE(28);
  const extraBytes = fixed.readUInt16LE(30);
  const name = readBytes(source, at + ENTRY_BYTES, nameBytes);
  const sizes = {
    packed: fixed.readUInt32LE(20),
    unpacked: fixed.readUInt32LE(24),
    at: fixed.readUInt32LE(42),
  };
  const isLong = Object.values(sizes).includes(IN_ZIP64);
  const long = isLong ? readZip64(readBytes(source, at + ENTRY_BYTES + nameBytes, extraBytes), sizes) : sizes;
  return {
    path: name.toString('utf8').slice(0, MAX_PATH_LENGTH),
    method: fixed.readUInt16LE(10),
    isEncrypted: (fixed.readUInt16LE(8) & ENCRYPTED) !== 0,
    packedBytes: long.packed,
    localAt: long.at,
    next: at + ENTRY_BYTES + nameBytes + extraBytes + fixed.readUInt16LE(32),
  };
}

interface Sizes {
  readonly packed: number;
  readonly unpacked: number;
  readonly at: number;
}

/** The numbers that did not fit, in the order of the format; only those are there. */
function readZip64(extra: Buffer, sizes: Sizes): Sizes {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== ZIP64_EXTRA) continue;
    let next = at + 4;
    const take = (short: number): number => {
      if (short !== IN_ZIP64 || next + 8 > extra.length) return short;
      next += 8;
      return Number(extra.readBigUInt64LE(next - 8));
    };
    const unpacked = take(sizes.unpacked);
    const packed = take(sizes.packed);
    return { unpacked, packed, at: take(sizes.at) };
  }
  return sizes;
}
