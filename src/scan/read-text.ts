// Raw bytes, as they come from a file or from memory → text bytes for the scanner: no mark, wide encodings as UTF-8.
import type { Encoding } from '../sources/encoding.ts';
import { detectEncoding } from '../sources/encoding.ts';
import type { Transcoder } from '../sources/transcode.ts';
import { createTranscoder } from '../sources/transcode.ts';

/** Writes the next bytes into `target`; fewer than it holds only at the end. */
export type ReadBytes = (target: Uint8Array) => number;

export interface TextReader {
  /** As `ReadBytes`; nothing for a content that is not to be read as text. */
  readonly read: ReadBytes;
  /** Known after the first read. */
  readonly kind: () => 'text' | 'binary' | 'set-aside';
}

const SET_ASIDE = { kind: 'set-aside' } as const;

const PIECE_BYTES = 64 * 1024;

/** @param isSetAside told the first bytes of a text: is it to be read in another way? */
export function createTextReader(readRaw: ReadBytes, isSetAside?: (head: Uint8Array) => boolean): TextReader {
  let encoding: Encoding | { readonly kind: 'set-aside' } | undefined;
  let readWide: ReadBytes | undefined;
  const readFirst: ReadBytes = (target) => {
    const count = readRaw(target);
    const start = target.subarray(0, count);
    encoding = detectEncoding(start);
    if (encoding.kind === 'text' && isSetAside?.(start)) encoding = SET_ASIDE;
    if (encoding.kind !== 'text') return 0;
    const { codec, markBytes } = encoding;
    if (codec) {
      const head = target.slice(markBytes, count);
      const isWhole = count < target.length;
      readWide = createWideReader(createTranscoder(codec), head, isWhole ? () => 0 : readRaw);
      return readWide(target);
    }
    if (markBytes === 0) return count;
    target.copyWithin(0, markBytes, count);
    const rest = count < target.length ? 0 : readRaw(target.subarray(count - markBytes));
    return count - markBytes + rest;
  };
  return {
    read: (target) => {
      if (encoding === undefined) return readFirst(target);
      if (encoding.kind !== 'text') return 0;
      return (readWide ?? readRaw)(target);
    },
    kind: () => encoding?.kind ?? 'text',
  };
}

function createWideReader(transcoder: Transcoder, head: Uint8Array, readRaw: ReadBytes): ReadBytes {
  const piece = new Uint8Array(PIECE_BYTES);
  let ready = transcoder.write(head);
  let isEnded = false;
  return (target) => {
    let filled = 0;
    for (;;) {
      const taken = Math.min(ready.length, target.length - filled);
      target.set(ready.subarray(0, taken), filled);
      ready = ready.subarray(taken);
      filled += taken;
      if (filled === target.length || isEnded) return filled;
      const count = readRaw(piece);
      isEnded = count < piece.length;
      ready = transcoder.write(piece.subarray(0, count));
    }
  };
}

/** Bytes that are in memory already. */
export function createBytesReader(bytes: Uint8Array): ReadBytes {
  let at = 0;
  return (target) => {
    const count = Math.min(target.length, bytes.length - at);
    target.set(bytes.subarray(at, at + count));
    at += count;
    return count;
  };
}
