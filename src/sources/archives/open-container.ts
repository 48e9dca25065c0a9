// Content decides whether it is a container, and of which kind: zip and all that is built on it, gzip, tar.
import type { ByteSource, ContainerLimits, Damage, Member, ReadMember } from './container.ts';
import { ArchiveFailure, createBytesSource, limitBytes, TOO_MUCH } from './container.ts';
import { inflate } from './inflate.ts';
import { isTarHeader, listTar, TAR_BLOCK_BYTES } from './tar.ts';
import { listZip } from './zip.ts';
import type { OnSpan, Zip } from './zip-entry.ts';

export type ContainerKind = 'zip' | 'gzip' | 'tar';

/** Bytes at the beginning of a content that say what it is. */
export const CONTAINER_SAMPLE_BYTES: number = TAR_BLOCK_BYTES;

export function detectContainer(head: Uint8Array): ContainerKind | undefined {
  if (head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5) && head[3] === head[2]! + 1) {
    return 'zip';
  }
  if (head[0] === 0x1f && head[1] === 0x8b && head[2] === 8) return 'gzip';
  return isTarHeader(head) ? 'tar' : undefined;
}

/** First bytes of archives and of compressed data that are not opened, as latin1 text. */
const UNOPENED_MAGIC: readonly string[] = [
  '\u00FD7zXZ\0',
  'BZh',
  '(\u00B5/\u00FD',
  '7z\u00BC\u00AF\u0027\u001C',
  'Rar!\u001A\u0007',
  '!<arch>\n',
  'MSCF\0\0\0\0',
  '\u0004\u0022M\u0018',
  '\u001F\u009D',
  'LZIP',
  '\u00ED\u00AB\u00EE\u00DB',
];

/** An archive, or compressed, but of no kind that is opened? */
export function isUnopened(head: Uint8Array): boolean {
  return UNOPENED_MAGIC.some((magic) => [...magic].every((each, at) => head[at] === each.charCodeAt(0)));
}

/** Do letters follow the magic, where a container has flags or a version? Then it is a text that only begins like one. */
export function isBareMagic(kind: ContainerKind, head: Uint8Array): boolean {
  return (kind === 'zip' && head[5]! >= 0x20) || (kind === 'gzip' && head[3]! >= 0x20);
}

/** A content that is known to be a container. */
export interface Container {
  readonly kind: ContainerKind;
  /** Its name, of which the member of a gzip file takes its own. */
  readonly path: string;
  readonly read: ReadMember;
  /** Absent where it comes as a stream. */
  readonly source?: ByteSource;
  /** Told, of a zip file, which bytes belong to its members and its directory. */
  readonly onSpan?: OnSpan;
}

/** Throws `ArchiveFailure` where the container as a whole cannot be read. */
export function* listMembers(container: Container, limits: ContainerLimits): Generator<Member | Damage> {
  for (const member of listKind(container, limits)) {
    if (limits.members-- <= 0) {
      throw new ArchiveFailure('has too many members: the rest is not scanned');
    }
    yield member;
    if (limits.unpackedBytes <= 0) throw new ArchiveFailure(TOO_MUCH);
  }
}

function* listKind(container: Container, limits: ContainerLimits): Generator<Member | Damage> {
  if (container.kind === 'tar') yield* listTar(container.read);
  else if (container.kind === 'zip') yield* listZip(openZip(container, limits));
  else {
    const read = limitBytes(inflate('gzip', container.read), limits);
    yield { status: 'member', path: nameUnpacked(container.path), read };
  }
}

function openZip({ source, read, onSpan = () => undefined }: Container, limits: ContainerLimits): Zip {
  return { source: source ?? holdAll(read, limits), limits, onSpan };
}

function nameUnpacked(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/\.tgz$/i.test(name)) return `${name.slice(0, -4)}.tar`;
  return /.\.gz$/i.test(name) ? name.slice(0, -3) : name;
}

const PIECE_BYTES = 1024 * 1024;

/** A zip file within another container is read from its end: it has to be held as a whole. */
function holdAll(read: ReadMember, limits: ContainerLimits): ByteSource {
  const pieces: Uint8Array[] = [];
  for (;;) {
    const piece = new Uint8Array(PIECE_BYTES);
    const count = read(piece);
    limits.heldBytes -= count;
    if (limits.heldBytes < 0) throw new ArchiveFailure('is too large for a zip file within a container');
    pieces.push(piece.subarray(0, count));
    if (count < piece.length) break;
  }
  return createBytesSource(Buffer.concat(pieces));
}
