// The files that output is compared with. UPDATE_GOLDEN=1 writes them instead: read the difference before committing it.
import { readFileSync, writeFileSync } from 'node:fs';

/** What the file holds. */
export function readExpected(path: string, actual: string): string {
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, actual);
  return readFileSync(path, 'utf8');
}

export function readGolden(name: string, actual: string): string {
  return readExpected(`test/golden/${name}`, actual);
}
