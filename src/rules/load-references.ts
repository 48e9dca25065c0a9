// Loads the reference catalogue from its folder, for the build and for tests.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReferenceEntry } from '../model/reference.ts';
import type { PlacedReference } from './reference-catalogue.ts';
import { checkReferences, parseReferences } from './reference-catalogue.ts';

/**
 * The references of all `*.yaml` files of a folder, with their examples, in order of file name.
 * @throws UserError for the first file that is no part of a catalogue
 */
export function loadReferences(dir: string): PlacedReference[] {
  const files = readdirSync(dir)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  const placed = files.flatMap((name) => parseReferences(readFileSync(join(dir, name), 'utf8'), `${dir}/${name}`));
  checkReferences(placed);
  return placed;
}

/**
 * What a scan needs of the catalogue, as plain data.
 * @throws UserError for the first file that is no part of a catalogue
 */
export function compileReferences(dir: string): ReferenceEntry[] {
  return loadReferences(dir).map(({ entry }) => entry);
}
