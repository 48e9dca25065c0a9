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
  const groups: Queue<PackGroup> = createQueue();
  let left = 0;
  let isGone = false;
  let wake: () => void = () => undefined;
  const worker = new Worker(workerUrl, { workerData: options });
  worker.unref();
  worker.on('message', (group: PackGroup) => {
    groups.push(group);
    wake();
  });
  for (const event of ['error', 'exit']) {
    worker.on(event, () => {
      isGone = true;
      wake();
    });
  }
  const send = (message: PackWorkerMessage): void => worker.postMessage(message);
  return {
    ask: (ids) => {
      left += ids.length;
      worker.ref();
      send({ ids: ids.join(' '), takenBytes: 0 });
    },
    take: async () => {
      while (groups.length === 0 && !isGone) await new Promise<void>((resolve) => (wake = resolve));
      const group = groups.shift();
      // Git is asked for what a thread that has died has not handed over.
      const answers = group ? unpackGroup(group) : new Array<undefined>(left).fill(undefined);
      if (group) send({ ids: '', takenBytes: group.bytes.byteLength });
      left -= answers.length;
      return answers;
    },
    close: () => void worker.terminate(),
  };
}
