// Bytes with parts of them blanked: places and line ends stay, so that what is left stands where people see it.
import type { Span } from '../model/match.ts';
import type { ReadBytes } from './read-text.ts';

const SPACE = 0x20;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** @param spans in any order; they may overlap */
export function blank(read: ReadBytes, spans: readonly Span[]): ReadBytes {
  const merged = merge(spans);
  let at = 0;
  let next = 0;
  return (target) => {
    const count = read(target);
    const end = at + count;
    for (; next < merged.length && merged[next]!.start < end; next++) {
      const span = merged[next]!;
      blankPart(target.subarray(Math.max(span.start, at) - at, Math.min(span.end, end) - at));
      if (span.end > end) break;
    }
    at = end;
    return count;
  };
}

function blankPart(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== LINE_FEED && bytes[at] !== CARRIAGE_RETURN) bytes[at] = SPACE;
  }
}

/** In order, and none touches another. */
export function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    } else merged.push(span);
  }
  return merged;
}
