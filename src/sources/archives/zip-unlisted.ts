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
  for (const gap of findGaps(spans, zip.source.sizeBytes)) {
    let open: Local | undefined;
    for (const start of findSignatures(zip, gap)) {
      if (open?.end !== undefined && start < open.end) continue;
      if (open) yield openSoftly(zip, open, start);
      open = readLocal(zip, { start, end: gap.end });
    }
    if (open) yield openSoftly(zip, open, gap.end);
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

function* findSignatures({ source }: Zip, { start, end }: Span): Generator<number> {
  for (let at = start; at + LOCAL_BYTES <= end; at += PIECE_BYTES) {
    const piece = readBytes(source, at, Math.min(PIECE_BYTES + SIGNATURE.length - 1, end - at));
    for (let index = -1; (index = piece.indexOf(SIGNATURE, index + 1)) >= 0;) yield at + index;
  }
}

interface Local {
  readonly entry: Omit<Entry, 'packedBytes' | 'next'>;
  readonly dataAt: number;
  /** Where its data ends, where that is known. */
  readonly end?: number;
}

/** Undefined where it only looks like a header. */
function readLocal({ source }: Zip, { start, end }: Span): Local | undefined {
  const local = readBytes(source, start, LOCAL_BYTES);
  if (local.length < LOCAL_BYTES) return undefined;
  const flags = local.readUInt16LE(6);
  const method = local.readUInt16LE(8);
  const nameBytes = local.readUInt16LE(26);
  const dataAt = start + LOCAL_BYTES + nameBytes + local.readUInt16LE(28);
  const isLikely = local[4]! <= MAX_VERSION && METHODS.has(method) && nameBytes <= MAX_NAME_BYTES;
  if (!isLikely || nameBytes === 0 || dataAt >= end) return undefined;
  const packedBytes = local.readUInt32LE(18);
  const isKnown = (flags & HAS_DESCRIPTOR) === 0 && packedBytes !== IN_ZIP64;
  const path = readBytes(source, start + LOCAL_BYTES, nameBytes).toString('utf8');
  return {
    entry: { path, method, isEncrypted: (flags & 1) === 1, localAt: start },
    dataAt,
    ...(isKnown ? { end: Math.min(end, dataAt + packedBytes) } : {}),
  };
}

/** What cannot be unpacked may never have been a member. It ends before `limit`. */
function openSoftly(zip: Zip, { entry, dataAt, end }: Local, limit: number): Member | Damage {
  const next = end ?? limit;
  const whole: Entry = { ...entry, packedBytes: next - dataAt, next };
  const member = openEntry({ ...zip, onSpan: () => undefined }, whole, 0);
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
