// Every content that a repository's history holds, once: files of all commits, and the texts of commits, tags and refs.
import type { Provenance } from '../model/blob.ts';
import type { Diagnostic } from '../model/report.ts';
import type { AskedHistory } from './ask-history.ts';
import { askForAll, complainOf } from './ask-history.ts';
import { textOf } from './git-objects.ts';
import type { CachePlace } from './cache-file.ts';
import type { GitContext } from './git.ts';
import { createHistoryIndex } from './history-index.ts';
import { openHistoryCache } from './history-cache.ts';
import type { CommitAges } from './commit-ages.ts';
import { createCommitAges } from './commit-ages.ts';
import type { Origins } from './history-origins.ts';
import { traceOrigins } from './history-origins.ts';
import type { HistoryScope } from './history-scope.ts';
import { listRevisions } from './history-scope.ts';
import { walkAgain } from './history-walk.ts';
import type { Input, Ledger } from './input.ts';
import { countSkip, createLedger } from './input.ts';
import { createJudgedPaths } from './judged-paths.ts';
import type { ObjectAnswer, ObjectReader } from './object-reader.ts';
import { createObjectReader } from './object-reader.ts';
import { createPathMatcher } from './path-matcher.ts';
import { openRepository } from './repository.ts';
import { createOutsideObjects } from './outside-objects.ts';
import { askForStored } from './stored-objects.ts';
import { nameFiles } from './name-texts.ts';
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

interface State extends AskedHistory {
  readonly options: HistoryOptions;
  readonly failures: Diagnostic[];
  readonly ages: CommitAges;
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
