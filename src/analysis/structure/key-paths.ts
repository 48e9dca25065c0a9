// Offsets of a structured text → the paths of their keys: `jobs.deploy.env.TOKEN`. Asked only where something was found.
import type { FileKind } from '../place/file-kind.ts';
import { fileKind } from '../place/file-kind.ts';
import { readJson } from './flow-reader.ts';
import { readHcl } from './hcl-reader.ts';
import type { StructureReader } from './key-stack.ts';
import { readIni, readProperties, readToml } from './line-reader.ts';
import { readXml } from './xml-reader.ts';
import { readYaml } from './yaml-reader.ts';

const READERS: Readonly<Partial<Record<FileKind, StructureReader>>> = {
  yaml: readYaml,
  json: readJson,
  notebook: readJson,
  toml: readToml,
  dotenv: readIni,
  ini: readIni,
  properties: readProperties,
  xml: readXml,
  hcl: readHcl,
};

/** Beyond this many bytes of a text nothing has a path. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Reads the file's syntax, or undefined for a file that has no keys. */
export function structureReaderOf(path: string): StructureReader | undefined {
  return READERS[fileKind(path)];
}

/**
 * The key path of each offset that stands in a value. Whatever does not parse has none.
 * @param offsets in any order
 */
export function findKeyPaths(
  path: string,
  bytes: Uint8Array,
  offsets: readonly number[],
): ReadonlyMap<number, string> {
  const paths = new Map<number, string>();
  const read = structureReaderOf(path);
  const sorted = [...new Set(offsets)].sort((a, b) => a - b).filter((offset) => offset < MAX_BYTES);
  if (!read || sorted.length === 0) return paths;
  const text = toText(bytes);
  let next = 0;
  read(
    text,
    (start, end, pathOf) => {
      while (next < sorted.length && sorted[next]! < start) next++;
      while (next < sorted.length && sorted[next]! < end) {
        const keyPath = pathOf();
        if (keyPath !== '') paths.set(sorted[next]!, keyPath);
        next++;
      }
    },
    sorted.at(-1)! + 1,
  );
  return paths;
}

/** A value of a structured text, with the path of its key. */
export interface KeyedValue {
  readonly keyPath: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** More values of one file are not listed. */
const MAX_VALUES = 20_000;

/** Every value of a structured text, in order of place. */
export function listValues(path: string, bytes: Uint8Array): KeyedValue[] {
  const values: KeyedValue[] = [];
  const read = structureReaderOf(path);
  if (!read) return values;
  const text = toText(bytes);
  read(
    text,
    (start, end, pathOf) => {
      if (values.length < MAX_VALUES)
        values.push({ keyPath: pathOf(), value: text.slice(start, end), start, end });
    },
    text.length,
  );
  return values;
}

function toText({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, Math.min(byteLength, MAX_BYTES)).toString('latin1');
}
