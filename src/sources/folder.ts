// Reads one folder. Names are bytes: one that is not UTF-8 is shown escaped and opened as it is.
import type { Dirent } from 'node:fs';
import { readdirSync } from 'node:fs';
import { sep } from 'node:path';
import type { FilePath } from './input.ts';
import { needsBytes, showName, toByteText } from './name-bytes.ts';

export interface FolderEntry {
  /** For people: see `showName`. */
  readonly name: string;
  /** The name as it is, where `name` is not. */
  readonly raw?: Buffer;
  readonly type: 'file' | 'folder' | 'link' | 'other';
}

/**
 * The entries in the order of their names: file systems differ in theirs.
 * @throws an error with a `code` when the folder cannot be read
 */
export function readFolder(path: FilePath): FolderEntry[] {
  const entries = readdirSync(toFsPath(path), { withFileTypes: true });
  // Names are nearly always plain text, which costs half of reading them as bytes.
  const named = entries.some(({ name }) => needsBytes(name))
    ? readdirSync(toFsPath(path), { withFileTypes: true, encoding: 'buffer' }).map(nameBytes)
    : entries.map((entry): FolderEntry => ({ name: entry.name, type: typeOf(entry) }));
  return named.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @param prefix see `toPrefix` */
export function joinPath(prefix: FilePath, name: string | Buffer): FilePath {
  if (typeof prefix === 'string' && typeof name === 'string') return prefix + name;
  return Buffer.concat([toBytes(prefix), toBytes(name)]);
}

/** The path of a folder as the prefix of the paths in it. */
export function toPrefix(path: FilePath): FilePath {
  if (typeof path === 'string') return path.endsWith('/') || path.endsWith(sep) ? path : `${path}/`;
  return Buffer.concat([path, toBytes('/')]);
}

/** The name as patterns see it: one character a byte. */
export function nameInBytes({ name, raw }: FolderEntry): string {
  return raw ? raw.toString('latin1') : toByteText(name);
}

/** What Node's file functions take. */
export function toFsPath(path: FilePath): string | Buffer {
  return typeof path === 'string' ? path : toBytes(path);
}

function toBytes(path: FilePath): Buffer {
  if (typeof path === 'string') return Buffer.from(path, 'utf8');
  return Buffer.from(path.buffer, path.byteOffset, path.byteLength);
}

function nameBytes(entry: Dirent<Buffer>): FolderEntry {
  const name = showName(entry.name);
  const type = typeOf(entry);
  return Buffer.from(name, 'utf8').equals(entry.name) ? { name, type } : { name, raw: entry.name, type };
}

function typeOf(entry: Dirent | Dirent<Buffer>): FolderEntry['type'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'other';
}
