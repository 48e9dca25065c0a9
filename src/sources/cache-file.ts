// Files of the user's cache folder: whole or not there at all, whoever else writes them, whatever has happened to them.
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
} from 'node:fs';
import { renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface CachePlace {
  /** Absolute. Made when something is written. */
  readonly folder: string;
  /** What the content depends on; another key is another file. */
  readonly key: string;
}

const MAGIC = Buffer.from('nhi-scan cache 1\n', 'latin1');
const DIGEST_BYTES = 32;
/** Larger files are not read, and not written. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;
/** Files that are kept; those that were used longest ago go first. */
const MAX_FILES = 32;

const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/** Undefined for a file that is not there, is not ours, or is not as it was written. */
export function readCacheFile(place: CachePlace): Buffer | undefined {
  try {
    const file = fileOf(place);
    const bytes = readOwn(file);
    const body = bytes?.subarray(MAGIC.length + DIGEST_BYTES);
    if (!bytes || !body || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
    const digest = bytes.subarray(MAGIC.length, MAGIC.length + DIGEST_BYTES);
    if (!digest.equals(digestOf(place, body))) return undefined;
    utimesSync(file, new Date(), new Date());
    return body;
  } catch {
    return undefined;
  }
}

function readOwn(file: string): Buffer | undefined {
  const descriptor = openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const stats = fstatSync(descriptor);
    const isOwn = process.getuid === undefined || stats.uid === process.getuid();
    return stats.isFile() && isOwn && stats.size <= MAX_FILE_BYTES ? readFileSync(descriptor) : undefined;
  } finally {
    closeSync(descriptor);
  }
}

/** What cannot be written is not cached. */
export function writeCacheFile(place: CachePlace, body: Buffer): void {
  if (body.length > MAX_FILE_BYTES) return;
  const temporary = join(place.folder, `${randomBytes(8).toString('hex')}.tmp`);
  try {
    makeFolder(place.folder);
    const bytes = Buffer.concat([MAGIC, digestOf(place, body), body]);
    writeFileSync(temporary, bytes, { flag: 'wx', mode: 0o600 });
    renameSync(temporary, fileOf(place));
    removeOldest(place.folder);
  } catch {
    removeQuietly(temporary);
  }
}

/** Not all at once: where a folder that is there is said not to be (`/proc`, an automount), Node would try for ever. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || existsSync(folder)) return;
    if (code !== 'ENOENT' || existsSync(dirname(folder))) throw error;
    makeFolder(dirname(folder));
    mkdirSync(folder, { mode: 0o700 });
  }
}

function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Where nothing can be written there is nothing to remove.
  }
}

/** Part of the digest is the key: a file under another's name is none. */
function digestOf({ key }: CachePlace, body: Buffer): Buffer {
  return createHash('sha256').update(key).update('\0').update(body).digest();
}

function fileOf({ folder, key }: CachePlace): string {
  return join(folder, createHash('sha256').update(key).digest('hex').slice(0, 32));
}

function removeOldest(folder: string): void {
  const files = readdirSync(folder).map((name) => join(folder, name));
  if (files.length <= MAX_FILES) return;
  const byUse = files
    .map((file) => ({ file, usedMs: statSync(file).mtimeMs }))
    .sort((a, b) => b.usedMs - a.usedMs);
  for (const { file } of byUse.slice(MAX_FILES)) rmSync(file, { force: true });
}
