// Byte offsets → lines and columns, moving forward through a text that may come in chunks.

const LF = 0x0a;
const CR = 0x0d;

/** 1-based line; column in UTF-16 code units, 1-based. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where a chunk begins within its file. */
export interface ChunkOrigin extends Position {
  /** The byte before the chunk is a CR, so that a first LF ends no further line. */
  readonly afterCr: boolean;
}

export const FILE_ORIGIN: ChunkOrigin = { line: 1, column: 1, afterCr: false };

export interface LineTracker {
  /** Position of a byte offset. Offsets that go backwards cost a new start. */
  locate(offset: number): Position;
  /** Where the next chunk begins when this one is cut at `offset`. */
  originAt(offset: number): ChunkOrigin;
}

/** LF, CR and CRLF end a line. Bytes that are not UTF-8 count one unit each, as decoders show them. */
export function createLineTracker(bytes: Uint8Array, origin: ChunkOrigin = FILE_ORIGIN): LineTracker {
  let { line, column, afterCr } = origin;
  let at = 0;
  let pending = 0;
  const restart = (): void => {
    ({ line, column, afterCr } = origin);
    [at, pending] = [0, 0];
  };
  const advance = (to: number): void => {
    for (; at < to; at++) {
      const byte = bytes[at]!;
      if (byte === LF || byte === CR) {
        if (byte === CR || !afterCr) line++;
        column = 1;
        pending = 0;
      } else if (pending > 0 && (byte & 0xc0) === 0x80) {
        pending--;
      } else {
        column += byte >= 0xf0 && byte < 0xf5 ? 2 : 1;
        pending = countContinuations(byte);
      }
      afterCr = byte === CR;
    }
  };
  return {
    locate: (offset) => {
      if (offset < at) restart();
      advance(offset);
      return { line, column };
    },
    originAt: (offset) => {
      if (offset < at) restart();
      advance(offset);
      return { line, column, afterCr };
    },
  };
}

function countContinuations(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 0;
  if (lead < 0xe0) return 1;
  return lead < 0xf0 ? 2 : 3;
}
