// A thread that reads packs ahead of the one that scans, as far as its memory allows.
import { parentPort, workerData } from 'node:worker_threads';
import { createQueue } from '../queue.ts';
import type { PackWorkerData, PackWorkerMessage } from './pack-groups.ts';
import { packGroup, readGroup } from './pack-groups.ts';
import { openPackStore } from './pack-store.ts';

/** Handed over and not taken yet. */
const MAX_AHEAD_BYTES = 8 * 1024 * 1024;

const options = workerData as PackWorkerData;
const store = openPackStore(options);
const wanted = createQueue<string>();
let aheadBytes = 0;

parentPort!.on('message', ({ ids, takenBytes }: PackWorkerMessage) => {
  if (ids !== '') ids.split(' ').forEach(wanted.push);
  aheadBytes -= takenBytes;
  while (wanted.length > 0 && aheadBytes < MAX_AHEAD_BYTES) {
    const group = packGroup(readGroup(store, wanted, options.maxBytes), options.isShared);
    aheadBytes += group.bytes.byteLength;
    const moved = group.bytes instanceof ArrayBuffer ? [group.bytes] : [];
    parentPort!.postMessage(group, moved);
  }
});
