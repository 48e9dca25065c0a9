// Contents of git objects, one after another in the order asked for. One that cannot be read does not stop the rest.
import type { ContentMemory } from './content-memory.ts';
import { createLastingMemory, createReusedMemory } from './content-memory.ts';
import type { GitContext } from './git.ts';
import type { GitStream } from './git-stream.ts';
import { startGit } from './git-stream.ts';

/** What is asked for, with whatever the asker wants to know it by. */
export interface ObjectRequest<T> {
  readonly id: string;
  readonly tag: T;
}

export type ObjectAnswer<T> =
  | {
      readonly status: 'read';
      readonly request: ObjectRequest<T>;
      readonly type: string;
      readonly bytes: Uint8Array;
    }
  /** Its content was passed over because of its size. */
  | { readonly status: 'too-large'; readonly request: ObjectRequest<T>; readonly sizeBytes: number }
  | { readonly status: 'failed'; readonly request: ObjectRequest<T>; readonly message: string };

export interface ObjectReader<T> {
  /** Resolves when there is room for the next request. */
  ask(requests: readonly ObjectRequest<T>[]): Promise<void>;
  /** What has been asked for and waits for an answer. */
  readonly pending: number;
  /** Nothing more will be asked. */
  finish(): void;
  /**
   * Answers in groups of some size. Ends when everything asked has been answered. Where contents are not shared, those of
   * a group are overwritten when the next one is taken.
   */
  readonly answers: AsyncIterable<readonly ObjectAnswer<T>[]>;
}

/** A repository in which more objects than this make git stop is not read to its end. */
const MAX_RESTARTS = 200;
/** What waits for an answer, so that a slow scan slows the walk instead of filling the memory. */
const MAX_PENDING = 8192;
/** A group is full when it has so many answers or bytes: git waits while the thread that reads from it scans one. */
const GROUP_ANSWERS = 64;
const GROUP_BYTES = 64 * 1024;

export interface ObjectReaderOptions {
  /** The content of larger objects is passed over. */
  readonly maxBytes: number;
  /** Whether contents lie in memory that threads share, so that they go to workers without being copied. */
  readonly isShared: boolean;
}

export function createObjectReader<T>(context: GitContext, options: ObjectReaderOptions): ObjectReader<T> {
  const state: ReaderState<T> = {
    context,
    ...options,
    memory: options.isShared ? createLastingMemory() : createReusedMemory(),
    pending: createQueue(),
    git: startCatFile(context),
    isFinished: false,
    restarts: 0,
    wakeAskers: () => undefined,
  };
  return {
    ask: async (requests) => {
      for (const request of requests) state.pending.push(request);
      await state.git.write(requests.map(({ id }) => `${id}\n`).join(''));
      while (state.pending.length > MAX_PENDING) {
        await new Promise<void>((resolve) => (state.wakeAskers = resolve));
      }
    },
    get pending() {
      return state.pending.length;
    },
    finish: () => {
      state.isFinished = true;
      state.git.endInput();
    },
    answers: readAnswers(state),
  };
}

interface ReaderState<T> extends ObjectReaderOptions {
  readonly context: GitContext;
  readonly memory: ContentMemory;
  readonly pending: Queue<ObjectRequest<T>>;
  git: GitStream;
  isFinished: boolean;
  restarts: number;
  wakeAskers: () => void;
}

function startCatFile(context: GitContext): GitStream {
  return startGit(context, ['cat-file', '--batch', '--buffer']);
}

async function* readAnswers<T>(state: ReaderState<T>): AsyncGenerator<readonly ObjectAnswer<T>[]> {
  for (;;) {
    yield* readProcess(state);
    const failure = await state.git.ended;
    const isDone = (): boolean => state.pending.length === 0 && state.isFinished;
    if (isDone() && !failure) return;
    // Git stops at an object that it cannot read. The next process goes on behind it.
    const culprit = state.pending.shift();
    const message = failure?.message ?? 'git ended before it had answered';
    if (culprit) yield [{ status: 'failed', request: culprit, message }];
    if (isDone()) return;
    if (state.restarts++ >= MAX_RESTARTS) {
      yield* failRest(state, message);
      return;
    }
    restart(state);
  }
}

async function* readProcess<T>(state: ReaderState<T>): AsyncGenerator<readonly ObjectAnswer<T>[]> {
  const { memory } = state;
  const parser = createParser(state);
  let group: ObjectAnswer<T>[] = [];
  for await (const chunk of state.git.output) {
    group.push(...parser.take(chunk));
    if (state.pending.length <= MAX_PENDING) state.wakeAskers();
    if (group.length < GROUP_ANSWERS && memory.usedBytes < GROUP_BYTES) continue;
    if (group.length === 0) continue;
    memory.turn();
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

function restart<T>(state: ReaderState<T>): void {
  state.git = startCatFile(state.context);
  const again = state.pending.toArray();
  // Not awaited: what git writes is read at the same time, and its end is seen there.
  void state.git.write(again.map(({ id }) => `${id}\n`).join(''));
  if (state.isFinished) state.git.endInput();
}

async function* failRest<T>(
  state: ReaderState<T>,
  message: string,
): AsyncGenerator<readonly ObjectAnswer<T>[]> {
  for (;;) {
    const requests = state.pending.toArray();
    state.pending.clear();
    state.wakeAskers();
    if (requests.length > 0) yield requests.map((request) => ({ status: 'failed', request, message }));
    if (state.isFinished && state.pending.length === 0) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

interface Parser<T> {
  take(chunk: Buffer): ObjectAnswer<T>[];
}

interface Incoming {
  readonly type: string;
  readonly sizeBytes: number;
  /** Absent where the content is passed over. */
  readonly target: Uint8Array | undefined;
  filled: number;
}

const NEWLINE = 0x0a;

/** `id type size LF content LF`, or `id missing LF`, over and over, cut anywhere. */
function createParser<T>({ pending, maxBytes, memory }: ReaderState<T>): Parser<T> {
  let header = '';
  let current: Incoming | undefined;
  const begin = (line: string): ObjectAnswer<T> | undefined => {
    const [, type = '', size] = line.split(' ');
    if (size === undefined) {
      const request = pending.shift()!;
      return { status: 'failed', request, message: `git has no object ${request.id}` };
    }
    const sizeBytes = Number(size);
    const target = sizeBytes > maxBytes ? undefined : memory.allocate(sizeBytes);
    current = { type, sizeBytes, target, filled: 0 };
    return undefined;
  };
  const finish = ({ type, sizeBytes, target }: Incoming): ObjectAnswer<T> => {
    const request = pending.shift()!;
    if (!target) return { status: 'too-large', request, sizeBytes };
    return { status: 'read', request, type, bytes: target };
  };
  return {
    take: (chunk) => {
      const answers: ObjectAnswer<T>[] = [];
      for (let at = 0; at < chunk.length;) {
        if (!current) {
          const lineEnd = chunk.indexOf(NEWLINE, at);
          header += chunk.toString('latin1', at, lineEnd === -1 ? chunk.length : lineEnd);
          if (lineEnd === -1) break;
          at = lineEnd + 1;
          const answer = begin(header);
          header = '';
          if (answer) answers.push(answer);
          continue;
        }
        const left = current.sizeBytes - current.filled;
        const piece = chunk.subarray(at, at + left);
        current.target?.set(piece, current.filled);
        current.filled += piece.length;
        at += piece.length;
        // The line feed behind the content is there only when all of it is.
        if (current.filled < current.sizeBytes || at >= chunk.length) break;
        at++;
        answers.push(finish(current));
        current = undefined;
      }
      return answers;
    },
  };
}

interface Queue<V> {
  readonly length: number;
  push(value: V): void;
  shift(): V | undefined;
  toArray(): V[];
  clear(): void;
}

/** First in, first out; taking is cheap however many wait. */
function createQueue<V>(): Queue<V> {
  let values: V[] = [];
  let taken = 0;
  return {
    get length() {
      return values.length - taken;
    },
    push: (value) => values.push(value),
    shift: () => {
      const value = values[taken];
      if (taken < values.length) taken++;
      if (taken > 1024 && taken * 2 > values.length) [values, taken] = [values.slice(taken), 0];
      return value;
    },
    toArray: () => values.slice(taken),
    clear: () => {
      [values, taken] = [[], 0];
    },
  };
}
