// Contents of git objects in the order asked for: from the packs where they are there, from git where they are not, or
// are not as they should be.
import type { GitContext } from './git.ts';
import type { ObjectAnswer, ObjectReader, ObjectReaderOptions, ObjectRequest } from './object-reader.ts';
import { createObjectReader, MAX_PENDING } from './object-reader.ts';
import type { PackFeed } from './packs/pack-feed.ts';
import type { PackAnswer } from './packs/pack-groups.ts';
import type { Queue } from './queue.ts';
import { createQueue } from './queue.ts';

interface State<T> {
  readonly context: GitContext;
  readonly options: ObjectReaderOptions;
  readonly packs: PackFeed;
  readonly waiting: Queue<ObjectRequest<T>>;
  isFinished: boolean;
  wakeReader: () => void;
  wakeAskers: () => void;
}

/** @param packs is closed when everything has been answered */
export function createPackedReader<T>(
  context: GitContext,
  packs: PackFeed,
  options: ObjectReaderOptions,
): ObjectReader<T> {
  const state: State<T> = {
    context,
    options,
    packs,
    waiting: createQueue(),
    isFinished: false,
    wakeReader: () => undefined,
    wakeAskers: () => undefined,
  };
  return {
    ask: async (requests) => {
      if (requests.length === 0) return;
      for (const request of requests) state.waiting.push(request);
      packs.ask(requests.map(({ id }) => id));
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
  const { waiting, packs } = state;
  try {
    for (;;) {
      if (waiting.length > 0) {
        const answers = await packs.take();
        yield* answerGroup(
          state,
          answers.map((answer) => [waiting.shift()!, answer]),
        );
        if (waiting.length <= MAX_PENDING) state.wakeAskers();
      } else if (state.isFinished) {
        return;
      } else {
        await new Promise<void>((resolve) => (state.wakeReader = resolve));
      }
    }
  } finally {
    packs.close();
  }
}

async function* answerGroup<T>(
  state: State<T>,
  group: readonly (readonly [ObjectRequest<T>, PackAnswer])[],
): AsyncGenerator<readonly ObjectAnswer<T>[]> {
  const left = group.flatMap(([request, answer]) => (answer ? [] : [request]));
  const fromGit = left.length > 0 ? askGit(state, left) : undefined;
  let ready: ObjectAnswer<T>[] = [];
  for (const [request, answer] of group) {
    if (answer) {
      ready.push(toAnswer(request, answer));
      continue;
    }
    if (ready.length > 0) yield ready;
    const next = await fromGit!.next();
    const message = 'git ended before it had answered';
    ready = [next.done === true ? { status: 'failed', request, message } : next.value];
  }
  if (ready.length > 0) yield ready;
  // Its end, and with it that of the process.
  await fromGit?.next();
}

function toAnswer<T>(request: ObjectRequest<T>, answer: NonNullable<PackAnswer>): ObjectAnswer<T> {
  if (!('bytes' in answer)) return { status: 'too-large', request, sizeBytes: answer.tooLargeBytes };
  return { status: 'read', request, ...answer };
}

/** A process for what is asked at a time: git hands over what it has when it has much, or when nothing more is asked. */
async function* askGit<T>(
  { context, options }: State<T>,
  requests: readonly ObjectRequest<T>[],
): AsyncGenerator<ObjectAnswer<T>> {
  const reader = createObjectReader<T>(context, options);
  const asking = reader.ask(requests).finally(() => reader.finish());
  for await (const answers of reader.answers) yield* answers;
  await asking;
}
