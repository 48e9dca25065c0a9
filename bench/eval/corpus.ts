// The labelled corpus: its files, its labels, and where in them a byte offset lies.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** T: a credential. F: none. X: undecided. N: neutral by category, neither rewarded nor charged. */
export type Truth = 'T' | 'F' | 'X' | 'N';

/** Lines are 1-based; value columns count code points from 0, half open; -1 where the row has none. */
export interface LabelRow {
  readonly repo: string;
  readonly path: string;
  readonly line_start: number;
  readonly line_end: number;
  readonly gt: Truth;
  readonly value_start: number;
  readonly value_end: number;
  readonly category: string;
}

/** Hex test vectors of one project are two fifths of all labels. */
export const LEFT_OUT_REPOSITORY = '2ba83c6a';
const NEUTRAL_CATEGORIES: ReadonlySet<string> = new Set(['UUID', 'Nonce', 'Salt']);

export interface Corpus {
  readonly folder: string;
  /** Repositories with labels, without the one that is left out, sorted. */
  readonly repositories: readonly string[];
  readonly labels: readonly LabelRow[];
}

export function readCorpus(folder: string): Corpus {
  const split = JSON.parse(readFileSync(join(folder, 'split.json'), 'utf8')) as { dev: string[] };
  const repositories = split.dev.filter((repo) => repo !== LEFT_OUT_REPOSITORY).sort();
  const known = new Set(repositories);
  const labels = readFileSync(join(folder, 'labels.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => neutralise(JSON.parse(line) as LabelRow))
    .filter(({ repo }) => known.has(repo));
  return { folder, repositories, labels };
}

function neutralise(row: LabelRow): LabelRow {
  return row.category.split(':').every((category) => NEUTRAL_CATEGORIES.has(category))
    ? { ...row, gt: 'N' }
    : row;
}

/** Files of one repository, as `data/<repo>/…`, sorted. */
export function listFiles(folder: string, repository: string): string[] {
  return readdirSync(join(folder, 'data', repository), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** A range on lines; columns count code points from 0, half open. */
export interface Spot {
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
  readonly startColumn: number;
  readonly endColumn: number;
}

/** Finds lines, which end with LF alone, and columns of byte offsets. */
export function createLocator(path: string, bytes: Buffer): (start: number, end: number) => Spot {
  const starts = [0];
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) starts.push(at + 1);
  const locate = (offset: number): { line: number; column: number } => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: [...bytes.toString('utf8', starts[low], offset)].length };
  };
  return (start, end) => {
    const [from, to] = [locate(start), locate(end)];
    return { path, line: from.line, endLine: to.line, startColumn: from.column, endColumn: to.column };
  };
}
