// A scanner that also looks into encoded text: what its kernel marks is decoded and scanned by the same rules.
import type { Match } from '../../model/match.ts';
import type { RuleTable } from '../../model/packed-rules.ts';
import type { Range } from '../kernel.ts';
import type { Scanner, ScannerOptions } from '../scanner.ts';
import { createScanner } from '../scanner.ts';
import type { Budget, Decoder } from './decoder.ts';
import { createDecoder } from './decoder.ts';

/** Room for decoded text of all levels. */
const SCRATCH_BYTES = 512 * 1024;

/** Decoded bytes for each byte of an input, all levels and codecs together. */
export const MAX_DECODED_SHARE = 4;

/** Encoded bytes that one decoded byte may take, for escapes such as `\u0061`. */
const MAX_EXPANSION = 6;

export interface DecodingScanner extends Scanner {
  /** Bytes decoded for the input that was scanned last, all its chunks together. */
  readonly decodedBytes: number;
}

export function createDecodingScanner(rules: RuleTable, options: ScannerOptions): DecodingScanner {
  const outer = createScanner(rules, options);
  const overlapBytes = (outer.afterBytes + outer.beforeBytes) * MAX_EXPANSION;
  const budget: Budget = { leftBytes: 0 };
  let decoder: Decoder | undefined;
  let allowedBytes = 0;
  let recent: Match[] = [];
  const decode = (range: Range, known: readonly Match[]): Match[] => {
    const start = outer.marks.nextMark(range);
    if (start >= range.limit) return [];
    // Most runs decode nothing: the second kernel is made when it is needed.
    decoder ??= createDecoder(
      rules,
      createScanner(rules, { ...options, counters: outer.counters, capacityBytes: SCRATCH_BYTES }),
    );
    const isLast = range.limit === range.end;
    const text = { scanner: outer, range: { ...range, start }, floor: 0, isLast };
    const found = decoder.scan(text, budget).map((match) => asWritten(match, outer.buffer));
    return keepNew(found, known);
  };
  return {
    ...outer,
    get decodedBytes() {
      return allowedBytes - budget.leftBytes;
    },
    scan: (range, movedBytes = Infinity) => {
      const isFirst = movedBytes === Infinity;
      if (isFirst) allowedBytes = budget.leftBytes = 0;
      allowedBytes += (range.limit - range.start) * MAX_DECODED_SHARE;
      budget.leftBytes += (range.limit - range.start) * MAX_DECODED_SHARE;
      const plain = outer.scan(range, movedBytes);
      const earlier = isFirst ? [] : moveMatches(recent, movedBytes);
      const start = isFirst ? range.start : Math.max(0, range.start - overlapBytes);
      const matches = [...plain, ...decode({ ...range, start }, [...earlier, ...plain])];
      recent = range.limit === range.end ? [] : [...earlier, ...matches];
      return matches;
    },
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

/** Leaves out what the same rule has found at the same place with less decoding. */
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
  /** Has the same rule a match that shares bytes with this one? */
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
      keysOf(match).some((key) => byBlock.get(key)?.some((other) => hasCommonBytes(other, match)) === true),
  };
}

function keysOf({ ruleId, secretSpan }: Match): string[] {
  const first = Math.floor(secretSpan.start / BLOCK_BYTES);
  const count = Math.floor(secretSpan.end / BLOCK_BYTES) - first + 1;
  return Array.from({ length: count }, (_, index) => `${ruleId} ${first + index}`);
}

function hasCommonBytes(a: Match, b: Match): boolean {
  return a.secretSpan.start < b.secretSpan.end && b.secretSpan.start < a.secretSpan.end;
}

function moveMatches(matches: readonly Match[], by: number): Match[] {
  const kept = matches.filter((match) => match.secretSpan.end > by);
  return kept.map((match) => ({
    ...match,
    span: { start: match.span.start - by, end: match.span.end - by },
    secretSpan: { start: match.secretSpan.start - by, end: match.secretSpan.end - by },
  }));
}
