// The codecs by the numbers that the kernel marks them with.
import type { Codec } from '../../model/match.ts';
import { decodeBackslash, decodeHtml, decodePercent, decodeQuotedPrintable } from './escapes.ts';
import type { Decode } from './output.ts';
import { decodeBase64, decodeHex, decodeWrappedBase64, endOfBase64, isWrapped } from './solid.ts';

export interface RunCodec {
  readonly codec: Codec;
  readonly decode: Decode;
  /** Every character of a run is encoded; otherwise a run is a line in which some are. */
  readonly isSolid: boolean;
  /** Where a run may have several lines. */
  readonly joined?: JoinedCodec;
}

/** Takes lines that follow each other for one text that was wrapped. */
export interface JoinedCodec extends RunCodec {
  /** Where the line's run ends. */
  readonly endOfLine: (source: Uint8Array, at: number, end: number) => number;
  /** Does what begins at `at`, in a line whose run ends at `lineEnd`, go on in the next one? */
  readonly goesOn: (source: Uint8Array, at: { at: number; lineEnd: number; end: number }) => boolean;
}

/** In the order of the kinds of kernel/marks.ts, from 1. */
const CODECS: readonly RunCodec[] = [
  {
    codec: 'base64',
    decode: decodeBase64,
    isSolid: true,
    joined: {
      codec: 'base64',
      decode: decodeWrappedBase64,
      isSolid: true,
      endOfLine: endOfBase64,
      goesOn: isWrapped,
    },
  },
  { codec: 'hex', decode: decodeHex, isSolid: true },
  { codec: 'percent', decode: decodePercent, isSolid: false },
  { codec: 'escape', decode: decodeBackslash, isSolid: false },
  { codec: 'html', decode: decodeHtml, isSolid: false },
  { codec: 'quoted-printable', decode: decodeQuotedPrintable, isSolid: false },
];

/** The last kind: compressed data within base64, which no single codec undoes. */
export const PACKED_KIND: number = CODECS.length + 1;

/** Kinds of mark, 0 for none included. */
export const KIND_COUNT: number = PACKED_KIND + 1;

export function codecOf(kind: number): RunCodec {
  return CODECS[kind - 1]!;
}

export function isSolid(kind: number): boolean {
  return kind === PACKED_KIND || codecOf(kind).isSolid;
}

export function kindOf(codec: RunCodec): number {
  return CODECS.indexOf(codec) + 1;
}
