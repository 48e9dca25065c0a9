// A delta (gitformat-pack): a text as pieces of another and what is new between them.

export interface DeltaSizes {
  readonly baseBytes: number;
  readonly resultBytes: number;
  /** Where the instructions begin. */
  readonly at: number;
}

export function readDeltaSizes(delta: Uint8Array): DeltaSizes {
  const base = readSize(delta, 0);
  const result = readSize(delta, base.at);
  return { baseBytes: base.value, resultBytes: result.value, at: result.at };
}

/** Seven bits a byte, the lowest first. */
function readSize(bytes: Uint8Array, from: number): { value: number; at: number } {
  let [value, scale, at] = [0, 1, from];
  for (;;) {
    const byte = bytes[at++] ?? 0;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return { value, at };
    scale *= 0x80;
  }
}

const COPY = 0x80;
/** Length of a copy that names none. */
const FULL_COPY_BYTES = 0x10000;

/** @returns undefined where the delta does not fit its base */
export function applyDelta(base: Uint8Array, delta: Uint8Array): Uint8Array | undefined {
  const { baseBytes, resultBytes, at: from } = readDeltaSizes(delta);
  if (baseBytes !== base.length) return undefined;
  const result = Buffer.allocUnsafeSlow(resultBytes);
  let filled = 0;
  for (let at = from; at < delta.length;) {
    const instruction = delta[at++]!;
    let [source, start, length] = [delta, at, instruction];
    if (instruction >= COPY) {
      source = base;
      start = readNumber(delta, at, instruction & 0x0f);
      at += BITS[instruction & 0x0f]!;
      length = readNumber(delta, at, (instruction >> 4) & 0x07) || FULL_COPY_BYTES;
      at += BITS[(instruction >> 4) & 0x07]!;
    } else {
      at += length;
    }
    // An instruction without a length is none: it is kept for what may come.
    if (length === 0 || start + length > source.length || filled + length > resultBytes) return undefined;
    result.set(source.subarray(start, start + length), filled);
    filled += length;
  }
  return filled === resultBytes ? result : undefined;
}

/** How many bits are set in each number of four bits. */
const BITS: readonly number[] = [0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4];

/** Up to four bytes, the lowest first, of which the mask says which are there; the others are zero. */
function readNumber(bytes: Uint8Array, from: number, mask: number): number {
  let [value, at] = [0, from];
  for (let byte = 0; byte < 4; byte++) if (mask & (1 << byte)) value += (bytes[at++] ?? 0) * 2 ** (8 * byte);
  return value;
}
