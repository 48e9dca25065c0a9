// Members of a zip file that its directory does not list: of an archive before this one, or of one whose end is missing.
import type { Span } from '../../model/match.ts';
import type { Damage, Member, ReadMember } from './container.ts';
import { ArchiveFailure } from './container.ts';
import type { Entry, Zip } from './zip-entry.ts';
import { HAS_DESCRIPTOR, IN_ZIP64, LOCAL_BYTES, LOCAL_SIGNATURE, openEntry, readBytes } from './zip-entry.ts';

const PIECE_BYTES = 1024 * 1024;
const SIGNATURE = Buffer.alloc(4);
SIGNATURE.writeUInt32LE(LOCAL_SIGNATURE);

const MAX_VERSION = 63;
const METHODS: ReadonlySet<number> = new Set([0, 8, 9, 12, 14, 93, 95, 98, 99]);
const MAX_NAME_BYTES = 4096;

/** @param spans what belongs to the directory and to the members that it lists */
export function* listUnlisted(zip: Zip, spans: readonly Span[]): Generator<Member | Damage> {
  for (const { start, end } of findGaps(spans, zip.source.sizeBytes)) {
    for (let at = start; ;) {
      const found = findSignature(zip, { start: at, end });
      if (found === undefined) break;
      const entry = readLocal(zip, { start: found, end });
      at = entry?.next ?? found + SIGNATURE.length;
      if (entry) yield openSoftly(zip, entry);
    }
  }
}

function findGaps(spans: readonly Span[], sizeBytes: number): Span[] {
  const gaps: Span[] = [];
  let at = 0;
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    if (start - at >= LOCAL_BYTES) gaps.push({ start: at, end: start });
    at = Math.max(at, end);
  }
  if (sizeBytes - at >= LOCAL_BYTES) gaps.push({ start: at, end: sizeBytes });
  return gaps;
}

function findSignature({ source }: Zip, { start, end }: Span): number | undefined {
  for (let at = start; at + LOCAL_BYTES <= end; at += PIECE_BYTES) {
    const piece = readBytes(source, at, Math.min(PIECE_BYTES + SIGNATURE.length - 1, end - at));
    const index = piece.indexOf(SIGNATURE);
    if (index >= 0) return at + index;
  }
  return undefined;
}

/** Undefined where it only looks like a header. */
function readLocal({ source }: Zip, { start, end }: Span): Entry | undefined {
  const local = readBytes(source, start, LOCAL_BYTES);
  if (local.length < LOCAL_BYTES) return undefined;
  const flags = local.readUInt16LE(6);
  const method = local.readUInt16LE(8);
  const nameBytes = local.readUInt16LE(26);
  const dataAt = start + LOCAL_BYTES + nameBytes + local.readUInt16LE(28);
  const isLikely = (local[4] ?? 0) <= MAX_VERSION && METHODS.has(method) && nameBytes <= MAX_NAME_BYTES;
  if (!isLikely || nameBytes === 0 || dataAt >= end) return undefined;
  const known = local.readUInt32LE(18);
  const isKnown = (flags & HAS_DESCRIPTOR) === 0 && known !== IN_ZIP64;
  const packedBytes = Math.min(end - dataAt, isKnown ? known : Infinity);
  return {
    path: readBytes(source, start + LOCAL_BYTES, nameBytes).toString('utf8'),
    method,
    isEncrypted: (flags & 1) === 1,
    packedBytes,
    localAt: start,
    next: dataAt + (isKnown ? packedBytes : 0),
  };
}

/** What cannot be unpacked may never have been a member. */
function openSoftly(zip: Zip, entry: Entry): Member | Damage {
  const member = openEntry({ ...zip, onSpan: () => undefined }, entry, 0);
  if (member.status === 'damaged') return member;
  const read: ReadMember = (target) => {
    try {
      return member.read(target);
    } catch (error) {
      if (error instanceof ArchiveFailure) return error.filledBytes;
      throw error;
    }
  };
  return { ...member, read };
}
