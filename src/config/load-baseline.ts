// Finds and reads the baseline of a scan.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Baseline } from '../model/baseline.ts';
import { explainFileError } from '../model/file-error.ts';
import { UserError } from '../model/user-error.ts';

export const BASELINE_FILE = '.nhi-scan.baseline';

export interface BaselineSearch {
  /** A path the user named; it must exist. */
  readonly explicit?: string | undefined;
  /** The folder in which `.nhi-scan.baseline` is looked for otherwise. */
  readonly root: string;
  /** The text of the baseline, where that is not the file in `root`; undefined where there is none. */
  readonly readControlFile?: ((name: string) => string | undefined) | undefined;
}

const MAX_BASELINE_BYTES = 64 * 1024 * 1024;

/**
 * Undefined where there is none and none was named. The parser is loaded only where there is a file to parse.
 * @throws UserError for a file that is named and missing, or is no whole baseline
 */
export async function loadBaseline(search: BaselineSearch): Promise<Baseline | undefined> {
  const { explicit, root, readControlFile } = search;
  const file = explicit ?? join(root, BASELINE_FILE);
  const text =
    explicit === undefined && readControlFile
      ? readControlFile(BASELINE_FILE)
      : readText(file, explicit !== undefined);
  if (text === undefined) return undefined;
  const { parseBaseline } = await import('./baseline-file.ts');
  return parseBaseline(text, explicit ?? BASELINE_FILE);
}

function readText(file: string, isNamed: boolean): string | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    if (text.length <= MAX_BASELINE_BYTES) return text;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!isNamed && (code === 'ENOENT' || code === 'ENOTDIR')) return undefined;
    throw new UserError(`cannot read the baseline: ${explainFileError(error)}`, { place: file });
  }
  throw new UserError(`it is larger than ${MAX_BASELINE_BYTES} bytes`, { place: file });
}
