// Memory for the maps of decoded texts, used again and again.
import type { Output, OutputMap } from './output.ts';
import { createOutput } from './output.ts';

const MIN_MAP_BITS = 12;

export interface MapPool {
  /** Memory for the map of one level, the same each time: valid until the level's next piece. */
  reserve(depth: number, bytes: number): Output & { map: OutputMap };
}

export function createMapPool(): MapPool {
  const outputs: (Output & { map: OutputMap })[] = [];
  return {
    reserve: (depth, wanted) => {
      const known = outputs[depth];
      if (known && known.bytes.length >= wanted) {
        known.at = 0;
        return known;
      }
      const size = 1 << Math.max(MIN_MAP_BITS, 32 - Math.clz32(wanted - 1));
      const map = { starts: new Uint32Array(size), ends: new Uint32Array(size) };
      return (outputs[depth] = { ...createOutput(new Uint8Array(size), 0, size), map });
    },
  };
}
