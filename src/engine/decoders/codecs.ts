// The codecs by the numbers that the kernel marks them with.
import type { Codec } from '../../model/match.ts';
import { decodeBackslash, decodeHtml, decodePercent, decodeQuotedPrintable } from './escapes.ts';
import type { Decode } from './output.ts';
import { decodeBase64, decodeHex } from './solid.ts';

export interface RunCodec {
  readonly codec: Codec;
  readonly decode: Decode;
  /** Every character of a run is encoded; otherwise a run is a line in which some are. */
  readonly isSolid: boolean;
}

/** In the order of the kinds of kernel/marks.ts, from 1. */
const CODECS: readonly RunCodec[] = [
  { codec: 'base64', decode: decodeBase64, isSolid: true },
  { codec: 'hex', decode: decodeHex, isSolid: true },
  { codec: 'percent', decode: decodePercent, isSolid: false },
  { codec: 'escape', decode: decodeBackslash, isSolid: false },
  { codec: 'html', decode: decodeHtml, isSolid: false },
  { codec: 'quoted-printable', decode: decodeQuotedPrintable, isSolid: false },
];

/** Kinds of mark, 0 for none included. */
export const KIND_COUNT: number = CODECS.length + 1;

export function codecOf(kind: number): RunCodec {
  return CODECS[kind - 1]!;
}
