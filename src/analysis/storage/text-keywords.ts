// The keywords of references in one text, looked for once: many candidates may stand on one long line.
import type { CompiledReference, KeywordIndex } from './reference-index.ts';

export interface KeywordHit {
  readonly reference: CompiledReference;
  /** Offset at which the keyword begins. */
  readonly at: number;
}

/** The keywords that begin in [start, end), in order. */
export type FindKeywords = (start: number, end: number) => readonly KeywordHit[];

const BLOCK_BYTES = 2048;
/** Blocks that are remembered: what a line needs on both sides of a value, and some. */
const MAX_BLOCKS = 8;

/** Offsets are those of the bytes. */
export function createTextKeywords(bytes: Uint8Array, index: KeywordIndex): FindKeywords {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const blocks = new Map<number, KeywordHit[]>();
  const readBlock = (number: number): KeywordHit[] => {
    const known = blocks.get(number);
    if (known) return known;
    const start = number * BLOCK_BYTES;
    const found = findIn(buffer.toString('latin1', start, start + BLOCK_BYTES + index.longest), index)
      .filter(({ at }) => at < BLOCK_BYTES)
      .map(({ reference, at }) => ({ reference, at: at + start }));
    if (blocks.size >= MAX_BLOCKS) blocks.delete(blocks.keys().next().value!);
    blocks.set(number, found);
    return found;
  };
  return (start, end) => {
    const found: KeywordHit[] = [];
    for (let number = Math.floor(start / BLOCK_BYTES); number * BLOCK_BYTES < end; number++) {
      for (const hit of readBlock(number)) if (hit.at >= start && hit.at < end) found.push(hit);
    }
    return found;
  };
}

export function findIn(text: string, index: KeywordIndex): KeywordHit[] {
  const found: KeywordHit[] = [];
  index.search(text, (reference, at) => found.push({ reference, at }));
  return found;
}
