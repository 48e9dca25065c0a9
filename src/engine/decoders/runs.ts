// A run of encoded text, decoded piece by piece into the scratch memory, if text is what comes out.
import type { RunCodec } from './codecs.ts';
import { isSolid, kindOf } from './codecs.ts';
import type { Decoded, Output, OutputMap } from './output.ts';
import { createOutput } from './output.ts';
import type { OpenRun, Piece, Run, Scanned, Text } from './pieces.ts';
import { countKept, moveOpen, roomOf, scanPiece, SPENT_BYTES } from './pieces.ts';
import { isText, isWide, narrow } from './plausibility.ts';

/** Decoded at first, to see whether it is text. */
const TRIAL_BYTES = 256;
/** Text before an escape that is decoded with it. */
const BEFORE_ESCAPE_BYTES = 256;
/** A solid run that turns out to be no text is passed over by this much. */
const REFUSED_BYTES = 24;

/** Whole groups of base64, and even: the kernel looks at every second address. */
const PIECE_STEP_BYTES = 6;
/** Room beyond what is written: some decoders stop before the last byte is used. */
const SLACK_BYTES = 4;

/** What was marked; text before `from` has been decoded already. */
export interface Mark {
  readonly codec: RunCodec;
  readonly at: number;
  readonly from: number;
}

export function scanRun(text: Text, { codec, at, from }: Mark, run: Run): Scanned {
  const start = codec.isSolid ? at : beginLine(text, at, from);
  return scanOn(text, { kind: 'run', codec, from: start, contextBytes: 0, inner: [] }, run);
}

/** From where the part of the text before this one has ended. */
export function scanOn(text: Text, begun: OpenRun, run: Run): Scanned {
  const { codec } = begun;
  let open = begun;
  for (;;) {
    const decoding = decodePiece(text, { codec, from: open.from, room: roomOf(run) }, run);
    if (!decoding) return { stop: passOver(text, codec, open.from), open: [] };
    const { decoded } = decoding;
    const next = scanDecoded(text, { decoding, open }, run);
    if (!decoded.isFull) return { stop: decoded.stop, open: next.inner.length > 0 ? [next] : [] };
    if (run.budget.leftBytes < SPENT_BYTES) run.budget.isOverspent = true;
    else if (next.from > open.from) {
      open = next;
      continue;
    }
    return { stop: decoded.stop, open: [] };
  }
}

/** @returns what the next piece needs to know of this one */
function scanDecoded(
  text: Text,
  { decoding, open }: { decoding: Decoding; open: OpenRun },
  run: Run,
): OpenRun {
  const { codec, contextBytes } = open;
  const { decoded, output, locate } = decoding;
  const isCut = decoded.isFull || isBeyond(text, decoded);
  const start = run.free + contextBytes;
  const limit = Math.max(start, isCut ? output.at - run.scratch.afterBytes : output.at);
  const piece: Piece = {
    codecs: decoding.isWide ? [codec.codec, 'utf-16le'] : [codec.codec],
    range: { start, limit, end: output.at },
    locate,
    isCopied: createCopyTest(text, decoding, run),
  };
  const inner = limit > start ? scanPiece(piece, run, open.inner) : open.inner;
  if (!decoded.isFull && inner.length === 0) return open;
  // The next piece begins early enough for what stands at the cut to be whole in it.
  const keptBytes = countKept(run, decoded.isFull);
  const early = Math.max(0, limit + run.scratch.afterBytes - keptBytes - run.free);
  const index = early - (early % PIECE_STEP_BYTES);
  return {
    kind: 'run',
    codec,
    from: locate().starts[index]!,
    contextBytes: limit - run.free - index,
    inner: moveOpen(inner, index, run.budget),
  };
}

/** What may stand between two lines of a run. */
const MAX_LINE_BREAK_BYTES = 40;

/** May the run go on in bytes that are not there yet? */
function isBeyond({ range, isLast }: Text, { stop }: Decoded): boolean {
  return !isLast && stop + MAX_LINE_BREAK_BYTES >= range.end;
}

function beginLine({ scanner }: Text, at: number, from: number): number {
  const floor = Math.max(from, at - BEFORE_ESCAPE_BYTES);
  let start = at;
  while (start > floor && scanner.buffer[start - 1] !== 0x0a && scanner.buffer[start - 1] !== 0x0d) start--;
  return start;
}

interface PieceRequest {
  readonly codec: RunCodec;
  readonly from: number;
  readonly room: number;
}

interface Decoding {
  readonly codec: RunCodec;
  readonly output: Output;
  readonly decoded: Decoded;
  readonly isWide: boolean;
  /** Decodes once more, to know where each byte comes from: only where something was found. */
  readonly locate: () => OutputMap;
}

/** Undefined where it is no text. */
function decodePiece(text: Text, { codec, from, room }: PieceRequest, run: Run): Decoding | undefined {
  const source = text.scanner.buffer;
  const range = { from, end: text.range.end };
  const limitBytes = Math.min(room, run.budget.leftBytes);
  const trial = reserve(run, Math.min(limitBytes, TRIAL_BYTES));
  codec.decode(source, range, trial);
  const tried = trial.at - trial.start;
  run.budget.leftBytes -= tried;
  const wide = isWide(trial);
  if (wide) narrow(trial);
  if (!isText(trial)) return undefined;
  run.budget.leftBytes += tried;
  const output = reserve(run, Math.max(0, Math.min(room, run.budget.leftBytes)));
  const decoded = codec.decode(source, range, output);
  run.budget.leftBytes -= output.at - output.start;
  const length = output.at - output.start;
  if (wide) narrow(output);
  let map: OutputMap | undefined;
  const locate = (): OutputMap => {
    if (map) return map;
    const copy = run.maps.reserve(run.depth, length + SLACK_BYTES);
    codec.decode(source, range, copy);
    if (wide) narrow(copy);
    return (map = copy.map);
  };
  return { codec, output, decoded, isWide: wide, locate };
}

function reserve({ scratch, free }: Run, roomBytes: number): Output {
  return createOutput(scratch.buffer, free, free + roomBytes);
}

/** Where to go on behind what is no text. */
function passOver({ scanner, range }: Text, { decode, ...codec }: RunCodec, from: number): number {
  if (codec.isSolid) return from + REFUSED_BYTES;
  const bytes = new Uint8Array(TRIAL_BYTES);
  const output = createOutput(bytes, 0, bytes.length);
  return Math.max(from + 1, decode(scanner.buffer, { from, end: range.end }, output).stop);
}

/** A sign and what follows it at least. */
const MIN_ESCAPE_BYTES = 3;

/**
 * Where a line has escapes of several kinds, the order in which these are undone matters only for an escape within another
 * one: those that stand side by side are undone in the order of their kinds alone, or each kind more would multiply the work.
 */
function createCopyTest(text: Text, { codec, locate }: Decoding, { free }: Run): Text['isCopied'] {
  const { marks } = text.scanner;
  return (at, kind) => {
    if (codec.isSolid || isSolid(kind) || kind > kindOf(codec)) return false;
    const { starts } = locate();
    const start = starts[at - free]!;
    for (let index = 1; index < MIN_ESCAPE_BYTES; index++) {
      if (starts[at - free + index] !== start + index) return false;
    }
    const marked = marks.nextMark({ start, limit: start + 1, end: text.range.end });
    return marked === start && marks.markKind() === kind;
  };
}
