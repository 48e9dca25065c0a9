// A scanner that also looks into encoded text: what its kernel marks is decoded and scanned by the same rules.
import type { Match } from '../../model/match.ts';
import type { RuleTable } from '../../model/packed-rules.ts';
import type { Range } from '../kernel.ts';
import type { PlainScanner, Scanner, ScannerOptions } from '../scanner.ts';
import { createScanner } from '../scanner.ts';
import { createVersionMemory, findFirstMark } from '../versions.ts';
import type { Decoder } from './decoder.ts';
import { createDecoder } from './decoder.ts';
import type { Budget } from './pieces.ts';

/** Room for decoded text of all levels. */
const SCRATCH_BYTES = 1024 * 1024;

/**
 * Decoded bytes for each byte of an input, all levels and codecs together. A long line with four kinds of escape takes
 * fourteen: each kind is undone in the text and in what those before it yield; and pieces of it overlap.
 */
export const MAX_DECODED_SHARE = 20;
/** Decoded bytes that any input may have, however short it is. */
export const MIN_DECODED_BYTES: number = 64 * 1024;

/** Encoded bytes that one decoded byte may take, for escapes such as `\u0061`. */
const MAX_EXPANSION = 6;

export interface DecodingScanner extends Scanner {
  /** Bytes decoded for the input that was scanned last, all its chunks together. */
  readonly decodedBytes: number;
  /** Not all of it was: there would have been more than an input may have. */
  readonly isOverspent: boolean;
  /** It held something compressed that could not be unpacked as a whole. */
  readonly isDamaged: boolean;
}

export function createDecodingScanner(rules: RuleTable, options: ScannerOptions): DecodingScanner {
  const outer = createScanner(rules, options);
  const overlapBytes = (outer.afterBytes + outer.beforeBytes) * MAX_EXPANSION;
  const inner = createInner(rules, options, outer);
  const scanVersion = options.hasVersions ? createVersionScan(outer, inner) : undefined;
  let recent: Match[] = [];
  return {
    ...outer,
    get decodedBytes() {
      return inner.decodedBytes();
    },
    get isOverspent() {
      return inner.isOverspent();
    },
    get isDamaged() {
      return inner.isDamaged();
    },
    scan: (range, movedBytes = Infinity) => {
      const isFirst = movedBytes === Infinity;
      inner.allow((range.limit - range.start) * MAX_DECODED_SHARE, isFirst);
      const isWhole = isFirst && range.start === 0 && range.limit === range.end;
      if (isWhole && scanVersion) return scanVersion(range);
      const plain = outer.scan(range, movedBytes);
      const earlier = isFirst ? [] : moveMatches(recent, movedBytes);
      const start = isFirst ? range.start : Math.max(0, range.start - overlapBytes);
      const mark = outer.marks.nextMark({ ...range, start });
      const matches = [
        ...plain,
        ...inner.scan({ ...range, start: mark }, [...earlier, ...plain], movedBytes),
      ];
      recent = range.limit === range.end ? [] : [...earlier, ...matches];
      return matches;
    },
  };
}

/** What encoded text holds. */
interface Inner {
  /** Allows so many decoded bytes more, or for a new input, so many. */
  allow(bytes: number, isFirst: boolean): void;
  decodedBytes(): number;
  isOverspent(): boolean;
  isDamaged(): boolean;
  /** @param range from the first mark on; empty where there is none */
  scan(range: Range, known: readonly Match[], movedBytes: number): Match[];
}

function createInner(rules: RuleTable, options: ScannerOptions, outer: Scanner): Inner {
  const budget: Budget = { leftBytes: 0, isOverspent: false, isDamaged: false };
  let allowedBytes = 0;
  let decoder: Decoder | undefined;
  // Most runs decode nothing: the second kernel is made when it is needed.
  const open = (): Decoder =>
    (decoder ??= createDecoder(
      rules,
      createScanner(rules, { ...options, counters: outer.counters, capacityBytes: SCRATCH_BYTES }),
    ));
  return {
    allow: (bytes, isFirst) => {
      if (isFirst) {
        allowedBytes = budget.leftBytes = MIN_DECODED_BYTES;
        budget.isOverspent = budget.isDamaged = false;
        decoder?.reset();
      }
      allowedBytes += bytes;
      budget.leftBytes += bytes;
    },
    decodedBytes: () => allowedBytes - budget.leftBytes,
    isOverspent: () => budget.isOverspent,
    isDamaged: () => budget.isDamaged,
    scan: (range, known, movedBytes) => {
      if (range.start >= range.limit && decoder?.isOpen !== true) return [];
      const text = { scanner: outer, range, floor: 0, isLast: range.limit === range.end };
      const found = open()
        .scan(text, budget, movedBytes)
        .map((match) => asWritten(match, outer.buffer));
      return keepNew(found, known);
    },
  };
}

/** Scans whole texts, each of which may be a version of the one before it. */
function createVersionScan(outer: PlainScanner, inner: Inner): (range: Range) => Match[] {
  const memory = createVersionMemory();
  return (range) => {
    const text = outer.buffer.subarray(0, range.end);
    const isCode = range.isCode === true;
    const change = memory.compare(text, isCode);
    const { matches, hits } = outer.scanVersion(range, change);
    const mark = findFirstMark(outer.marks, range, change);
    memory.keep(text, isCode, { hits, isMarked: mark < range.limit });
    return [...matches, ...inner.scan({ ...range, start: mark }, matches, Infinity)];
  };
}

/** A secret that stands in the text as it is was not decoded, even if what surrounds it was. */
function asWritten(match: Match, bytes: Uint8Array): Match {
  const { secretSpan, secret } = match;
  if (secretSpan.end - secretSpan.start !== secret.length) return match;
  const { buffer, byteOffset } = bytes;
  const written = Buffer.from(buffer, byteOffset + secretSpan.start, secret.length).toString('latin1');
  return written === secret ? { ...match, decodedBy: [] } : match;
}

/** Leaves out what the same rule has found at the same place, with less decoding or before. */
function keepNew(found: Match[], known: readonly Match[]): Match[] {
  if (found.length === 0) return found;
  const claims = createClaims();
  known.forEach(claims.add);
  const shortestFirst = found.sort(
    (a, b) => a.decodedBy.length - b.decodedBy.length || a.span.start - b.span.start,
  );
  return shortestFirst.filter((match) => {
    if (claims.has(match)) return false;
    claims.add(match);
    return true;
  });
}

interface Claims {
  add(match: Match): void;
  /** Has the same rule this match, or another reading of it? */
  has(match: Match): boolean;
}

const BLOCK_BYTES = 256;

/** Matches by rule and by the blocks of text that they touch, so that a dense text costs no more for each match. */
function createClaims(): Claims {
  const byBlock = new Map<string, Match[]>();
  return {
    add: (match) => {
      for (const key of keysOf(match)) {
        const others = byBlock.get(key);
        if (others) others.push(match);
        else byBlock.set(key, [match]);
      }
    },
    has: (match) =>
      keysOf(match).some((key) => byBlock.get(key)?.some((other) => isSame(other, match)) === true),
  };
}

function keysOf({ ruleId, secretSpan }: Match): string[] {
  const first = Math.floor(secretSpan.start / BLOCK_BYTES);
  const count = Math.floor(secretSpan.end / BLOCK_BYTES) - first + 1;
  return Array.from({ length: count }, (_, index) => `${ruleId} ${first + index}`);
}

/** Neighbours in encoded text may share the characters that hold the end of one and the beginning of the other. */
function isSame({ secretSpan: a, secret }: Match, { secretSpan: b, secret: other }: Match): boolean {
  const common = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  if (common <= 0) return false;
  return secret === other || common * 2 > Math.min(a.end - a.start, b.end - b.start);
}

function moveMatches(matches: readonly Match[], by: number): Match[] {
  const kept = matches.filter((match) => match.secretSpan.end > by);
  return kept.map((match) => ({
    ...match,
    span: { start: match.span.start - by, end: match.span.end - by },
    secretSpan: { start: match.secretSpan.start - by, end: match.secretSpan.end - by },
  }));
}
