// One member of a zip file, wherever it was heard of: its header, its data.
// Source: APPNOTE.TXT 6.3.10, section 4.3.
import type { Span } from '../../model/match.ts';
import type { ByteSource, ContainerLimits, Damage, Member, ReadMember } from './container.ts';
import { ArchiveFailure, limitBytes, readPart } from './container.ts';
import { inflate } from './inflate.ts';

export const LOCAL_SIGNATURE = 0x04034b50;
export const LOCAL_BYTES = 30;
/** What stands behind a member whose sizes were not known before it. */
const DESCRIPTOR_BYTES = 24;

export const HAS_DESCRIPTOR = 0x0008;
export const IN_ZIP64 = 0xffffffff;

/** Told the bytes that belong to a member, a header or the directory; others are none of the archive's. */
export type OnSpan = (span: Span) => void;

export interface Zip {
  readonly source: ByteSource;
  readonly limits: ContainerLimits;
  readonly onSpan: OnSpan;
}

export interface Entry {
  readonly path: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly packedBytes: number;
  readonly localAt: number;
  /** Where the next entry of the directory stands. */
  readonly next: number;
}

/** @param shift bytes before the archive */
export function openEntry({ source, limits, onSpan }: Zip, entry: Entry, shift: number): Member | Damage {
  const { path, method } = entry;
  const local = readBytes(source, entry.localAt + shift, LOCAL_BYTES);
  if (local.length < LOCAL_BYTES || local.readUInt32LE(0) !== LOCAL_SIGNATURE) {
    return { status: 'damaged', path, message: 'is not where the directory says' };
  }
  const start = entry.localAt + shift + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28);
  const hasDescriptor = (local.readUInt16LE(6) & HAS_DESCRIPTOR) !== 0;
  const end = start + entry.packedBytes + (hasDescriptor ? DESCRIPTOR_BYTES : 0);
  onSpan({ start: entry.localAt + shift, end });
  if (entry.isEncrypted) return { status: 'damaged', path, message: 'is encrypted: not scanned' };
  if (method !== 0 && method !== 8) {
    return { status: 'damaged', path, message: `is compressed by method ${method}, which is not supported` };
  }
  const packed = readWhole(readPart(source, start, entry.packedBytes), entry.packedBytes);
  const read = method === 0 ? packed : inflate('deflate', packed);
  return { status: 'member', path, read: limitBytes(read, limits) };
}

/** A reader that fails where less is there than was promised. */
function readWhole(read: ReadMember, sizeBytes: number): ReadMember {
  let left = sizeBytes;
  return (target) => {
    const count = read(target);
    left -= count;
    if (count < target.length && left > 0) throw new ArchiveFailure('is cut off', count);
    return count;
  };
}

export function readBytes(source: ByteSource, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, length));
  if (!Number.isSafeInteger(at) || at < 0 || at >= source.sizeBytes) return bytes.subarray(0, 0);
  return bytes.subarray(0, source.readAt(bytes, at));
}
