// Contents of git objects in the order asked for: from the packs where they are there, from git where they are not, or
// are not as they should be.
import type { GitContext } from './git.ts';
import type { ObjectAnswer, ObjectReader, ObjectReaderOptions, ObjectRequest } from './object-reader.ts';
import { createAllocator, createObjectReader, MAX_PENDING } from './object-reader.ts';
import type { PackedPlace, PackStore } from './packs/pack-store.ts';
import type { Queue } from './queue.ts';
import { createQueue } from './queue.ts';

/** Read at a time; between two times others have their turn. */
const GROUP_BYTES = 64 * 1024;

interface Waiting<T> {
  readonly request: ObjectRequest<T>;
  /** Absent where git is asked. */
  place: PackedPlace | undefined;
}

interface State<T> extends ObjectReaderOptions {
  readonly store: PackStore;
  readonly waiting: Queue<Waiting<T>>;
  readonly git: GitAnswers<T>;
  readonly allocate: (sizeBytes: number) => Uint8Array;
  isFinished: boolean;
  wakeReader: () => void;
  wakeAskers: () => void;
}

export function createPackedReader<T>(
  context: GitContext,
  store: PackStore,
  options: ObjectReaderOptions,
): ObjectReader<T> {
  const state: State<T> = {
    ...options,
    store,
    waiting: createQueue(),
    git: createGitAnswers(context, options),
    allocate: createAllocator(options.isShared),
    isFinished: false,
    wakeReader: () => undefined,
    wakeAskers: () => undefined,
  };
  return {
    ask: async (requests) => {
      for (const request of requests) state.waiting.push({ request, place: store.find(request.id) });
      state.wakeReader();
      while (state.waiting.length > MAX_PENDING) {
        await new Promise<void>((resolve) => (state.wakeAskers = resolve));
      }
    },
    finish: () => {
      state.isFinished = true;
      state.wakeReader();
    },
    answers: readAnswers(state),
  };
}

async function* readAnswers<T>(state: State<T>): AsyncGenerator<readonly ObjectAnswer<T>[]> {
  const { waiting, store } = state;
  try {
    for (;;) {
      const next = waiting.peek();
      if (next) {
        yield next.place ? takePacked(state) : await takeFromGit(state);
        if (waiting.length <= MAX_PENDING) state.wakeAskers();
        await new Promise((resolve) => setImmediate(resolve));
      } else if (state.isFinished) {
        return;
      } else {
        await new Promise<void>((resolve) => (state.wakeReader = resolve));
      }
    }
  } finally {
    store.close();
  }
}

function takePacked<T>(state: State<T>): ObjectAnswer<T>[] {
  const { waiting, store, maxBytes, isShared, allocate } = state;
  const answers: ObjectAnswer<T>[] = [];
  for (let left = GROUP_BYTES; left > 0;) {
    const next = waiting.peek();
    if (!next?.place) break;
    const object = store.read(next.place);
    if (!object) {
      next.place = undefined;
      break;
    }
    waiting.shift();
    const { request } = next;
    const { type, bytes: read } = object;
    left -= read.length;
    if (read.length > maxBytes) {
      answers.push({ status: 'too-large', request, sizeBytes: read.length });
      continue;
    }
    const bytes = isShared ? allocate(read.length) : read;
    if (isShared) bytes.set(read);
    answers.push({ status: 'read', request, type, bytes });
  }
  return answers;
}

/** What waits first, from git, and what it has answered of that which waits behind it. */
async function takeFromGit<T>({ waiting, git }: State<T>): Promise<ObjectAnswer<T>[]> {
  const others = (): ObjectRequest<T>[] =>
    waiting.toArray().flatMap(({ request, place }) => (place ? [] : [request]));
  const answers = [await git.take(waiting.peek()!.request, others)];
  waiting.shift();
  for (let next = waiting.peek(); next; next = waiting.peek()) {
    const answer = git.takeKnown(next.request);
    if (!answer) break;
    answers.push(answer);
    waiting.shift();
  }
  return answers;
}

interface GitAnswers<T> {
  /** @param others what git may be asked at the same time */
  take(request: ObjectRequest<T>, others: () => readonly ObjectRequest<T>[]): Promise<ObjectAnswer<T>>;
  takeKnown(request: ObjectRequest<T>): ObjectAnswer<T> | undefined;
}

type Batch<T> = AsyncIterator<readonly ObjectAnswer<T>[]>;

/** A process of git for each batch: it hands over what it has only when it has much, or when nothing more is asked. */
function createGitAnswers<T>(context: GitContext, options: ObjectReaderOptions): GitAnswers<T> {
  const batches = new Map<ObjectRequest<T>, Batch<T>>();
  const known = new Map<ObjectRequest<T>, ObjectAnswer<T>>();
  const begin = (requests: readonly ObjectRequest<T>[]): void => {
    const reader = createObjectReader<T>(context, options);
    const batch = reader.answers[Symbol.asyncIterator]();
    for (const request of requests) batches.set(request, batch);
    void reader.ask(requests).finally(() => reader.finish());
  };
  const takeKnown = (request: ObjectRequest<T>): ObjectAnswer<T> | undefined => {
    const answer = known.get(request);
    known.delete(request);
    return answer;
  };
  return {
    takeKnown,
    take: async (request, others) => {
      if (!known.has(request) && !batches.has(request)) begin(others().filter((other) => !batches.has(other)));
      const batch = batches.get(request);
      for (;;) {
        const answer = takeKnown(request);
        if (answer) return answer;
        const next = await batch!.next();
        if (next.done === true)
          return { status: 'failed', request, message: 'git ended before it had answered' };
        for (const each of next.value) {
          known.set(each.request, each);
          batches.delete(each.request);
        }
      }
    },
  };
}
