// The packs of a repository, read without git: most of history lies there, and a process apart costs what it hands over.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Pack, PackedObject } from './pack.ts';
import { createObjectCaches, openPack } from './pack.ts';
import { openPackIndex } from './pack-index.ts';

export interface PackStoreOptions {
  /** Folders that hold objects: those of the repository, then those that it borrows. */
  readonly folders: readonly string[];
  /** Hexadecimal digits of an object id. */
  readonly digits: number;
}

export interface PackStore {
  /** Undefined for an object that is not here, that only git can read, or that nobody can. */
  read(id: string): PackedObject | undefined;
  /** Closes files; they are opened again by the next `read`. */
  close(): void;
}

/** Indexes are held in memory; those of further packs are left to git. */
const MAX_INDEX_BYTES = 64 * 1024 * 1024;
const MAX_PACKS = 100;

export function openPackStore({ folders, digits }: PackStoreOptions): PackStore {
  const idBytes = digits / 2;
  let packs: Pack[] | undefined;
  return {
    read: (id) => {
      packs ??= openPacks(folders, idBytes);
      const bytes = Buffer.from(id, 'hex');
      for (const pack of packs) {
        const offset = pack.find(bytes);
        // Another pack may have it, too, and whole.
        const object = offset === -1 ? undefined : pack.read(offset);
        if (object) return object;
      }
      return undefined;
    },
    close: () => packs?.forEach((pack) => pack.close()),
  };
}

/** @returns bytes of all packs */
export function sizeOfPacks(folders: readonly string[]): number {
  return folders.flatMap(listPacks).reduce((sum, { packBytes }) => sum + packBytes, 0);
}

/** The largest first: they hold most objects. */
function openPacks(folders: readonly string[], idBytes: number): Pack[] {
  const cacheOf = createObjectCaches();
  let indexBytes = 0;
  const files = folders.flatMap(listPacks).sort((a, b) => b.indexBytes - a.indexBytes);
  return files.slice(0, MAX_PACKS).flatMap(({ path, ...sizes }, number) => {
    indexBytes += sizes.indexBytes;
    if (indexBytes > MAX_INDEX_BYTES) return [];
    const index = openPackIndex(`${path}.idx`, idBytes, sizes.packBytes);
    return index ? [openPack(`${path}.pack`, { index, idBytes, cache: cacheOf(number) })] : [];
  });
}

interface PackFiles {
  /** Without extension. */
  readonly path: string;
  readonly indexBytes: number;
  readonly packBytes: number;
}

function listPacks(folder: string): PackFiles[] {
  try {
    const names = readdirSync(join(folder, 'pack')).filter((name) => name.endsWith('.idx'));
    return names.map((name) => {
      const path = join(folder, 'pack', name.slice(0, -'.idx'.length));
      return { path, indexBytes: statSync(`${path}.idx`).size, packBytes: statSync(`${path}.pack`).size };
    });
  } catch {
    return [];
  }
}
