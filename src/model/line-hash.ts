// The line hash by which GitHub code scanning recognises an alert again: a 64-bit rolling hash over a text.
// Algorithm and constants as read in github/codeql-action, src/fingerprints.ts; checked against its test values.

/** Code units, blanks not counted, that the hash of a line covers. */
const WINDOW = 100;
const MULTIPLIER = 37;
const END_OF_TEXT = 0xffff;

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;

/** Longer texts, in UTF-16 units, are not hashed: GitHub then computes the hash by itself. */
export const MAX_HASHED_LENGTH: number = 16 * 1024 * 1024;

/**
 * Hashes of some lines of a text, as `hexadecimal hash:how often it has occurred so far`.
 * Two passes over the text up to the last of the lines; memory for the asked lines only.
 * @param text the whole file, decoded from UTF-8 (a byte order mark stays part of it)
 * @param lines 1-based; lines that do not exist are left out of the answer
 */
export function hashLines(text: string, lines: Iterable<number>): Map<number, string> {
  const wanted = new Set(lines);
  const answer = new Map<number, string>();
  if (wanted.size === 0 || text.length > MAX_HASHED_LENGTH) return answer;
  let last = 0;
  for (const line of wanted) last = Math.max(last, line);
  const counts = new Map<string, number>();
  const lows = new Set<number>();
  visitLines(text, last, ({ line, low, hash }) => {
    if (!wanted.has(line)) return;
    counts.set(hash(), 0);
    lows.add(low);
  });
  visitLines(text, last, ({ line, low, hash: read }) => {
    // The low half rules out almost every other line before a string is made.
    const hash = lows.has(low) ? read() : '';
    const count = counts.get(hash);
    if (count === undefined) return;
    counts.set(hash, count + 1);
    if (wanted.has(line)) answer.set(line, `${hash}:${count + 1}`);
  });
  return answer;
}

interface HashedLine {
  readonly line: number;
  /** The low half of the hash. */
  readonly low: number;
  /** The whole hash, in hexadecimal. */
  readonly hash: () => string;
}

type Visit = (line: HashedLine) => void;

/**
 * Visits every line up to `last`, in order. Keeps the polynomial over everything read so far, in two halves of 32 bits:
 * the hash of a line is the polynomial a window after its beginning, less the one at its beginning.
 */
function visitLines(text: string, last: number, visit: Visit): void {
  const open = createOpenLines(visit);
  let [high, low, units, nextEnd] = [0, 0, 0, NONE];
  let isLineStart = true;
  let isAfterCr = false;
  for (let at = 0; at <= text.length + WINDOW && nextEnd !== DONE; at++) {
    const unit = unitAt(text, at);
    const isSkipped = unit === SPACE || unit === TAB || (isAfterCr && unit === LF);
    isAfterCr = unit === CR;
    if (isSkipped) continue;
    if (units === nextEnd) nextEnd = open.endFirst({ high, low }, last);
    if (isLineStart && nextEnd !== DONE) nextEnd = open.begin({ high, low }, units + WINDOW);
    isLineStart = isAfterCr || unit === LF;
    const lower = (low & 0xffff) * MULTIPLIER + (isAfterCr ? LF : unit);
    const upper = (low >>> 16) * MULTIPLIER + (lower >>> 16);
    low = (upper << 16) | (lower & 0xffff);
    high = (Math.imul(high, MULTIPLIER) + (upper >>> 16)) | 0;
    units++;
  }
}

/** The text, its end, and as many zeros as complete the hash of the last line. */
function unitAt(text: string, at: number): number {
  if (at < text.length) return text.charCodeAt(at);
  return at === text.length ? END_OF_TEXT : 0;
}

/** The polynomial at some place, as two halves of 32 bits. */
interface Halves {
  readonly high: number;
  readonly low: number;
}

/** Answers that are no count of units: no line is open, and no further line is wanted. */
const NONE = -1;
const DONE = -2;

/** The lines whose window is not full yet: at most one a unit of it. Answers say at which unit the first is full. */
interface OpenLines {
  begin(before: Halves, end: number): number;
  endFirst(now: Halves, last: number): number;
}

function createOpenLines(visit: Visit): OpenLines {
  const queue: { before: Halves; end: number }[] = Array.from({ length: WINDOW + 1 });
  let [begun, visited] = [0, 0];
  const nextEnd = (): number => (visited < begun ? queue[visited % queue.length]!.end : NONE);
  return {
    begin: (before, end) => {
      queue[begun % queue.length] = { before, end };
      begun++;
      return nextEnd();
    },
    endFirst: (now, last) => {
      const { before } = queue[visited % queue.length]!;
      visited++;
      visit({
        line: visited,
        low: (now.low - Math.imul(before.low, LEAVING_FACTOR_LOW)) | 0,
        hash: () => BigInt.asUintN(64, join(now) - join(before) * LEAVING_FACTOR).toString(16),
      });
      return visited === last ? DONE : nextEnd();
    },
  };
}

function join({ high, low }: Halves): bigint {
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}

/** MULTIPLIER to the power of WINDOW, modulo 2^64: the weight of what leaves the window. */
const LEAVING_FACTOR: bigint = BigInt.asUintN(64, BigInt(MULTIPLIER) ** BigInt(WINDOW));
const LEAVING_FACTOR_LOW: number = Number(LEAVING_FACTOR & 0xffff_ffffn) | 0;
