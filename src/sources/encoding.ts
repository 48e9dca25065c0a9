// Content decides: text or binary, and in which encoding. One bad byte never hides a file.
import type { TextCodec, WideCodec } from './transcode.ts';
import { createTranscoder, ONE_BYTE_TEXT } from './transcode.ts';

/** What a content is by its first bytes. */
export type Encoding =
  | {
      readonly kind: 'text';
      /** Absent: one byte a unit (UTF-8, Latin-1, Shift-JIS …), scanned as it stands. */
      readonly codec?: TextCodec;
      /** Bytes of the mark at the beginning, which is no part of the text. */
      readonly markBytes: number;
    }
  /** Not scanned but for what is in it, where it is a container; counted as skipped. */
  | { readonly kind: 'binary' };

/** Bytes at the beginning of a content that decide. */
export const ENCODING_SAMPLE_BYTES = 8192;

const MARKS: readonly { readonly mark: readonly number[]; readonly codec?: WideCodec }[] = [
  { mark: [0xef, 0xbb, 0xbf] },
  // Before UTF-16, whose mark it begins with: no text begins with a NUL.
  { mark: [0xff, 0xfe, 0x00, 0x00], codec: 'utf-32le' },
  { mark: [0x00, 0x00, 0xfe, 0xff], codec: 'utf-32be' },
  { mark: [0xff, 0xfe], codec: 'utf-16le' },
  { mark: [0xfe, 0xff], codec: 'utf-16be' },
];

/** First bytes of formats that are mostly not text and whose beginning may hold no NUL, as latin1 text. */
const BINARY_MAGIC: readonly string[] = [
  '%PDF-',
  'PK\u0003\u0004',
  '\u001F\u008B\u0008',
  'BZh9',
  '\u00FD7zXZ',
  '7z\u00BC\u00AF\u0027\u001C',
  '(\u00B5/\u00FD',
  '\u0089PNG',
  '\u00FF\u00D8\u00FF',
  'GIF87a',
  'GIF89a',
  'RIFF',
  'OggS',
  'wOFF',
  'wOF2',
  '\u007FELF',
  '\u00CA\u00FE\u00BA\u00BE',
  '\u00CF\u00FA\u00ED\u00FE',
];

/** The bytes that a mark or a magic can begin with: for any other first byte there is none to compare. */
const FIRST_BYTES: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(MARKS.some(({ mark }) => mark[0] === byte) || BINARY_MAGIC.some((it) => it.charCodeAt(0) === byte)),
);

/** @param head the first bytes of a content, `ENCODING_SAMPLE_BYTES` of them where it has as many */
export function detectEncoding(head: Uint8Array): Encoding {
  const length = Math.min(head.length, ENCODING_SAMPLE_BYTES);
  const sample = Buffer.from(head.buffer, head.byteOffset, length);
  const isSpecial = FIRST_BYTES[head[0] ?? 0x20] === 1;
  const hasNul = sample.indexOf(0) !== -1;
  return isSpecial || hasNul ? judge(sample, hasNul) : PLAIN_TEXT;
}

function judge(sample: Buffer, hasNul: boolean): Encoding {
  const marked = MARKS.find(({ mark }) => mark.every((byte, index) => sample[index] === byte));
  const markBytes = marked?.mark.length ?? 0;
  if (marked?.codec) return judgeWide(sample, { codec: marked.codec, markBytes, hasNul });
  const codec = hasNul ? detectByNuls(sample) : undefined;
  // Its units are counted from the beginning of the content.
  if (codec) return judgeWide(sample, { codec, markBytes: 0, hasNul });
  if (hasNul) return judgeNuls(sample, markBytes);
  if (hasBinaryMagic(sample) && !isReadable(countControls(sample), sample)) return BINARY;
  return { kind: 'text', markBytes };
}

const PLAIN_TEXT: Encoding = { kind: 'text', markBytes: 0 };
const BINARY: Encoding = { kind: 'binary' };

const ONLY_ONE_BYTE_TEXT = /^[\t\n\r -~]+$/;

interface Wide {
  readonly codec: WideCodec;
  readonly markBytes: number;
  readonly hasNul: boolean;
}

// A mark may be wrong, and what one shell wrote another one may have appended to: without the NULs, both are read.
function judgeWide(sample: Buffer, { codec, markBytes, hasNul }: Wide): Encoding {
  const text = sample.toString('latin1', markBytes);
  if (!ONE_BYTE_TEXT.test(text) && !ONLY_ONE_BYTE_TEXT.test(text)) return { kind: 'text', codec, markBytes };
  return hasNul ? { kind: 'text', codec: 'nuls-dropped', markBytes } : PLAIN_TEXT;
}

/** A text that one of a wide encoding was appended to has at least as many NULs as this, nearly all of them in turns. */
const MIN_WIDE_NULS = 4;

function judgeNuls(sample: Buffer, markBytes: number): Encoding {
  const counts = countControls(sample);
  if (!isReadable(counts, sample)) return BINARY;
  const { nuls, inTurns, inRuns, lineFeeds } = counts;
  if (nuls >= MIN_WIDE_NULS && inTurns * 2 > nuls) return { kind: 'text', codec: 'nuls-dropped', markBytes };
  // As in an environment of Linux.
  const endsLines = inRuns === 0 && (nuls > lineFeeds || sample.at(-1) === 0);
  return { kind: 'text', markBytes, ...(endsLines ? { codec: 'nuls-as-line-feeds' } : {}) };
}

/** What a text may hold of control bytes, as a share and, in a short one, as a count. */
const MAX_CONTROL_SHARE = 0.02;
const MAX_CONTROLS = 4;

interface Controls {
  /** Control bytes that no text has; those that are NUL are counted by themselves. */
  readonly others: number;
  readonly nuls: number;
  /** NULs behind a NUL. */
  readonly inRuns: number;
  /** NULs with one byte between them and the NUL before. */
  readonly inTurns: number;
  readonly lineFeeds: number;
}

function countControls(sample: Uint8Array): Controls {
  let [others, nuls, inRuns, inTurns, lineFeeds] = [0, 0, 0, 0, 0];
  for (let at = 0; at < sample.length; at++) {
    const byte = sample[at]!;
    if (byte >= 0x20) continue;
    if (byte === 0) {
      nuls++;
      if (sample[at - 1] === 0) inRuns++;
      else if (sample[at - 2] === 0) inTurns++;
    } else if (byte === 0x0a) lineFeeds++;
    else if ((byte < 0x08 || byte > 0x0d) && byte !== 0x1b) others++;
  }
  return { others, nuls, inRuns, inTurns, lineFeeds };
}

// A stray NUL, NULs that part texts, or the first bytes of an image over a text, must not hide what people can read.
// Compressed data and machine code are full of control bytes.
function isReadable({ others, inRuns }: Controls, { length }: Uint8Array): boolean {
  return others + inRuns <= Math.max(MAX_CONTROLS, length * MAX_CONTROL_SHARE);
}

function hasBinaryMagic(sample: Uint8Array): boolean {
  return BINARY_MAGIC.some((magic) => {
    for (let at = 0; at < magic.length; at++) if (sample[at] !== magic.charCodeAt(at)) return false;
    return true;
  });
}

/** At which places of a unit nearly no byte is NUL, so many that it is no accident, or nearly every one. */
const STRIDES: readonly { readonly codec: WideCodec; readonly nuls: readonly ('few' | 'many' | 'most')[] }[] =
  [
    { codec: 'utf-32le', nuls: ['few', 'many', 'most', 'most'] },
    { codec: 'utf-32be', nuls: ['most', 'most', 'many', 'few'] },
    { codec: 'utf-16le', nuls: ['few', 'many', 'few', 'many'] },
    { codec: 'utf-16be', nuls: ['many', 'few', 'many', 'few'] },
  ];

const SHARES: Readonly<Record<'few' | 'many' | 'most', (share: number) => boolean>> = {
  few: (share) => share <= 0.05,
  many: (share) => share >= 0.3,
  most: (share) => share >= 0.95,
};

/** Shorter contents say too little, and hold no credential. */
const MIN_UNITS = 4;

// Code and configuration are mostly ASCII even where comments are not: one byte of each unit speaks, the rest are NUL.
function detectByNuls(sample: Uint8Array): WideCodec | undefined {
  const units = sample.length >> 2;
  if (units < MIN_UNITS) return undefined;
  const counts = [0, 0, 0, 0];
  for (let at = 0; at < units * 4; at++) if (sample[at] === 0) counts[at & 3]!++;
  return STRIDES.find(({ nuls }) => nuls.every((expected, place) => SHARES[expected](counts[place]! / units)))
    ?.codec;
}

export type NormalisedBytes =
  /** UTF-8 or another encoding of one byte a unit, without a mark. */
  | { readonly kind: 'text'; readonly bytes: Uint8Array; readonly codec?: TextCodec }
  | { readonly kind: 'binary'; readonly bytes: Uint8Array };

/**
 * A whole content, ready to be scanned. Marks are taken off, as editors do not count them as columns; what is wide
 * becomes UTF-8; everything else stays as it is. Contents that come in pieces: `detectEncoding`, `createTranscoder`.
 */
export function normaliseBytes(bytes: Uint8Array): NormalisedBytes {
  const encoding = detectEncoding(bytes);
  if (encoding.kind === 'binary') return { kind: 'binary', bytes };
  const text = bytes.subarray(encoding.markBytes);
  if (!encoding.codec) return { kind: 'text', bytes: text };
  const transcoder = createTranscoder(encoding.codec);
  const written = Buffer.concat([transcoder.write(text), transcoder.end()]);
  return { kind: 'text', bytes: written, codec: encoding.codec };
}
