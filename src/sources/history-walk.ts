// Walks through commits and says what each of them changed: `rev-list` lists them, `diff-tree` compares their trees.
// A merge brings only what none of its parents has. A commit that cannot be read does not stop the rest.
import type { GitContext } from './git.ts';
import type { GitStream } from './git-stream.ts';
import { startGit } from './git-stream.ts';
import type { HistoryIndex } from './history-index.ts';
import { createHistoryIndex } from './history-index.ts';
import { listTreeOf } from './repository.ts';
import { SourceFailure } from './source-failure.ts';

export interface TreeChange {
  readonly commit: number;
  /** Index of the new content; -1 for a submodule, whose content is another repository's. */
  readonly blob: number;
  /** In bytes, one character each. The same string wherever it is the same path of a content. */
  readonly path: string;
}

export interface WalkOptions {
  readonly context: GitContext;
  /** What `rev-list` is told to list. */
  readonly revisions: readonly string[];
  /** More of the same, however many. */
  readonly moreRevisions: readonly string[];
  readonly index: HistoryIndex;
  readonly digits: number;
  /** Ids of objects that lead from where the walk is told to stop; asked only where something is damaged. */
  readonly readLeft: () => Promise<ReadonlySet<string>>;
  /** Called for each block of output; the walk goes on when its promise resolves. */
  readonly onBlock: (commits: readonly number[], changes: readonly TreeChange[]) => Promise<void>;
}

/** What went wrong, in plain words; empty after a complete walk. */
export type WalkProblems = readonly string[];

const DIFF_TREE: readonly string[] = [
  'diff-tree',
  '--stdin',
  '-r',
  '-c',
  '--root',
  '-z',
  '--raw',
  '--no-renames',
  '--no-abbrev',
  '--always',
  '--ignore-submodules=none',
];

/** A repository with more commits than this that cannot be compared is not walked to its end. */
const MAX_RESTARTS = 200;
/** Further commits are counted. */
const MAX_TOLD = 20;
const COMMITS_PER_WRITE = 1000;

export async function walkHistory(options: WalkOptions): Promise<WalkProblems> {
  const { context, index } = options;
  const problems: string[] = [];
  const lister = startGit(context, ['rev-list', '--stdin', ...options.revisions]);
  void lister.write(options.moreRevisions.map((each) => `${each}\n`).join('')).then(() => lister.endInput());
  const walk: Walk = { options, next: 0 };
  const differ = startGit(context, DIFF_TREE);
  const feeding = feed(lister, differ, index);
  const reading = readChanges(walk, differ);
  const [listed] = await Promise.all([feeding, reading]);
  if (listed) problems.push(`its commits could not all be listed: ${listed.message}`);
  problems.push(...(await goOn(walk, await differ.ended)));
  return problems;
}

/** Goes on behind each commit at which git stops. */
async function goOn(walk: Walk, stopped: SourceFailure | undefined): Promise<WalkProblems> {
  const { context, index, readLeft, onBlock } = walk.options;
  const { commits } = index;
  const problems: string[] = [];
  let failure = stopped;
  while (walk.next < commits.size && problems.length < MAX_RESTARTS) {
    const id = commits.idOf(walk.next);
    problems.push(`commit ${id} could not be compared with its parents: ${failure?.message ?? 'no answer'}`);
    await onBlock([walk.next], listOwnTree(walk.options, walk.next, await readLeft()));
    walk.next++;
    const differ = startGit(context, DIFF_TREE);
    await Promise.all([feedAgain(differ, index, walk.next), readChanges(walk, differ)]);
    failure = await differ.ended;
  }
  if (failure && problems.length === 0) problems.push(failure.message);
  const left = commits.size - walk.next;
  // What they say can be read all the same.
  for (; walk.next < commits.size; walk.next++) await onBlock([walk.next], []);
  const untold = Math.max(0, problems.length - MAX_TOLD) + left;
  if (untold === 0) return problems;
  return [
    ...problems.slice(0, MAX_TOLD),
    `${untold} more of its commits could not be compared with their parents`,
  ];
}

/** All that a commit holds, where that can be read: with its parents out of sight, all of it may be new. */
function listOwnTree(
  { context, index }: WalkOptions,
  commit: number,
  left: ReadonlySet<string>,
): TreeChange[] {
  try {
    const files = listTreeOf(context, index.commits.idOf(commit)).filter(({ id }) => !left.has(id));
    return files.map(({ id, path }) => {
      const blob = index.blobs.add(Buffer.from(id, 'latin1'), 0);
      return { commit, blob, path: index.addChange(commit, blob, path) };
    });
  } catch (error) {
    if (error instanceof SourceFailure) return [];
    throw error;
  }
}

interface WalkedPart extends Pick<WalkOptions, 'context' | 'index' | 'digits'> {
  /** Ids of the commits that it was walked from. */
  readonly tips: readonly string[];
}

/** Walks through what another walk has left out, for the commits that brought some contents. */
export async function walkAgain(
  { context, index, digits, tips }: WalkedPart,
  ids: readonly string[],
): Promise<WalkProblems> {
  const all = createHistoryIndex(digits);
  const problems = await walkHistory({
    context,
    digits,
    index: all,
    revisions: ['--'],
    moreRevisions: tips,
    readLeft: () => Promise.resolve(new Set()),
    onBlock: () => Promise.resolve(),
  });
  const changes = all.findChanges(new Set(ids.map((id) => all.blobs.find(id)).filter((blob) => blob !== -1)));
  for (const [blob, list] of changes) {
    const known = index.blobs.find(all.blobs.idOf(blob));
    for (const { commit, path } of list) {
      index.addChange(index.commits.add(Buffer.from(all.commits.idOf(commit), 'latin1'), 0), known, path);
    }
  }
  return problems;
}

interface Walk {
  readonly options: WalkOptions;
  /** The first commit that `diff-tree` has not spoken of. */
  next: number;
}

/** Passes commits on as they are listed. */
async function feed(
  lister: GitStream,
  differ: GitStream,
  { commits }: HistoryIndex,
): ReturnType<() => GitStream['ended']> {
  let rest = '';
  for await (const chunk of lister.output) {
    const text = rest + chunk.toString('latin1');
    const end = text.lastIndexOf('\n') + 1;
    rest = text.slice(end);
    const lines = Buffer.from(text.slice(0, end), 'latin1');
    for (let at = 0; at < lines.length; at = lines.indexOf('\n', at) + 1) commits.add(lines, at);
    if (lines.length > 0) await differ.write(lines);
  }
  differ.endInput();
  return lister.ended;
}

async function feedAgain(differ: GitStream, { commits }: HistoryIndex, from: number): Promise<void> {
  for (let at = from; at < commits.size; at += COMMITS_PER_WRITE) {
    const end = Math.min(at + COMMITS_PER_WRITE, commits.size);
    let lines = '';
    for (let commit = at; commit < end; commit++) lines += `${commits.idOf(commit)}\n`;
    if (!(await differ.write(lines))) return;
  }
  differ.endInput();
}

const COLON = 0x3a;

/** Fields that end with NUL: the id of a commit, then for each change its description and its path. */
async function readChanges(walk: Walk, differ: GitStream): Promise<void> {
  const { options } = walk;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of differ.output) {
    const block = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const commits: number[] = [];
    const changes: TreeChange[] = [];
    let at = 0;
    for (;;) {
      const end = block.indexOf(0, at);
      if (end === -1) break;
      if (block[at] !== COLON) {
        walk.next = options.index.commits.add(block, at) + 1;
        commits.push(walk.next - 1);
        at = end + 1;
        continue;
      }
      const pathEnd = block.indexOf(0, end + 1);
      if (pathEnd === -1) break;
      const change = readChange(walk, block, { at, end, pathEnd });
      if (change) changes.push(change);
      at = pathEnd + 1;
    }
    rest = Buffer.from(block.subarray(at));
    await options.onBlock(commits, changes);
  }
}

const MODE_LENGTH = 7;
const DELETED = '000000';
const SUBMODULE = '160000';

/** One colon, old mode, new mode, old id, new id for a commit with one parent; a colon, a mode and an id more for each. */
function readChange(
  { options, next }: Walk,
  block: Buffer,
  { at, end, pathEnd }: { at: number; end: number; pathEnd: number },
): TreeChange | undefined {
  let parents = 1;
  while (block[at + parents] === COLON) parents++;
  const modeAt = at + parents + parents * MODE_LENGTH;
  const mode = block.toString('latin1', modeAt, modeAt + MODE_LENGTH - 1);
  if (mode === DELETED) return undefined;
  const idAt = modeAt + MODE_LENGTH + parents * (options.digits + 1);
  const path = block.toString('latin1', end + 1, pathEnd);
  const commit = next - 1;
  if (mode === SUBMODULE) return { commit, blob: -1, path };
  const { blobs } = options.index;
  const blob = blobs.add(block, idAt);
  return { commit, blob, path: options.index.addChange(commit, blob, path) };
}
