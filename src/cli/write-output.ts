// Writes a file, all or nothing.
import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { OutputFailure } from './output-failure.ts';

const NEW_FILE_MODE = 0o600;

type Chunks = string | Iterable<string>;

/**
 * Writes beside the target and renames: whatever goes wrong, an old report stays as it was. A pipe or a device
 * (`/dev/stdout`, a shell's `>(…)`) cannot be renamed over without destroying it, and is written as it is.
 * @throws OutputFailure when the file cannot be written
 */
export function writeFileAtomically(path: string, chunks: Chunks): void {
  try {
    if (isStream(path)) writeOpened(openSync(path, 'w'), chunks);
    else replaceFile(path, chunks);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw new OutputFailure(path, code);
  }
}

/** Folders whose links stand for what the process has open. */
const STREAM_FOLDERS = /^\/(?:dev|proc)\//;

function isStream(path: string): boolean {
  const absolute = resolve(path);
  const stats = statSync(absolute, { throwIfNoEntry: false });
  if (!stats || stats.isDirectory()) return false;
  return !stats.isFile() || (STREAM_FOLDERS.test(absolute) && lstatSync(absolute).isSymbolicLink());
}

function replaceFile(target: string, chunks: Chunks): void {
  makeFolder(dirname(target));
  const temporary = join(dirname(target), `.nhi-scan-${process.pid}-${Date.now().toString(36)}.tmp`);
  const file = openSync(temporary, 'wx', modeOf(target));
  try {
    writeOpened(file, chunks, fsyncSync);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Not all at once: where a folder that is there is said not to be (`/proc`, an automount), Node would try for ever. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || existsSync(folder)) return;
    if (code !== 'ENOENT' || existsSync(dirname(folder))) throw error;
    makeFolder(dirname(folder));
    mkdirSync(folder);
  }
}

/** Closes the file, whatever happens. */
function writeOpened(file: number, chunks: Chunks, flush?: (file: number) => void): void {
  try {
    for (const chunk of typeof chunks === 'string' ? [chunks] : chunks) writeAll(file, chunk);
    flush?.(file);
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written);
}

function modeOf(path: string): number {
  try {
    return statSync(path).mode & 0o777;
  } catch {
    return NEW_FILE_MODE;
  }
}
