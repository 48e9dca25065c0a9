// What is asked of git for a history: the texts of its refs, what its commits brought, and what no ref leads to.
import type { Provenance } from '../model/blob.ts';
import type { GitContext } from './git.ts';
import type { HistoryCache } from './history-cache.ts';
import type { HistoryIndex } from './history-index.ts';
import type { HistoryScope } from './history-scope.ts';
import type { TreeChange } from './history-walk.ts';
import { walkHistory } from './history-walk.ts';
import type { Input, Ledger } from './input.ts';
import { countSkip } from './input.ts';
import type { JudgedPaths } from './judged-paths.ts';
import { showPath } from './judged-paths.ts';
import { createText, nameFiles } from './name-texts.ts';
import type { ObjectReader, ObjectRequest } from './object-reader.ts';
import type { OutsideObjects } from './outside-objects.ts';
import type { PathMatcher } from './path-matcher.ts';
import { listReferenced, listReferences } from './references.ts';
import type { Repository } from './repository.ts';
import { SourceFailure } from './source-failure.ts';
import { listUnmet } from './stored-objects.ts';
import type { VersionOrder } from './version-order.ts';

export interface AskedHistory {
  readonly options: GitContext & { readonly scope: HistoryScope };
  readonly repository: Repository;
  readonly index: HistoryIndex;
  readonly reader: ObjectReader<Provenance>;
  readonly order: VersionOrder<Provenance>;
  readonly ledger: Ledger;
  readonly isExcluded: PathMatcher;
  readonly judged: JudgedPaths;
  readonly submodules: Set<string>;
  /** Ids of objects that refs name. */
  readonly reached: Set<string>;
  /** Texts that are no objects. */
  readonly texts: Input[];
  readonly cache: HistoryCache;
  readonly outside: OutsideObjects;
}

/** Asks the reader for everything; what is no object is added to the texts. */
export async function askForAll(state: AskedHistory, revisions: readonly string[]): Promise<void> {
  const { options, index, repository, ledger } = state;
  await askForReferences(state);
  const problems = await walkHistory({
    context: options,
    revisions,
    moreRevisions: state.cache.tips.map((tip) => `^${tip}`),
    index,
    digits: repository.digits,
    readLeft: state.outside.readLeft,
    onBlock: (commits, changes) => askForBlock(state, commits, changes),
  });
  await state.order.flush();
  for (const message of problems) complainOf(state, 'history', message);
  await askForRemembered(state);
  for (let count = state.judged.countExcluded(); count > 0; count--) countSkip(ledger, 'excluded');
  for (let count = state.submodules.size; count > 0; count--) countSkip(ledger, 'submodule');
  const isUnreachableWanted = options.scope.kind === 'all' && options.scope.unreachable;
  if (isUnreachableWanted || problems.length > 0) await askForUnreachable(state);
  complainOfCuts(state);
}

/** What was cut off is missing only where the walk came to the cut. */
function complainOfCuts(state: AskedHistory): void {
  const cuts = state.repository.cutCommits.filter((id) => state.index.commits.find(id) !== -1);
  if (cuts.length === 0) return;
  const message = `the repository is shallow: the commits before ${cuts.length} of its commits are not here`;
  complainOf(state, 'history', `${message} (fetch them with git fetch --unshallow)`);
}

/** What is missing from the history. */
export function complainOf({ ledger }: AskedHistory, subject: string, message: string): void {
  ledger.diagnostics.push({ level: 'error', subject, message });
}

async function askForReferences(state: AskedHistory): Promise<void> {
  try {
    const { scope } = state.options;
    if (scope.kind !== 'all' && scope.kind !== 'commits') return;
    const { names, objects } =
      scope.kind === 'all' ? listReferences(state.options) : listReferenced(state.options, scope.include);
    if (names.length > 0) state.texts.push(createText('(ref names)', names));
    for (const { id } of objects) state.reached.add(id);
    state.texts.push(...nameFiles(objects.filter(({ isFile }) => isFile).map(({ path }) => path)));
    const shown = objects.map(({ id, path, isFile }) => ({ id, isFile, path: showPath(path) }));
    const wanted = shown.filter(({ isFile, path }) => !isFile || !state.isExcluded(path));
    for (let count = shown.length - wanted.length; count > 0; count--) countSkip(state.ledger, 'excluded');
    await state.reader.ask(wanted.map(({ id, path }) => createRequest(id, path)));
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    complainOf(state, 'refs', error.message);
  }
}

async function askForBlock(
  state: AskedHistory,
  commits: readonly number[],
  changes: readonly TreeChange[],
): Promise<void> {
  const { index, cache, judged } = state;
  const requests: ObjectRequest<Provenance>[] = [];
  const ask = (id: string, path: string): void => {
    if (cache.isClean(id, path)) countSkip(state.ledger, 'unchanged');
    else requests.push(createRequest(id, path));
  };
  for (const commit of commits) ask(index.commits.idOf(commit), '(commit message)');
  for (const { blob, path } of changes) {
    if (blob === -1) state.submodules.add(path);
    const shown = blob === -1 ? undefined : judged.choose(blob, path);
    if (shown !== undefined) ask(index.blobs.idOf(blob), shown);
  }
  await state.order.add(requests);
}

/** What an earlier scan found in the part of history that this one has not walked. */
async function askForRemembered({ cache, ledger, reader, index, judged }: AskedHistory): Promise<void> {
  const { found, unchanged } = cache.recall();
  for (let count = unchanged; count > 0; count--) countSkip(ledger, 'unchanged');
  const rest = found.filter(({ id, path }) => !judged.covers(index.blobs.find(id), path));
  await reader.ask(rest.map(({ id, path }) => createRequest(id, path)));
}

/** Every object of the store that the walk has not met. */
async function askForUnreachable(state: AskedHistory): Promise<void> {
  if (state.repository.alternates.length > 0) {
    const message = `unreachable objects were not scanned: the repository borrows objects of others`;
    complainOf(state, 'history', `${message} (${state.repository.alternates.join(', ')})`);
    return;
  }
  const outside = await state.outside.readAll();
  const isReached = (id: string): boolean => state.reached.has(id) || outside.has(id);
  const unlisted = await listUnmet(state.options, { index: state.index, isReached }, (objects) =>
    state.reader.ask(
      objects.map(({ id, type }) => createRequest(id, `(unreachable ${type} ${id.slice(0, 12)})`)),
    ),
  );
  for (const { message } of [...state.outside.failures, ...(unlisted ? [unlisted] : [])]) {
    complainOf(state, 'history', `its objects could not all be listed: ${message}`);
  }
}

function createRequest(id: string, path: string): ObjectRequest<Provenance> {
  return { id, tag: { kind: 'object', path, object: id } };
}
