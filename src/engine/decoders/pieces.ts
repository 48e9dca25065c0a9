// A piece of decoded text in the scratch memory: scanned by the same rules, and for what is encoded in it.
import type { Codec, Match, Span } from '../../model/match.ts';
import type { RuleTable } from '../../model/packed-rules.ts';
import type { Range } from '../kernel.ts';
import type { Scanner } from '../scanner.ts';
import type { RunCodec } from './codecs.ts';
import type { MapPool } from './map-pool.ts';
import type { OutputMap } from './output.ts';
import type { Inflater } from './packed/inflater.ts';
import { WAIT_BYTES } from './packed/inflater.ts';
import { isCredible } from './plausibility.ts';

/** Levels of encoding that are undone. */
export const MAX_DEPTH = 3;

/** Zero bytes between the levels in the scratch memory. */
export const GAP_BYTES = 64;

/** A budget of less is spent: no token is so short. */
export const SPENT_BYTES = 16;

/** Of a long run, each piece repeats what a match may reach this many times: it may be encoded once more. */
const KEPT_REACHES = 4;

/** Decoded bytes that may still be made. */
export interface Budget {
  leftBytes: number;
  /** There was more to decode. */
  isOverspent: boolean;
  /** Something was compressed, and could not be unpacked as a whole. */
  isDamaged: boolean;
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
  readonly isCopied?: ((at: number, kind: number) => boolean) | undefined;
}

export interface Run {
  readonly scratch: Scanner;
  readonly rules: RuleTable;
  readonly budget: Budget;
  readonly maps: MapPool;
  readonly found: Match[];
  /** First free offset in the scratch memory. */
  readonly free: number;
  readonly depth: number;
  /** Looks for what is encoded in a text. */
  readonly scanMarks: (text: Text, run: Run, open: readonly Open[]) => Open[];
}

/** What goes on in bytes that were not there yet. */
export type Open = OpenRun | OpenPacked;

/** A run of encoded text in which something is open. */
export interface OpenRun {
  readonly kind: 'run';
  readonly codec: RunCodec;
  /** Where the next piece begins, and how much of that has been scanned. */
  readonly from: number;
  readonly contextBytes: number;
  /** In the text of the next piece. */
  readonly inner: readonly Open[];
}

/** A compressed text. */
export interface OpenPacked {
  readonly kind: 'packed';
  readonly inflater: Inflater;
  /** The last bytes that were unpacked, of which the first `contextBytes` have been scanned, and where they come from. */
  readonly kept: Uint8Array;
  readonly contextBytes: number;
  readonly map: OutputMap;
  readonly inner: readonly Open[];
}

/** What has become of one that is encoded. */
export interface Scanned {
  /** The offset at which it ends. */
  readonly stop: number;
  readonly open: readonly Open[];
}

export interface Piece {
  /** Outermost first. */
  readonly codecs: readonly Codec[];
  /** From what has been scanned already to the last byte. */
  readonly range: Range;
  /** Where each byte comes from: asked only where something was found. */
  readonly locate: () => OutputMap;
  readonly isCopied?: Text['isCopied'];
}

/** Bytes that a piece may have, when those that it holds in turn need room as well. */
export function roomOf({ scratch, free, depth }: Run): number {
  return (scratch.buffer.length - free) >> (depth + 1 < MAX_DEPTH ? 1 : 0);
}

/**
 * Bytes before a cut that the next piece repeats, for what stands there to be whole in it: in a further part of a text
 * less of that is still there.
 */
export function countKept({ scratch: { beforeBytes, afterBytes } }: Run, isWithinPart: boolean): number {
  const reachBytes = beforeBytes + afterBytes;
  return isWithinPart ? reachBytes * KEPT_REACHES : reachBytes + WAIT_BYTES * 2;
}

/** Where the first bytes of the text are gone now. What would have to begin in them is given up, and that is noted. */
export function moveOpen(open: readonly Open[], movedBytes: number, budget: Budget): Open[] {
  const move = (offset: number): number => Math.max(0, offset - movedBytes);
  return open.flatMap((each): Open[] => {
    const isGone = movedBytes > (each.kind === 'run' ? each.from : each.inflater.at());
    if (isGone) budget.isDamaged = true;
    if (isGone) return [];
    if (each.kind === 'run') return [{ ...each, from: each.from - movedBytes }];
    each.inflater.move(movedBytes);
    return [{ ...each, map: { starts: each.map.starts.map(move), ends: each.map.ends.map(move) } }];
  });
}

/**
 * @param open what the piece before this one has left open, moved to where it is in this one
 * @returns what this one leaves open
 */
export function scanPiece(piece: Piece, run: Run, open: readonly Open[]): Open[] {
  const { scratch, rules } = run;
  const { range, isCopied } = piece;
  const plain = scratch
    .scan(range)
    .filter((match) => match.span.start >= run.free)
    .filter((match) => isCredible(match, rules.find(match.ruleId)!, scratch.buffer));
  // Even, like the step from piece to piece: the kernel looks at every second address.
  const free = (range.end + GAP_BYTES + 1) & ~1;
  const inner: Run = { ...run, found: plain, free, depth: run.depth + 1 };
  let left: Open[] = [];
  if (inner.depth < MAX_DEPTH) {
    const isLast = range.limit === range.end;
    const whole = { ...range, start: run.free };
    left = run.scanMarks({ scanner: scratch, range: whole, floor: run.free, isLast, isCopied }, inner, open);
  }
  if (inner.found.length > 0) report(inner.found, piece, run);
  return left;
}

function report(found: readonly Match[], { codecs, locate }: Piece, run: Run): void {
  const map = locate();
  const place = ({ start, end }: Span): Span => ({
    start: map.starts[start - run.free]!,
    end: map.ends[Math.max(start, end - 1) - run.free]!,
  });
  for (const match of found) {
    run.found.push({
      ...match,
      span: place(match.span),
      secretSpan: place(match.secretSpan),
      decodedBy: [...codecs, ...match.decodedBy],
    });
  }
}
