// Which commit brought which content under which path: everything that a walk through history saw, in little memory.
import type { ObjectTable } from './object-table.ts';
import { createObjectTable } from './object-table.ts';

export interface HistoryIndex {
  /** In the order of the walk. */
  readonly commits: ObjectTable;
  readonly blobs: ObjectTable;
  /** Says that a commit has put a content at a path. @returns the path: each is kept once, however often it is seen */
  addChange(commit: number, blob: number, path: string): string;
  /** Every path that was seen, in the order of the walk; in bytes, one character each. */
  readonly paths: readonly string[];
  /** The changes that brought these blobs, in the order of the walk, by blob. */
  findChanges(blobs: ReadonlySet<number>): Map<number, Change[]>;
}

export interface Change {
  readonly commit: number;
  /** In bytes, one character each. */
  readonly path: string;
}

/** @param digits see `createObjectTable` */
export function createHistoryIndex(digits: number): HistoryIndex {
  const [commits, blobs] = [createObjectTable(digits), createObjectTable(digits)];
  const paths: string[] = [];
  const idOfPath = new Map<string, number>();
  const changes = createTriples();
  return {
    commits,
    blobs,
    paths,
    addChange: (commit, blob, path) => {
      let pathId = idOfPath.get(path);
      if (pathId === undefined) {
        pathId = paths.push(path) - 1;
        idOfPath.set(path, pathId);
      }
      changes.add(commit, blob, pathId);
      return paths[pathId]!;
    },
    findChanges: (wanted) => {
      const found = new Map<number, Change[]>();
      changes.each((commit, blob, pathId) => {
        if (!wanted.has(blob)) return;
        const list = found.get(blob);
        const change = { commit, path: paths[pathId]! };
        if (list) list.push(change);
        else found.set(blob, [change]);
      });
      return found;
    },
  };
}

interface Triples {
  add(a: number, b: number, c: number): void;
  each(visit: (a: number, b: number, c: number) => void): void;
}

const BLOCK_TRIPLES = 64 * 1024;

/** Grows block by block: doubling would need three times the memory for a moment. */
function createTriples(): Triples {
  const blocks: Uint32Array[] = [];
  let used = BLOCK_TRIPLES * 3;
  return {
    add: (a, b, c) => {
      if (used === BLOCK_TRIPLES * 3) {
        blocks.push(new Uint32Array(BLOCK_TRIPLES * 3));
        used = 0;
      }
      const block = blocks.at(-1)!;
      block[used++] = a;
      block[used++] = b;
      block[used++] = c;
    },
    each: (visit) => {
      blocks.forEach((block, number) => {
        const end = number === blocks.length - 1 ? used : block.length;
        for (let at = 0; at < end; at += 3) visit(block[at]!, block[at + 1]!, block[at + 2]!);
      });
    },
  };
}
