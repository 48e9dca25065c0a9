// The order in which the contents of history are asked for: the versions of a file one after another, the oldest first, as
// far as they come close enough. Git keeps an older version as what differs from a newer one, and so makes each of them
// once; and what a version shares with the one before it is scanned once.
import type { ObjectReader, ObjectRequest } from './object-reader.ts';

export interface VersionOrder<T> {
  /** In the order of the walk: the newest first. Resolves when there is room for more. */
  add(requests: readonly ObjectRequest<T>[]): Promise<void>;
  /** Asks for what still waits. */
  flush(): Promise<void>;
}

/** Versions wait for others while the reader has enough to do. So many that wait fill about 10 MB. */
const MAX_WAITING = 32 * 1024;
const MIN_WAITING = 256;

/** @param pathOf where the content was met */
export function createVersionOrder<T>(
  reader: Pick<ObjectReader<T>, 'ask' | 'pending'>,
  pathOf: (tag: T) => string,
): VersionOrder<T> {
  let waiting = new Map<string, ObjectRequest<T>[]>();
  let count = 0;
  const flush = async (): Promise<void> => {
    const versions = [...waiting.values()];
    waiting = new Map();
    count = 0;
    await reader.ask(versions.flatMap((requests) => requests.toReversed()));
  };
  return {
    add: async (requests) => {
      for (const request of requests) {
        const path = pathOf(request.tag);
        const others = waiting.get(path);
        if (others) others.push(request);
        else waiting.set(path, [request]);
      }
      count += requests.length;
      const isHungry = reader.pending < MIN_WAITING;
      if (count >= MAX_WAITING || (count >= MIN_WAITING && isHungry)) await flush();
    },
    flush,
  };
}
