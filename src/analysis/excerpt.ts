// The lines that a finding stands on, with every secret in them redacted.
import type { ExcerptLine } from '../model/finding.ts';
import type { Span } from '../model/match.ts';

/** Lines shown of a finding that spans several. */
const MAX_LINES = 3;
/** Bytes shown on either side of the secret. */
const MAX_SIDE_BYTES = 120;

/** A range of the text and what is shown instead. */
export interface Redaction extends Span {
  readonly shown: string;
  /** The secret as text: wherever else it stands in the excerpt, it is hidden as well. */
  readonly value: string;
}

export interface ExcerptRequest {
  readonly bytes: Uint8Array;
  /** The finding's own secret. */
  readonly own: Redaction;
  /** Every secret known in the text, the own one included, in order of their beginnings. */
  readonly redactions: readonly Redaction[];
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
    return index === 0 ? { ...line, mark: { start: pieces.markStart, end: pieces.markEnd } } : line;
  });
}

interface Redacted {
  readonly text: string;
  readonly markStart: number;
  readonly markEnd: number;
}

function redactRange({ bytes, own, redactions }: ExcerptRequest, range: Span): Redacted {
  let text = '';
  let at = range.start;
  let markStart = 0;
  let markEnd = 0;
  for (const redaction of redactions) {
    if (redaction.end <= at || redaction.start >= range.end) continue;
    // Where secrets overlap, the first one's text already hides the rest.
    if (redaction.start >= at || at === range.start) {
      text += hide(decode(bytes, at, Math.max(at, redaction.start)), redactions);
      if (redaction.start === own.start) markStart = text.length;
      text += redaction.shown;
      if (redaction.start === own.start) markEnd = text.length;
    }
    at = Math.max(at, redaction.end);
  }
  text += hide(decode(bytes, at, Math.max(at, range.end)), redactions);
  return { text, markStart, markEnd };
}

/** Shorter secrets would hide half of the words beside them. */
const MIN_HIDDEN_LENGTH = 6;

function hide(text: string, redactions: readonly Redaction[]): string {
  let hidden = text;
  for (const { value, shown } of redactions) {
    if (value.length >= MIN_HIDDEN_LENGTH && value !== shown) hidden = hidden.replaceAll(value, shown);
  }
  return hidden;
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
  return at;
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
