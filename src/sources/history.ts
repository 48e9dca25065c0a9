// Every content that a repository's history holds, once: files of all commits, and the texts of commits, tags and refs.
import type { Provenance } from '../model/blob.ts';
import type { Diagnostic } from '../model/report.ts';
import { textOf } from './git-objects.ts';
import type { CachePlace } from './cache-file.ts';
import type { GitContext } from './git.ts';
import type { HistoryIndex } from './history-index.ts';
import { createHistoryIndex } from './history-index.ts';
import type { HistoryCache } from './history-cache.ts';
import { openHistoryCache } from './history-cache.ts';
import type { CommitAges } from './commit-ages.ts';
import { createCommitAges } from './commit-ages.ts';
import type { Origins } from './history-origins.ts';
import { traceOrigins } from './history-origins.ts';
import type { HistoryScope } from './history-scope.ts';
import { listRevisions } from './history-scope.ts';
import type { TreeChange } from './history-walk.ts';
import { walkAgain, walkHistory } from './history-walk.ts';
import type { Input, Ledger } from './input.ts';
import { countSkip, createLedger } from './input.ts';
import type { JudgedPaths } from './judged-paths.ts';
import { createJudgedPaths, showPath } from './judged-paths.ts';
import type { ObjectAnswer, ObjectReader, ObjectRequest } from './object-reader.ts';
import { createObjectReader } from './object-reader.ts';
import type { PathMatcher } from './path-matcher.ts';
import { createPathMatcher } from './path-matcher.ts';
import { listReferenced, listReferences } from './references.ts';
import type { Repository } from './repository.ts';
import { openRepository } from './repository.ts';
import type { OutsideObjects } from './outside-objects.ts';
import { createOutsideObjects } from './outside-objects.ts';
import { askForStored, listUnmet } from './stored-objects.ts';
import { SourceFailure } from './source-failure.ts';
import { createText, nameFiles } from './name-texts.ts';
import type { VersionOrder } from './version-order.ts';
import { createVersionOrder } from './version-order.ts';
import type { FoundContent } from './walk-memory.ts';

export interface HistoryOptions extends GitContext {
  readonly scope: HistoryScope;
  /** Globs in .gitignore syntax, relative to the top of the work tree. A content is left out where all its paths fit. */
  readonly exclude: readonly string[];
  /** What of a path decides how a content is judged: it is scanned once for each class that its paths have. */
  readonly classOf: (path: string) => string;
  /** Larger contents are skipped. */
  readonly maxBytes: number;
  /** Whether contents are for other threads, too. */
  readonly isShared: boolean;
  /** Where it is kept what need not be scanned again. */
  readonly cache?: CachePlace;
}

export interface HistorySource {
  /** Can be iterated once. Provenances are of the kind `object`, under the first path of each class. */
  readonly contents: AsyncIterable<readonly Input[]>;
  /** Contents once more, as they are to be reported. */
  read(provenances: readonly ObjectProvenance[]): AsyncIterable<readonly Input[]>;
  /** Who brought these contents, and where they stand. To be called when `contents` has been iterated to its end. */
  trace(ids: readonly string[]): Promise<Origins>;
  /** The rest is final when `contents` has been iterated to its end. */
  readonly skipped: Ledger['skipped'];
  readonly diagnostics: readonly Diagnostic[];
  /** One for each object that could not be read. */
  readonly failures: readonly Diagnostic[];
  /** Says that a content holds nothing under this path. */
  noteClean(id: string, path: string): void;
  /** Keeps what is clean, and after a complete scan, which contents are not. */
  remember(found: readonly FoundContent[] | undefined, isSecret: (path: string) => boolean): void;
}

/** Where a content of history is reported, with the object that holds it. */
export interface ObjectProvenance {
  readonly id: string;
  readonly provenance: Provenance;
}

interface State {
  readonly options: HistoryOptions;
  readonly repository: Repository;
  readonly index: HistoryIndex;
  readonly reader: ObjectReader<Provenance>;
  readonly order: VersionOrder<Provenance>;
  readonly ledger: Ledger;
  readonly failures: Diagnostic[];
  readonly ages: CommitAges;
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

/** An object of this size is never held in memory. */
const MAX_OBJECT_BYTES = 512 * 1024 * 1024;

/**
 * @throws SourceFailure where git does not read the repository
 * @throws UserError for a revision that does not exist
 */
export function openHistory(options: HistoryOptions): HistorySource {
  const repository = openRepository(options);
  const revisions = listRevisions(options, options.scope);
  const { digits } = repository;
  const index = createHistoryIndex(digits);
  const ages = createCommitAges({ context: options, revisions, digits });
  const isExcluded = createPathMatcher(options.exclude);
  const failures: Diagnostic[] = [];
  const reader = openReader({ options, repository, failures });
  const cache = openHistoryCache(options, repository, { index, ages });
  const state: State = {
    options,
    repository,
    index,
    reader,
    order: createVersionOrder(reader, ({ path }) => path),
    ledger: createLedger(),
    failures,
    ages,
    isExcluded,
    judged: createJudgedPaths({ classOf: options.classOf, isExcluded }),
    submodules: new Set(),
    reached: new Set(),
    texts: [],
    cache,
    outside: createOutsideObjects({ context: options, revisions, tips: cache.tips }),
  };
  return {
    contents: readContents(state, revisions),
    read: (wanted) => readAgain(state, wanted),
    trace: (ids) => traceAll(state, ids),
    skipped: state.ledger.skipped,
    diagnostics: state.ledger.diagnostics,
    failures: state.failures,
    noteClean: state.cache.noteClean,
    remember: state.cache.remember,
  };
}

async function traceAll(state: State, ids: readonly string[]): Promise<Origins> {
  const { options: context, index, ages, cache, repository } = state;
  const complain = (message: string): void => complainOf(state, 'history', message);
  const missed = cache.listMissed(ids);
  if (missed.length > 0) {
    const walked = { context, index, digits: repository.digits, tips: cache.tips };
    for (const message of await walkAgain(walked, missed)) complain(message);
  }
  return traceOrigins({ context, index, ages, complain }, ids);
}

type Opened = Pick<State, 'options' | 'repository' | 'failures'>;

function openReader({ options, repository, failures }: Opened): ObjectReader<Provenance> {
  const maxBytes = Math.min(options.maxBytes, MAX_OBJECT_BYTES);
  const reader = createObjectReader<Provenance>(options, { maxBytes, isShared: options.isShared });
  if (!repository.isPartial) return reader;
  return askForStored(reader, { context: options, digits: repository.digits }, ({ path }, message) =>
    failures.push({ level: 'error', subject: path, message }),
  );
}

async function* readContents(state: State, revisions: readonly string[]): AsyncGenerator<readonly Input[]> {
  const asking = askForAll(state, revisions).finally(() => state.reader.finish());
  // Its failure is thrown below, when what was asked for until then has been handed over.
  asking.catch(() => undefined);
  for await (const answers of state.reader.answers) yield toInputs(state, answers);
  await asking;
  yield [...state.texts, ...nameFiles(state.index.paths)];
}

async function askForAll(state: State, revisions: readonly string[]): Promise<void> {
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
function complainOfCuts(state: State): void {
  const cuts = state.repository.cutCommits.filter((id) => state.index.commits.find(id) !== -1);
  if (cuts.length === 0) return;
  const message = `the repository is shallow: the commits before ${cuts.length} of its commits are not here`;
  complainOf(state, 'history', `${message} (fetch them with git fetch --unshallow)`);
}

function complainOf({ ledger }: State, subject: string, message: string): void {
  ledger.diagnostics.push({ level: 'error', subject, message });
}

async function askForReferences(state: State): Promise<void> {
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
  state: State,
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
async function askForRemembered({ cache, ledger, reader, index, judged }: State): Promise<void> {
  const { found, unchanged } = cache.recall();
  for (let count = unchanged; count > 0; count--) countSkip(ledger, 'unchanged');
  const rest = found.filter(({ id, path }) => !judged.covers(index.blobs.find(id), path));
  await reader.ask(rest.map(({ id, path }) => createRequest(id, path)));
}

/** Every object of the store that the walk has not met. */
async function askForUnreachable(state: State): Promise<void> {
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

function toInputs(state: State, answers: readonly ObjectAnswer<Provenance>[]): Input[] {
  return answers.flatMap((answer): Input[] => {
    const provenance = answer.request.tag;
    if (answer.status === 'read') {
      const bytes = answer.type === 'blob' ? answer.bytes : textOf(answer.bytes);
      return [{ kind: 'bytes', provenance, bytes }];
    }
    if (answer.status === 'too-large' && answer.sizeBytes > state.options.maxBytes) {
      countSkip(state.ledger, 'too-large');
      return [];
    }
    const message =
      answer.status === 'failed'
        ? answer.message
        : `not scanned: it is larger than ${MAX_OBJECT_BYTES} bytes`;
    state.failures.push({ level: 'error', subject: provenance.path, message });
    return [];
  });
}

async function* readAgain(
  state: State,
  wanted: readonly ObjectProvenance[],
): AsyncGenerator<readonly Input[]> {
  if (wanted.length === 0) return;
  const reader = openReader(state);
  const asking = reader
    .ask(wanted.map(({ id, provenance }) => ({ id, tag: provenance })))
    .finally(() => reader.finish());
  for await (const answers of reader.answers) yield toInputs(state, answers);
  await asking;
}
