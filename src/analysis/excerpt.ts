// The lines that a finding stands on, with every secret in them redacted.
import type { ExcerptLine } from '../model/finding.ts';
import type { Span } from '../model/match.ts';
import { findFirst } from './find-first.ts';
import type { KnownSecrets, Redaction } from './known-secrets.ts';
import { compareBeginnings, hideSecrets } from './known-secrets.ts';

/** Lines shown of a finding that spans several. */
const MAX_LINES = 3;
/** Bytes shown on either side of the secret. */
const MAX_SIDE_BYTES = 120;

export interface ExcerptRequest {
  readonly bytes: Uint8Array;
  /** The finding's own secret. */
  readonly own: Redaction;
  /** Every other secret known in the text; it may hold the own one, too. */
  readonly known: KnownSecrets;
  /** 1-based line on which the own secret begins. */
  readonly startLine: number;
}

/** A secret of several lines is shown as its first line. */
export function createExcerpt(request: ExcerptRequest): ExcerptLine[] {
  const { bytes, own } = request;
  const from = findStart(bytes, own.start);
  const to = findEnd(bytes, own.end);
  const pieces = redactRange(request, { start: from, end: to });
  const lines = pieces.text.split(/\r\n|\r|\n/, MAX_LINES);
  return lines.map((text, index) => {
    const line = { line: request.startLine + index, text };
    return index === 0 ? { mark: pieces.mark, ...line } : line;
  });
}

/** The own secret and the known ones that reach into the range, in order of their beginnings. */
function listWithin({ own, known }: ExcerptRequest, range: Span): Redaction[] {
  const { sorted, ends } = known;
  const low = findFirst(ends, (end) => end > range.start);
  const within = [own];
  for (let at = low; at < sorted.length && sorted[at]!.start < range.end; at++) {
    const each = sorted[at]!;
    if (each.start !== own.start || each.end !== own.end) within.push(each);
  }
  return within.sort(compareBeginnings);
}

interface Redacted {
  readonly text: string;
  readonly mark: { readonly start: number; readonly end: number };
}

function redactRange(request: ExcerptRequest, range: Span): Redacted {
  const { own } = request;
  let text = '';
  let at = range.start;
  let mark = { start: 0, end: 0 };
  for (const redaction of listWithin(request, range)) {
    if (redaction.end <= at || redaction.start >= range.end) continue;
    // Where secrets overlap, the first one's text already hides the rest.
    if (redaction.start >= at || at === range.start) {
      text += showBetween(request, range, { start: at, end: Math.max(at, redaction.start) });
      const start = text.length;
      text += redaction.shown;
      if (redaction.start <= own.start && own.start < redaction.end) mark = { start, end: text.length };
    }
    at = Math.max(at, redaction.end);
  }
  text += showBetween(request, range, { start: at, end: Math.max(at, range.end) });
  return { text, mark };
}

/** What stands between two redactions: a copy of a secret may reach into them, or over the end of what is shown. */
function showBetween({ bytes, own, known }: ExcerptRequest, range: Span, piece: Span): string {
  const { start, end } = piece;
  return hideSecrets(decode(bytes, start, end), known, {
    own,
    isCutBefore: start > range.start || (start > 0 && !isLineEnd(bytes[start - 1]!)),
    isCutBehind: end < range.end || (end < bytes.length && !isLineEnd(bytes[end]!)),
  });
}

function decode(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8');
}

function findStart(bytes: Uint8Array, offset: number): number {
  const floor = Math.max(0, offset - MAX_SIDE_BYTES);
  let at = offset;
  while (at > floor && !isLineEnd(bytes[at - 1]!)) at--;
  return alignForward(bytes, at);
}

function findEnd(bytes: Uint8Array, offset: number): number {
  const ceiling = Math.min(bytes.length, offset + MAX_SIDE_BYTES);
  let at = offset;
  while (at < ceiling && !isLineEnd(bytes[at]!)) at++;
  return alignBackward(bytes, at, offset);
}

function isLineEnd(byte: number): boolean {
  return byte === 0x0a || byte === 0x0d;
}

/** Does not begin in the middle of a UTF-8 character. */
function alignForward(bytes: Uint8Array, offset: number): number {
  let at = offset;
  while (at < offset + 3 && (bytes[at]! & 0xc0) === 0x80) at++;
  return at;
}

/** Does not end in the middle of one. */
function alignBackward(bytes: Uint8Array, offset: number, floor: number): number {
  let at = offset;
  while (at > floor && at > offset - 3 && at < bytes.length && (bytes[at]! & 0xc0) === 0x80) at--;
  return at;
}
