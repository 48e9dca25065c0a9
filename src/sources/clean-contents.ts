// Which contents of git objects are known to hold nothing: ids only, and digests of the paths they were scanned under.
import { createHash } from 'node:crypto';
import type { CachePlace } from './cache-file.ts';
import { readCacheFile, writeCacheFile } from './cache-file.ts';
import { createObjectTable } from './object-table.ts';

export interface CleanContents {
  /** The path decides how a content is judged: under another path it is not known. */
  has(id: string, path: string): boolean;
  add(id: string, path: string): void;
  save(): void;
}

const PATH_DIGITS = 16;
/** Beyond this, nothing more is remembered. */
const MAX_ENTRIES = 1_500_000;

/** @param digits hexadecimal digits of an object id */
export function openCleanContents(place: CachePlace, digits: number): CleanContents {
  const table = createObjectTable(digits + PATH_DIGITS);
  const entryBytes = (digits + PATH_DIGITS) / 2;
  const stored = readCacheFile(place) ?? Buffer.alloc(0);
  if (stored.length % entryBytes === 0) {
    const text = Buffer.from(stored.toString('hex'), 'latin1');
    for (let at = 0; at < text.length; at += entryBytes * 2) table.add(text, at);
  }
  const known = table.size;
  const keyOf = createKeys();
  return {
    has: (id, path) => table.find(keyOf(id, path)) !== -1,
    add: (id, path) => {
      if (id.length === digits && table.size < MAX_ENTRIES)
        table.add(Buffer.from(keyOf(id, path), 'latin1'), 0);
    },
    save: () => {
      if (table.size === known) return;
      const entries = Array.from({ length: table.size }, (_, index) => table.idOf(index));
      writeCacheFile(place, Buffer.from(entries.join(''), 'hex'));
    },
  };
}

function createKeys(): (id: string, path: string) => string {
  const digests = new Map<string, string>();
  return (id, path) => {
    let digest = digests.get(path);
    if (digest === undefined) {
      digest = createHash('sha256').update(path).digest('hex').slice(0, PATH_DIGITS);
      digests.set(path, digest);
    }
    return id + digest;
  };
}
