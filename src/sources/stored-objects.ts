// The objects that the store holds, whatever leads to them.
import type { GitContext } from './git.ts';
import type { GitStream } from './git-stream.ts';
import { startGit } from './git-stream.ts';
import type { HistoryIndex } from './history-index.ts';
import type { ObjectTable } from './object-table.ts';
import { createObjectTable } from './object-table.ts';
import type { ObjectReader } from './object-reader.ts';
import type { SourceFailure } from './source-failure.ts';

const LIST_STORE: readonly string[] = ['cat-file', '--batch-all-objects', '--unordered', '--buffer'];
const LIST_REACHED: readonly string[] = [
  'rev-list',
  '--objects',
  '--no-object-names',
  '--missing=allow-any',
  '--stdin',
];

interface Met {
  readonly index: HistoryIndex;
  /** Ids of other objects that something leads to. */
  readonly isReached: (id: string) => boolean;
}

interface StoredObject {
  readonly id: string;
  readonly type: string;
}

/**
 * Every commit, content and tag of the store that has not been met.
 * @returns why not all of them could be listed
 */
export async function listUnmet(
  context: GitContext,
  { index, isReached }: Met,
  onUnmet: (objects: readonly StoredObject[]) => Promise<void>,
): Promise<SourceFailure | undefined> {
  const isMet = ({ id, type }: StoredObject): boolean => {
    if (type === 'commit') return index.commits.find(id) !== -1;
    return type === 'blob' ? index.blobs.find(id) !== -1 : type !== 'tag';
  };
  return listStore(context, (lines) => {
    const objects = lines.map((line) => line.split(' ')).map(([id = '', type = '']) => ({ id, type }));
    return onUnmet(objects.filter((object) => !isMet(object) && !isReached(object.id)));
  });
}

/** @param onLines told of `id type`, many at a time */
function listStore(
  context: GitContext,
  onLines: (lines: readonly string[]) => Promise<void>,
): Promise<SourceFailure | undefined> {
  const git = startGit(context, [...LIST_STORE, '--batch-check=%(objectname) %(objecttype)']);
  git.endInput();
  return readLines(git, onLines);
}

/** Adds the ids of what these revisions lead to, as far as it is there. */
export function readReached(
  context: GitContext,
  { args, input }: { args: readonly string[]; input: readonly string[] },
  reached: Set<string>,
): Promise<SourceFailure | undefined> {
  const git = startGit(context, [...LIST_REACHED, ...args]);
  void git.write(input.map((line) => `${line}\n`).join('')).then(() => git.endInput());
  return readLines(git, async (lines) => {
    for (const line of lines) reached.add(line);
  });
}

async function readLines(
  git: GitStream,
  onLines: (lines: readonly string[]) => Promise<void>,
): Promise<SourceFailure | undefined> {
  let rest = '';
  for await (const chunk of git.output) {
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = lines.pop()!;
    await onLines(lines);
  }
  return git.ended;
}

/**
 * Asks git only for what the store of a partial clone holds: at each object that it would have to fetch, git stops.
 * @param onMissing told of the others
 */
export function askForStored<T>(
  reader: ObjectReader<T>,
  { context, digits }: { context: GitContext; digits: number },
  onMissing: (tag: T, message: string) => void,
): ObjectReader<T> {
  let listing: Promise<ObjectTable | undefined> | undefined;
  return {
    get pending() {
      return reader.pending;
    },
    finish: reader.finish,
    answers: reader.answers,
    ask: async (requests) => {
      const stored = await (listing ??= tabulateStore(context, digits));
      if (!stored) return reader.ask(requests);
      const missing = requests.filter(({ id }) => stored.find(id) === -1);
      for (const { id, tag } of missing) onMissing(tag, `object ${id} is not in this partial clone`);
      return reader.ask(requests.filter(({ id }) => stored.find(id) !== -1));
    },
  };
}

async function tabulateStore(context: GitContext, digits: number): Promise<ObjectTable | undefined> {
  const table = createObjectTable(digits);
  const failure = await listStore(context, async (lines) => {
    for (const line of lines) table.add(Buffer.from(line, 'latin1'), 0);
  });
  return failure ? undefined : table;
}
