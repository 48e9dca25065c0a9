// Where decoders write: a part of some memory, and on request the place in the source of every byte written.

/** Source offsets of each decoded byte, counted from the beginning of the output. */
export interface OutputMap {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

export interface Output {
  readonly bytes: Uint8Array;
  /** First offset in `bytes` that is written. */
  readonly start: number;
  /** Offset behind the last byte written. */
  at: number;
  /** First offset that must not be written. */
  readonly limit: number;
  readonly map?: OutputMap;
  /** Source offsets of what is being decoded. */
  from: number;
  to: number;
}

/** What a decoder says of one run. */
export interface Decoded {
  /** Source offset at which it stopped: the run's end, the text's end, or where the output was full. */
  readonly stop: number;
  readonly isFull: boolean;
}

/** Decodes the run that begins at `from`, in a text that ends at `end`. */
export type Decode = (source: Uint8Array, range: { from: number; end: number }, output: Output) => Decoded;

/** Writes one byte that stands for what `from` and `to` enclose. There must be room. */
export function put(output: Output, byte: number): void {
  const { map } = output;
  if (map) {
    map.starts[output.at - output.start] = output.from;
    map.ends[output.at - output.start] = output.to;
  }
  output.bytes[output.at++] = byte;
}

/** @param start first offset that is written */
export function createOutput(bytes: Uint8Array, start: number, limit: number): Output {
  return { bytes, start, at: start, limit, from: 0, to: 0 };
}
