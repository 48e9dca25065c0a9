// Decodes what the kernel marks, runs the same rules on it, decodes what that holds, and so on, within a budget.
import type { Match, Span } from '../../model/match.ts';
import type { RuleTable } from '../../model/packed-rules.ts';
import type { Range } from '../kernel.ts';
import type { Scanner } from '../scanner.ts';
import type { JoinedCodec, RunCodec } from './codecs.ts';
import { codecOf, KIND_COUNT, kindOf } from './codecs.ts';
import type { MapPool } from './map-pool.ts';
import { createMapPool } from './map-pool.ts';
import type { Decoded, Output, OutputMap } from './output.ts';
import { createOutput } from './output.ts';
import { isCredible, isText, isWide, narrow } from './plausibility.ts';

/** Levels of encoding that are undone. */
export const MAX_DEPTH = 3;

/** Decoded at first, to see whether it is text. */
const TRIAL_BYTES = 256;
/** Text before an escape that is decoded with it. */
const BEFORE_ESCAPE_BYTES = 256;
/** Zero bytes between the levels in the scratch memory. */
const GAP_BYTES = 64;
/** A solid run that turns out to be no text is passed over by this much. */
const REFUSED_BYTES = 24;

/** A budget of less is spent: no token is so short. */
const SPENT_BYTES = 16;

/** Of a long run, each piece repeats what a match may reach this many times: it may be encoded once more. */
const KEPT_REACHES = 4;
const BASE64_GROUP_BYTES = 3;
/** Room beyond what is written: some decoders stop before the last byte is used. */
const SLACK_BYTES = 4;

/** Decoded bytes that may still be made. */
export interface Budget {
  leftBytes: number;
  /** There was more to decode. */
  isOverspent: boolean;
}

export interface Decoder {
  /** The matches in what a text's encoded parts hold; their spans are in the text. */
  scan(text: Text, budget: Budget): Match[];
}

/** A text in the memory of a scanner. */
export interface Text {
  readonly scanner: Scanner;
  readonly range: Range;
  /** Where the text begins. */
  readonly floor: number;
  /** Nothing follows the range's end. */
  readonly isLast: boolean;
  /** Does what is marked here stand as it is in the text that this one was decoded from, to be decoded there first? */
  readonly isCopied?: (at: number, kind: number) => boolean;
}

/** @param scratch a scanner of its own, whose memory takes what is decoded */
export function createDecoder(rules: RuleTable, scratch: Scanner): Decoder {
  const maps = createMapPool();
  return {
    scan: (text, budget) => {
      const run: Run = { scratch, rules, budget, maps, found: [], free: GAP_BYTES, depth: 0 };
      scanMarks(text, run);
      return run.found;
    },
  };
}

interface Run {
  readonly scratch: Scanner;
  readonly rules: RuleTable;
  readonly budget: Budget;
  readonly maps: MapPool;
  readonly found: Match[];
  /** First free offset in the scratch memory. */
  readonly free: number;
  readonly depth: number;
}

function scanMarks(text: Text, run: Run): void {
  const { marks } = text.scanner;
  const { limit, end } = text.range;
  const doneTo = new Float64Array(KIND_COUNT).fill(text.floor);
  const lines: Lines = { end: text.floor, joinedTo: text.floor };
  let at = text.range.start;
  for (;;) {
    at = marks.nextMark({ start: at, limit, end });
    if (at >= limit) return;
    if (run.budget.leftBytes < SPENT_BYTES) break;
    const kind = marks.markKind();
    const codec = codecOf(kind);
    if (at >= doneTo[kind]! && text.isCopied?.(at, kind) !== true) {
      // First: of two readings of one secret the first is kept, and a line may hold but a part of it.
      if (codec.joined) scanJoined(text, { at, joined: codec.joined, lines }, run);
      doneTo[kind] = scanRun(text, { codec, at, from: doneTo[kind]! }, run);
    }
    // Within an escaped line other kinds may stand; a solid run is what it is.
    at = codec.isSolid ? Math.max(at + 1, doneTo[kind]!) : at + 1;
  }
  run.budget.isOverspent = true;
}

/** How far runs of several lines have been looked at. */
interface Lines {
  /** Where the present line ends. */
  end: number;
  joinedTo: number;
}

/** A run that goes on in the next line, as one text that was wrapped: each line is a text by itself, too. */
function scanJoined(
  text: Text,
  { at, joined, lines }: { at: number; joined: JoinedCodec; lines: Lines },
  run: Run,
): void {
  const { scanner, range } = text;
  if (at < lines.joinedTo) return;
  if (at >= lines.end) lines.end = joined.endOfLine(scanner.buffer, at, range.end);
  if (joined.goesOn(scanner.buffer, { at, lineEnd: lines.end, end: range.end })) {
    lines.joinedTo = scanRun(text, { codec: joined, at, from: at }, run);
  }
}

/** What was marked; text before `from` has been decoded already. */
interface Mark {
  readonly codec: RunCodec;
  readonly at: number;
  readonly from: number;
}

/** @returns the offset at which the run ends */
function scanRun(text: Text, mark: Mark, run: Run): number {
  const { buffer, afterBytes } = run.scratch;
  const room = (buffer.length - run.free) >> (run.depth + 1 < MAX_DEPTH ? 1 : 0);
  let from = mark.codec.isSolid ? mark.at : beginLine(text, mark);
  let contextBytes = 0;
  for (;;) {
    const piece = decodePiece(text, { codec: mark.codec, from, room }, run);
    if (!piece) return passOver(text, mark.codec, from);
    const { decoded, output } = piece;
    const isCut = decoded.isFull || isBeyond(text, decoded);
    const limit = isCut ? output.at - afterBytes : output.at;
    const start = run.free + contextBytes;
    if (limit > start) scanPiece({ range: { start, limit, end: output.at }, text, ...piece }, run);
    if (!decoded.isFull) return decoded.stop;
    if (run.budget.leftBytes < SPENT_BYTES) {
      run.budget.isOverspent = true;
      return decoded.stop;
    }
    const next = nextPiece(piece, run);
    if (next.from <= from) return decoded.stop;
    ({ from, contextBytes } = next);
  }
}

/** Does the run go on in bytes that are not there yet? */
function isBeyond({ range, isLast }: Text, { stop }: Decoded): boolean {
  return !isLast && stop >= range.end;
}

// The next piece begins early enough for what stands at the cut to be whole in it, and with a whole group.
function nextPiece(
  { output, locate }: Piece,
  { scratch, free }: Run,
): { from: number; contextBytes: number } {
  const { afterBytes, beforeBytes } = scratch;
  const length = output.at - free;
  const keptBytes = Math.min((beforeBytes + afterBytes) * KEPT_REACHES, length >> 1);
  const index = length - keptBytes - ((length - keptBytes) % BASE64_GROUP_BYTES);
  return { from: locate().starts[index]!, contextBytes: Math.max(0, length - afterBytes - index) };
}

function beginLine({ scanner }: Text, { at, from }: Mark): number {
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

interface Piece {
  readonly codec: RunCodec;
  readonly output: Output;
  readonly decoded: Decoded;
  readonly isWide: boolean;
  /** Decodes once more, to know where each byte comes from: only where something was found. */
  readonly locate: () => OutputMap;
}

/** Undefined where it is no text. */
function decodePiece(text: Text, { codec, from, room }: PieceRequest, run: Run): Piece | undefined {
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
function passOver({ scanner, range }: Text, { decode, isSolid }: RunCodec, from: number): number {
  if (isSolid) return from + REFUSED_BYTES;
  const bytes = new Uint8Array(TRIAL_BYTES);
  const output = createOutput(bytes, 0, bytes.length);
  return Math.max(from + 1, decode(scanner.buffer, { from, end: range.end }, output).stop);
}

interface ScannedPiece extends Piece {
  readonly range: Range;
  /** What it was decoded from. */
  readonly text: Text;
}

/** A sign and what follows it at least. */
const MIN_ESCAPE_BYTES = 3;

/**
 * Where a line has escapes of several kinds, the order in which these are undone matters only for an escape within another
 * one: those that stand side by side are undone in the order of their kinds alone, or each kind more would multiply the work.
 */
function createCopyTest({ text, codec, locate }: ScannedPiece, { free }: Run): Text['isCopied'] & object {
  const { marks } = text.scanner;
  return (at, kind) => {
    if (codec.isSolid || codecOf(kind).isSolid || kind > kindOf(codec)) return false;
    const { starts } = locate();
    const start = starts[at - free]!;
    for (let index = 1; index < MIN_ESCAPE_BYTES; index++) {
      if (starts[at - free + index] !== start + index) return false;
    }
    const marked = marks.nextMark({ start, limit: start + 1, end: text.range.end });
    return marked === start && marks.markKind() === kind;
  };
}

function scanPiece(piece: ScannedPiece, run: Run): void {
  const { scratch, rules } = run;
  const { range } = piece;
  const plain = scratch
    .scan(range)
    .filter((match) => match.span.start >= run.free)
    .filter((match) => isCredible(match, rules.find(match.ruleId)!, scratch.buffer));
  const inner: Run = { ...run, found: plain, free: range.end + GAP_BYTES, depth: run.depth + 1 };
  if (inner.depth < MAX_DEPTH) {
    const isLast = range.limit === range.end;
    const isCopied = createCopyTest(piece, run);
    const text = {
      scanner: scratch,
      range: { ...range, start: run.free },
      floor: run.free,
      isLast,
      isCopied,
    };
    scanMarks(text, inner);
  }
  if (inner.found.length === 0) return;
  const map = piece.locate();
  const codecs = piece.isWide ? [piece.codec.codec, 'utf-16le' as const] : [piece.codec.codec];
  const locate = ({ start, end }: Span): Span => ({
    start: map.starts[start - run.free]!,
    end: map.ends[Math.max(start, end - 1) - run.free]!,
  });
  for (const match of inner.found) {
    run.found.push({
      ...match,
      span: locate(match.span),
      secretSpan: locate(match.secretSpan),
      decodedBy: [...codecs, ...match.decodedBy],
    });
  }
}
