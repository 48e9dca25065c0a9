// One text as many candidates ask for it: parts of it as latin1, and the keywords of references in them.
import type { ReferenceCatalogue } from './storage/reference-index.ts';
import type { FindKeywords } from './storage/text-keywords.ts';
import { createTextKeywords } from './storage/text-keywords.ts';

export interface TextReader {
  /** The text of [start, end). What comes from one block shares its memory. */
  latin1(start: number, end: number): string;
  readonly findKeywords: FindKeywords;
}

const BLOCK_BYTES = 64 * 1024;
/** Text before the first part that is asked for: the next one may begin before it. */
const BEFORE_BYTES = 4 * 1024;

export function createTextReader(bytes: Uint8Array, { forms }: ReferenceCatalogue): TextReader {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let block = '';
  let base = 0;
  return {
    latin1: (start, end) => {
      if (start < base || end > base + block.length) {
        base = Math.max(0, start - BEFORE_BYTES);
        block = buffer.toString('latin1', base, Math.max(end, base + BLOCK_BYTES));
      }
      return block.slice(start - base, end - base);
    },
    findKeywords: createTextKeywords(bytes, forms.line),
  };
}
