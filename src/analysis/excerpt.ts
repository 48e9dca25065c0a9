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
    return index === 0 ? { mark: { start: pieces.markStart, end: pieces.markEnd }, ...line } : line;
  });
}

/** Secrets of a text by where they begin and by how: a text full of them must not be searched for each of them. */
export interface KnownSecrets {
  /** In order of their beginnings. */
  readonly sorted: readonly Redaction[];
  /** The longest of `sorted`, in bytes. */
  readonly maxBytes: number;
  /** By their first `MIN_HIDDEN_LENGTH` characters, the longest first. */
  readonly byHead: ReadonlyMap<string, readonly Redaction[]>;
}

/** Shorter secrets would hide half of the words beside them. */
const MIN_HIDDEN_LENGTH = 6;

export function createKnownSecrets(redactions: readonly Redaction[]): KnownSecrets {
  const byHead = new Map<string, Redaction[]>();
  let maxBytes = 0;
  for (const redaction of redactions) {
    maxBytes = Math.max(maxBytes, redaction.end - redaction.start);
    if (redaction.value.length < MIN_HIDDEN_LENGTH || redaction.value === redaction.shown) continue;
    const head = redaction.value.slice(0, MIN_HIDDEN_LENGTH);
    const list = byHead.get(head);
    if (!list) byHead.set(head, [redaction]);
    // One secret may stand in many places; its value is compared once.
    else if (!list.some(({ value }) => value === redaction.value)) list.push(redaction);
  }
  for (const list of byHead.values()) list.sort((a, b) => b.value.length - a.value.length);
  return { sorted: [...redactions].sort(compareBeginnings), maxBytes, byHead };
}

function compareBeginnings(a: Redaction, b: Redaction): number {
  return a.start - b.start || b.end - a.end;
}

/** The own secret and the known ones that reach into the range, in order of their beginnings. */
function listWithin({ own, known }: ExcerptRequest, range: Span): Redaction[] {
  const { sorted, maxBytes } = known;
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.start < range.start - maxBytes) low = middle + 1;
    else high = middle;
  }
  const within = [own];
  for (let at = low; at < sorted.length && sorted[at]!.start < range.end; at++) {
    const each = sorted[at]!;
    if (each.start !== own.start || each.end !== own.end) within.push(each);
  }
  return within.sort(compareBeginnings);
}

interface Redacted {
  readonly text: string;
  readonly markStart: number;
  readonly markEnd: number;
}

function redactRange(request: ExcerptRequest, range: Span): Redacted {
  const { bytes, own } = request;
  let text = '';
  let at = range.start;
  let markStart = 0;
  let markEnd = 0;
  for (const redaction of listWithin(request, range)) {
    if (redaction.end <= at || redaction.start >= range.end) continue;
    // Where secrets overlap, the first one's text already hides the rest.
    if (redaction.start >= at || at === range.start) {
      text += hide(decode(bytes, at, Math.max(at, redaction.start)), request);
      if (redaction.start === own.start) markStart = text.length;
      text += redaction.shown;
      if (redaction.start === own.start) markEnd = text.length;
    }
    at = Math.max(at, redaction.end);
  }
  text += hide(decode(bytes, at, Math.max(at, range.end)), request);
  return { text, markStart, markEnd };
}

function hide(text: string, { own, known }: ExcerptRequest): string {
  const isOwnHidden = own.value.length >= MIN_HIDDEN_LENGTH && own.value !== own.shown;
  let hidden = '';
  let done = 0;
  for (let at = 0; at + MIN_HIDDEN_LENGTH <= text.length; at++) {
    const list = known.byHead.get(text.slice(at, at + MIN_HIDDEN_LENGTH));
    const found =
      list?.find(({ value }) => text.startsWith(value, at)) ??
      (isOwnHidden && text.startsWith(own.value, at) ? own : undefined);
    if (!found) continue;
    hidden += text.slice(done, at) + found.shown;
    done = at + found.value.length;
    at = done - 1;
  }
  return hidden + text.slice(done);
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
