// Raw bytes, as they come from a file or from memory → text bytes for the scanner: no mark, wide encodings as UTF-8.
import type { Encoding } from '../sources/encoding.ts';
import { detectEncoding, ENCODING_SAMPLE_BYTES } from '../sources/encoding.ts';
import type { TextCodec, Transcoder } from '../sources/transcode.ts';
import { createTranscoder } from '../sources/transcode.ts';

/** Writes the next bytes into `target`; fewer than it holds only at the end. */
export type ReadBytes = (target: Uint8Array) => number;

export interface TextReader {
  /** As `ReadBytes`; nothing for a content that is not to be read as text. */
  readonly read: ReadBytes;
  /** Known after the first read. */
  readonly kind: () => 'text' | 'binary' | 'set-aside';
}

/** Bytes of a target that have been read, and where in them to begin. */
interface Part {
  readonly from: number;
  readonly count: number;
}

/** NULs from here on were too few in what the encoding was told by to say anything. */
const UNSAMPLED_AT = ENCODING_SAMPLE_BYTES - 16;

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
    if (codec) return beginWide(codec, target, { from: markBytes, count });
    if (markBytes === 0) return readOn(target, { from: UNSAMPLED_AT, count });
    target.copyWithin(0, markBytes, count);
    const rest = count < target.length ? 0 : readRaw(target.subarray(count - markBytes));
    return readOn(target, { from: UNSAMPLED_AT - markBytes, count: count - markBytes + rest });
  };
  const beginWide = (codec: TextCodec, target: Uint8Array, { from, count }: Part): number => {
    const head = target.slice(from, count);
    const isWhole = count < target.length;
    readWide = createWideReader(createTranscoder(codec), head, isWhole ? () => 0 : readRaw);
    return readWide(target);
  };
  /** What a shell appends to a text may be UTF-16. */
  const readOn = (target: Uint8Array, { from, count }: Part): number => {
    const nul = Buffer.from(target.buffer, target.byteOffset, count).indexOf(0, from);
    if (nul < 0) return count;
    const start = Math.max(0, nul - 1);
    return (
      start + beginWide('nuls-in-turns-dropped', target.subarray(start), { from: 0, count: count - start })
    );
  };
  return {
    read: (target) => {
      if (encoding === undefined) return readFirst(target);
      if (encoding.kind !== 'text') return 0;
      return readWide ? readWide(target) : readOn(target, { from: 0, count: readRaw(target) });
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
      if (isEnded) ready = Buffer.concat([ready, transcoder.end()]);
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
