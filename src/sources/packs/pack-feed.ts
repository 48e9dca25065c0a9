// Objects of packs in the order asked for, some at a time: read in this thread, or by another while this one scans.
import { Worker } from 'node:worker_threads';
import type { Queue } from '../queue.ts';
import { createQueue } from '../queue.ts';
import type { PackAnswer, PackGroup, PackWorkerData, PackWorkerMessage } from './pack-groups.ts';
import { readGroup, unpackGroup } from './pack-groups.ts';
import { openPackStore } from './pack-store.ts';

export interface PackFeed {
  ask(ids: readonly string[]): void;
  /** Of the next that were asked for, at least one. To be called only while there are such. */
  take(): Promise<readonly PackAnswer[]>;
  /** Nothing more will be asked or taken. */
  close(): void;
}

export function openPackFeed(options: PackWorkerData): PackFeed {
  const store = openPackStore(options);
  const wanted = createQueue<string>();
  return {
    ask: (ids) => ids.forEach(wanted.push),
    take: async () => {
      // What else there is to do has its turn between two groups.
      await new Promise((resolve) => setImmediate(resolve));
      return readGroup(store, wanted, options.maxBytes);
    },
    close: store.close,
  };
}

/**
 * The thread starts at once, as that takes a while; until something is asked it does not keep the process.
 * @param workerUrl of a module that runs pack-worker.ts
 */
export function createPackThread(options: PackWorkerData, workerUrl: URL): PackFeed {
  const worker = new Worker(workerUrl, { workerData: options });
  worker.unref();
  const state: ThreadState = { groups: createQueue(), left: 0, isGone: false, wake: doNothing };
  worker.on('message', (group: PackGroup) => {
    state.groups.push(group);
    state.wake();
  });
  for (const event of ['error', 'exit']) {
    worker.on(event, () => {
      state.isGone = true;
      state.wake();
    });
  }
  const send = (message: PackWorkerMessage): void => worker.postMessage(message);
  return {
    ask: (ids) => {
      state.left += ids.length;
      worker.ref();
      send({ ids: ids.join(' '), takenBytes: 0 });
    },
    take: async () => {
      while (state.groups.length === 0 && !state.isGone) {
        await new Promise<void>((resolve) => (state.wake = resolve));
      }
      const group = state.groups.shift();
      if (group) send({ ids: '', takenBytes: group.bytes.byteLength });
      // Git is asked for what a thread that has died has not handed over.
      const answers = group ? unpackGroup(group) : Array.from({ length: state.left }, () => undefined);
      state.left -= answers.length;
      return answers;
    },
    close: () => void worker.terminate(),
  };
}

interface ThreadState {
  readonly groups: Queue<PackGroup>;
  /** Objects that were asked for and have not been taken. */
  left: number;
  isGone: boolean;
  wake: () => void;
}

function doNothing(): void {
  // Nobody waits.
}
