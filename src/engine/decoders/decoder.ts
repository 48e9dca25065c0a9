// Decodes what the kernel marks, runs the same rules on it, decodes what that holds, and so on, within a budget.
import type { Match } from '../../model/match.ts';
import type { RuleTable } from '../../model/packed-rules.ts';
import type { Scanner } from '../scanner.ts';
import type { JoinedCodec } from './codecs.ts';
import { codecOf, isSolid, KIND_COUNT, kindOf, PACKED_KIND } from './codecs.ts';
import { createMapPool } from './map-pool.ts';
import { openPacked, scanPacked } from './packed/packed-text.ts';
import type { Budget, Open, Run, Scanned, Text } from './pieces.ts';
import { GAP_BYTES, moveOpen, SPENT_BYTES } from './pieces.ts';
import { scanOn, scanRun } from './runs.ts';

export interface Decoder {
  /**
   * The matches in what a text's encoded parts hold; their spans are in the text.
   * @param movedBytes for a further part of one text: how far the bytes have moved towards the beginning
   */
  scan(text: Text, budget: Budget, movedBytes: number): Match[];
  /** Something compressed goes on in the next part of the text. */
  readonly isOpen: boolean;
  /** Another text comes next. */
  reset(): void;
}

/** @param scratch a scanner of its own, whose memory takes what is decoded */
export function createDecoder(rules: RuleTable, scratch: Scanner): Decoder {
  const maps = createMapPool();
  let open: readonly Open[] = [];
  return {
    get isOpen() {
      return open.length > 0;
    },
    reset: () => {
      open = [];
    },
    scan: (text, budget, movedBytes) => {
      const run: Run = { scratch, rules, budget, maps, found: [], free: GAP_BYTES, depth: 0, scanMarks };
      open = scanMarks(text, run, moveOpen(open, movedBytes, budget));
      return run.found;
    },
  };
}

function scanMarks(text: Text, run: Run, begun: readonly Open[]): Open[] {
  const { marks } = text.scanner;
  const { limit, end } = text.range;
  const doneTo = new Float64Array(KIND_COUNT).fill(text.floor);
  const lines: Lines = { end: text.floor, joinedTo: text.floor };
  const open = goOn(text, { begun, doneTo }, run);
  let at = text.range.start;
  for (;;) {
    at = marks.nextMark({ start: at, limit, end });
    if (at >= limit) return open;
    if (run.budget.leftBytes < SPENT_BYTES) break;
    const kind = marks.markKind();
    if (at >= doneTo[kind]! && text.isCopied?.(at, kind) !== true) {
      const scanned = scanMark(text, { kind, at, from: doneTo[kind]!, lines }, run);
      doneTo[kind] = scanned.stop;
      open.push(...scanned.open);
    }
    // Within an escaped line other kinds may stand; a solid run is what it is.
    at = isSolid(kind) ? Math.max(at + 1, doneTo[kind]!) : at + 1;
  }
  run.budget.isOverspent = true;
  return open;
}

/** What the part of the text before this one has left open. */
function goOn(
  text: Text,
  { begun, doneTo }: { begun: readonly Open[]; doneTo: Float64Array },
  run: Run,
): Open[] {
  return begun.flatMap((each) => {
    const scanned = each.kind === 'run' ? scanOn(text, each, run) : scanPacked(text, each, run);
    const kind = each.kind === 'run' ? kindOf(each.codec) : PACKED_KIND;
    doneTo[kind] = Math.max(doneTo[kind]!, scanned.stop);
    return scanned.open;
  });
}

interface MarkOfKind {
  readonly kind: number;
  readonly at: number;
  /** Text before it has been decoded already. */
  readonly from: number;
  readonly lines: Lines;
}

function scanMark(text: Text, { kind, at, from, lines }: MarkOfKind, run: Run): Scanned {
  if (kind === PACKED_KIND) return scanPacked(text, openPacked(text, at), run);
  const codec = codecOf(kind);
  // First: of two readings of one secret the first is kept, and a line may hold but a part of it.
  const joined = codec.joined ? scanJoined(text, { at, joined: codec.joined, lines }, run) : [];
  const { isDamaged } = run.budget;
  const { stop, open } = scanRun(text, { codec, at, from }, run);
  // What a line holds but a part of was whole in all of them, or that was said.
  if (at < lines.joinedTo) run.budget.isDamaged = isDamaged;
  return { stop, open: [...joined, ...open] };
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
): readonly Open[] {
  const { scanner, range } = text;
  if (at < lines.joinedTo) return [];
  if (at >= lines.end) lines.end = joined.endOfLine(scanner.buffer, at, range.end);
  if (!joined.goesOn(scanner.buffer, { at, lineEnd: lines.end, end: range.end })) return [];
  const { stop, open } = scanRun(text, { codec: joined, at, from: at }, run);
  lines.joinedTo = stop;
  return open;
}
