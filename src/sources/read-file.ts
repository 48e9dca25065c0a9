// Opens and reads one file of a hostile tree: regular files only, no link followed, no device waited for.
// A problem with an input is an answer, never an exception.
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { explainFileError } from '../model/file-error.ts';
import type { SkipReason } from '../model/report.ts';
import { toFsPath } from './folder.ts';
import type { FilePath } from './input.ts';

// Windows knows neither flag.
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
const OPEN_FLAGS = O_RDONLY | O_NOFOLLOW | O_NONBLOCK;

/** Some files of the kernel say that they are empty, and never end. */
const MAX_UNSIZED_BYTES = 64 * 1024 * 1024;

/** What one call of the system may read. */
const MAX_READ_BYTES = 1024 * 1024 * 1024;

export interface Skipped {
  readonly status: 'skipped';
  readonly reason: SkipReason;
}

export interface Failed {
  readonly status: 'failed';
  /** In plain words, without the path. */
  readonly message: string;
}

export interface BytesRead {
  readonly status: 'read';
  /** Bytes written to the beginning of the target; fewer than it holds only at the end of the file. */
  readonly count: number;
}

export interface OpenFile {
  readonly status: 'open';
  /** Size when it was opened. What is appended later is not read; 0 may mean that the size is not known. */
  readonly sizeBytes: number;
  /** The next bytes of the file. */
  readChunk(target: Uint8Array): BytesRead | Failed;
  /** Bytes from a place on, whatever chunks have been read. */
  readAt(target: Uint8Array, position: number): BytesRead | Failed;
  close(): void;
}

/**
 * Opens a file. Its kind and size are those of what was opened, so that nothing can be put in its place in between.
 * @param maxBytes larger files are skipped
 */
export function openFile(
  path: FilePath,
  maxBytes: number = Number.MAX_SAFE_INTEGER,
): OpenFile | Skipped | Failed {
  let descriptor: number;
  try {
    descriptor = openSync(toFsPath(path), OPEN_FLAGS);
  } catch (error) {
    return explainOpenError(error);
  }
  try {
    const stats = fstatSync(descriptor);
    if (stats.isFile() && stats.size <= maxBytes) return createOpenFile(descriptor, stats.size);
    closeSync(descriptor);
    return { status: 'skipped', reason: stats.isFile() ? 'too-large' : 'not-a-file' };
  } catch (error) {
    closeSync(descriptor);
    return { status: 'failed', message: explainReadError(error) };
  }
}

/**
 * Reads a file that is expected to fit.
 * @returns how many bytes of `target` were written; when all were, the file may be longer
 */
export function readFileInto(path: FilePath, target: Uint8Array): BytesRead | Skipped | Failed {
  const file = openFile(path);
  if (file.status !== 'open') return file;
  const result = file.readChunk(target);
  file.close();
  return result;
}

/** Size in bytes; 0 where it cannot be known. */
export function sizeOf(path: FilePath): number {
  try {
    return lstatSync(toFsPath(path)).size;
  } catch {
    return 0;
  }
}

function createOpenFile(descriptor: number, sizeBytes: number): OpenFile {
  let left = sizeBytes > 0 ? sizeBytes : MAX_UNSIZED_BYTES;
  return {
    status: 'open',
    sizeBytes,
    readChunk: (target) => {
      const wanted = Math.min(left, target.length);
      try {
        const count = readFully(descriptor, target, { wanted });
        // A file that shrank has ended, whatever its size was.
        left = count < wanted ? 0 : left - count;
        return { status: 'read', count };
      } catch (error) {
        return { status: 'failed', message: explainReadError(error) };
      }
    },
    readAt: (target, position) => {
      try {
        return { status: 'read', count: readFully(descriptor, target, { wanted: target.length, position }) };
      } catch (error) {
        return { status: 'failed', message: explainReadError(error) };
      }
    },
    close: () => closeSync(descriptor),
  };
}

/** @param part how many bytes; from the file's own position where none is given */
function readFully(
  descriptor: number,
  target: Uint8Array,
  { wanted, position }: { wanted: number; position?: number },
): number {
  let filled = 0;
  while (filled < wanted) {
    const length = Math.min(wanted - filled, MAX_READ_BYTES);
    const from = position === undefined ? null : position + filled;
    const count = readSync(descriptor, target, filled, length, from);
    if (count === 0) break;
    filled += count;
  }
  return filled;
}

function explainOpenError(error: unknown): Skipped | Failed {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ELOOP':
    case 'EMLINK':
      return { status: 'skipped', reason: 'symlink' };
    case 'ENXIO': // a socket, or a device without hardware
    case 'ENODEV':
    case 'EOPNOTSUPP':
      return { status: 'skipped', reason: 'not-a-file' };
    case 'ENOENT': // deleted, or one of its folders was, since it was listed
    case 'ENOTDIR':
      return { status: 'skipped', reason: 'deleted' };
    default:
      return { status: 'failed', message: explainReadError(error) };
  }
}

/** What a diagnostic says of an input that the file system refused. */
export function explainReadError(error: unknown): string {
  return `cannot be read: ${explainFileError(error)}`;
}
