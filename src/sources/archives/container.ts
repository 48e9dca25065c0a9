// What a container of files is, to those who read one: members one after another, within limits, in memory only.

/** Writes the next bytes into `target`; fewer than it holds only at the end. Throws `ArchiveFailure`. */
export type ReadMember = (target: Uint8Array) => number;

/** Bytes that can be read at any place. */
export interface ByteSource {
  readonly sizeBytes: number;
  /** As `ReadMember`, from a position. */
  readonly readAt: (target: Uint8Array, position: number) => number;
}

/** A file within a container, to be read before the next one is asked for. */
export interface Member {
  readonly status: 'member';
  /** As the container has it, only to be shown: never a path of the file system. */
  readonly path: string;
  readonly read: ReadMember;
}

/** A member, or the rest of the container, that cannot be read. */
export interface Damage {
  readonly status: 'damaged';
  /** Absent for the container itself. */
  readonly path?: string;
  readonly message: string;
}

/** Something in a container cannot be read. The message is in plain words, without a path. */
export class ArchiveFailure extends Error {
  override readonly name = 'ArchiveFailure';
  /** Bytes written to the target before it happened. */
  readonly filledBytes: number;

  constructor(message: string, filledBytes = 0) {
    super(message);
    this.filledBytes = filledBytes;
  }
}

/** What may still be done for one input, all the containers in it together. */
export interface ContainerLimits {
  unpackedBytes: number;
  members: number;
  /** Containers within containers that have to be held as a whole. */
  heldBytes: number;
}

/** Levels of containers within containers that are opened. */
export const MAX_CONTAINER_DEPTH = 8;

const MAX_RATIO = 200;
const MIN_UNPACKED_BYTES = 32 * 1024 * 1024;
const MAX_UNPACKED_BYTES = 4 * 1024 * 1024 * 1024;
const MAX_MEMBERS = 100_000;
const MAX_HELD_BYTES = 64 * 1024 * 1024;

/** @param sizeBytes size of the input as it lies there */
export function createLimits(sizeBytes: number): ContainerLimits {
  const unpackedBytes = Math.min(MAX_UNPACKED_BYTES, Math.max(MIN_UNPACKED_BYTES, sizeBytes * MAX_RATIO));
  return { unpackedBytes, members: MAX_MEMBERS, heldBytes: MAX_HELD_BYTES };
}

export const TOO_MUCH = 'unpacks to too much: the rest is not scanned';

/** A reader that ends with a failure where the limit of unpacked bytes is reached. */
export function limitBytes(read: ReadMember, limits: ContainerLimits): ReadMember {
  return (target) => {
    const count = read(target.subarray(0, Math.min(target.length, limits.unpackedBytes)));
    limits.unpackedBytes -= count;
    if (count < target.length && limits.unpackedBytes <= 0) {
      throw new ArchiveFailure(TOO_MUCH, count);
    }
    return count;
  };
}

/** The bytes of a source, from its beginning. */
export function readFromStart(source: ByteSource): ReadMember {
  return readPart(source, 0, source.sizeBytes);
}

/** A part of a source. Ends early where the source does. */
export function readPart(source: ByteSource, start: number, sizeBytes: number): ReadMember {
  let at = start;
  let left = sizeBytes;
  return (target) => {
    const wanted = Math.min(left, target.length);
    const count = wanted > 0 ? source.readAt(target.subarray(0, wanted), at) : 0;
    at += count;
    left -= count;
    return count;
  };
}

/** Bytes in memory. */
export function createBytesSource(bytes: Uint8Array): ByteSource {
  return {
    sizeBytes: bytes.length,
    readAt: (target, position) => {
      const part = bytes.subarray(position, position + target.length);
      target.set(part);
      return part.length;
    },
  };
}
