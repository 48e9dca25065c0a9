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
    if (instruction & COPY) {
      source = base;
      start = length = 0;
      for (let byte = 0; byte < 4; byte++)
        if (instruction & (1 << byte)) start += (delta[at++] ?? 0) * 2 ** (8 * byte);
      for (let byte = 0; byte < 3; byte++)
        if (instruction & (0x10 << byte)) length += (delta[at++] ?? 0) << (8 * byte);
      if (length === 0) length = FULL_COPY_BYTES;
    } else {
      at += length;
    }
    // No length is no instruction: it is kept for what may come.
    if (length === 0 || start + length > source.length || filled + length > resultBytes) return undefined;
    result.set(source.subarray(start, start + length), filled);
    filled += length;
  }
  return filled === resultBytes ? result : undefined;
}
