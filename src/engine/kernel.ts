// The prefilter kernel from JavaScript's side: its memory, its tables, its calls.
import { KERNEL_BASE64 } from './kernel/binary.ts';
import type { PrefilterTables } from '../model/rule.ts';
import { HIT_CAPACITY } from './keyword-tables.ts';

const PAGE_BYTES = 1 << 16;
/** Zero bytes after the text, over which the kernel may read. */
const PADDING_BYTES = 64;
/** Before the text stands a line end, as before any other line. */
const MARGIN_BYTES = 64;
const LINE_END = 0x0a;

interface KernelExports {
  configure(buckets: number, classes: number, kinds: number, sifted: number, hits: number): void;
  find(from: number, to: number, begin: number, end: number, isCode: boolean): number;
  count(): number;
  nextMark(from: number, to: number, end: number): number;
  markKind(): number;
}

/** A range of bytes of the buffer: [start, limit) is searched for keywords; text reaches to `end`. */
export interface Range {
  readonly start: number;
  readonly limit: number;
  readonly end: number;
  /** The text is program code: a bare name is no literal there. */
  readonly isCode?: boolean;
}

export interface Kernel {
  /** The text's place: callers write it here, without a copy. */
  readonly buffer: Uint8Array;
  /** Calls `onHit` with the offset of each keyword in the buffer and its id, in order of offset, then id. */
  find(range: Range, onHit: (offset: number, keywordId: number) => unknown): void;
  /** Where the next encoded text begins in [start, limit), or `limit`: see kernel/marks.ts. */
  nextMark(range: Range): number;
  /** The kind of what `nextMark` found last. */
  markKind(): number;
}

/** @param capacityBytes room for text */
export function createKernel({ image, layout }: PrefilterTables, capacityBytes: number): Kernel {
  const base = ((layout.end + 63) & ~63) + MARGIN_BYTES;
  const pages = Math.ceil((base + capacityBytes + PADDING_BYTES) / PAGE_BYTES);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const module = new WebAssembly.Module(Buffer.from(KERNEL_BASE64, 'base64'));
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  const kernel = instance.exports as unknown as KernelExports;
  new Uint8Array(memory.buffer).set(image);
  kernel.configure(layout.buckets, layout.classes, layout.kinds, layout.sifted, layout.hits);
  new Uint8Array(memory.buffer)[base - 1] = LINE_END;
  const hits = new Uint32Array(memory.buffer, layout.hits, HIT_CAPACITY * 2);
  const padded = new Uint8Array(memory.buffer, base, capacityBytes + PADDING_BYTES);
  return {
    buffer: padded.subarray(0, capacityBytes),
    find: (range, onHit) => {
      padded.fill(0, range.end, range.end + PADDING_BYTES);
      const stop = base + range.limit;
      let at = base + range.start;
      do {
        at = kernel.find(at, stop, base, base + range.end, range.isCode === true);
        const count = kernel.count();
        for (let index = 0; index < count; index++) onHit(hits[index * 2 + 1]! - base, hits[index * 2]!);
      } while (at < stop);
    },
    nextMark: ({ start, limit, end }) => {
      padded.fill(0, end, end + PADDING_BYTES);
      return kernel.nextMark(base + start, base + limit, base + end) - base;
    },
    markKind: () => kernel.markKind(),
  };
}
