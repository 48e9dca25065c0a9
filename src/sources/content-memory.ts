// Memory for contents that are read one after another, many at a time: a piece of its own for each would be new memory
// whenever a content is read, and V8 collects all its garbage when much of that is asked for.

export interface ContentMemory {
  allocate(sizeBytes: number): Uint8Array;
  /** Bytes allocated since the last turn. */
  readonly usedBytes: number;
  /** What was allocated before the turn before this one may be overwritten. */
  turn(): void;
}

const SLAB_BYTES = 1024 * 1024;
/** Larger contents have memory of their own. */
const MAX_SLAB_SHARE = SLAB_BYTES / 4;

/** Two slabs that take turns. A content that is begun before a turn and ended behind it stays whole until the next one. */
export function createReusedMemory(): ContentMemory {
  let [slab, other] = [new Uint8Array(SLAB_BYTES), new Uint8Array(SLAB_BYTES)];
  let usedBytes = 0;
  let filled = 0;
  return {
    allocate: (sizeBytes) => {
      usedBytes += sizeBytes;
      if (sizeBytes > MAX_SLAB_SHARE || filled + sizeBytes > SLAB_BYTES) return new Uint8Array(sizeBytes);
      filled += sizeBytes;
      return slab.subarray(filled - sizeBytes, filled);
    },
    get usedBytes() {
      return usedBytes;
    },
    turn: () => {
      [slab, other] = [other, slab];
      [usedBytes, filled] = [0, 0];
    },
  };
}

/** Slabs that threads share. Never overwritten. What threads share is slower to write. */
export function createLastingMemory(): ContentMemory {
  let slab = createShared(0);
  let usedBytes = 0;
  let filled = 0;
  return {
    allocate: (sizeBytes) => {
      usedBytes += sizeBytes;
      if (sizeBytes > MAX_SLAB_SHARE) return createShared(sizeBytes);
      if (filled + sizeBytes > slab.length) [slab, filled] = [createShared(SLAB_BYTES), 0];
      filled += sizeBytes;
      return slab.subarray(filled - sizeBytes, filled);
    },
    get usedBytes() {
      return usedBytes;
    },
    turn: () => {
      usedBytes = 0;
    },
  };
}

function createShared(sizeBytes: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(sizeBytes));
}
