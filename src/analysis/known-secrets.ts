// Every secret of a text that is known, and a way to hide them wherever they stand.
import type { Span } from '../model/match.ts';
import { findFirst } from './find-first.ts';

/** A text and what is shown instead, wherever it stands. */
type Hidden = Pick<Redaction, 'value' | 'shown'>;

/** A range of the text and what is shown instead. */
export interface Redaction extends Span {
  readonly shown: string;
  /** The secret as text: wherever else it stands in what is shown, it is hidden as well. */
  readonly value: string;
  /** What else is hidden wherever it stands: the secret, or more of it, in other spellings. */
  readonly spellings: readonly string[];
}

/** Secrets of a text by where they begin and by how: a text full of them must not be searched for each of them. */
export interface KnownSecrets {
  /** In order of their beginnings. */
  readonly sorted: readonly Redaction[];
  /** For each of `sorted`, the furthest end of it and all before it. */
  readonly ends: readonly number[];
  /** By their first `MIN_HIDDEN_LENGTH` characters. */
  readonly byHead: ReadonlyMap<string, Alike>;
  /** Their last `MIN_HIDDEN_LENGTH` characters. */
  readonly tails: ReadonlySet<string>;
  /** In order of their characters, and in order of these read backwards: for what is cut through. */
  readonly forwards: readonly Hidden[];
  readonly backwards: readonly Hidden[];
}

/** Secrets with one beginning; tokens of one provider may all have the same. */
interface Alike {
  /** How long they are, the longest first. */
  readonly lengths: number[];
  readonly byValue: Map<string, Hidden>;
}

/** Shorter secrets would hide half of the words beside them. */
const MIN_HIDDEN_LENGTH = 6;

export function createKnownSecrets(redactions: readonly Redaction[]): KnownSecrets {
  const byHead = new Map<string, Alike>();
  for (const { value, shown, spellings } of redactions) {
    for (const text of [value, ...spellings]) addHidden(byHead, { value: text, shown });
  }
  for (const { lengths } of byHead.values()) lengths.sort((x, y) => y - x);
  const hidden = [...byHead.values()].flatMap(({ byValue }) => [...byValue.values()]);
  const reversed = hidden.map(({ value, shown }) => ({ value: reverse(value), shown }));
  const sorted = [...redactions].sort(compareBeginnings).filter(isOther);
  let end = 0;
  return {
    sorted,
    ends: sorted.map((redaction) => (end = Math.max(end, redaction.end))),
    byHead,
    tails: new Set(hidden.map(({ value }) => tailOf(value))),
    forwards: hidden.sort(compareValues),
    backwards: reversed.sort(compareValues),
  };
}

/** One secret may stand in many places; its value is kept once. */
function addHidden(byHead: Map<string, Alike>, hidden: Hidden): void {
  if (!isHidden(hidden)) return;
  const { value } = hidden;
  const alike = byHead.get(headOf(value)) ?? { lengths: [], byValue: new Map<string, Hidden>() };
  byHead.set(headOf(value), alike);
  if (!alike.byValue.has(value)) alike.byValue.set(value, hidden);
  if (!alike.lengths.includes(value.length)) alike.lengths.push(value.length);
}

function compareValues(a: Hidden, b: Hidden): number {
  return a.value < b.value ? -1 : 1;
}

function reverse(text: string): string {
  let reversed = '';
  for (let at = text.length - 1; at >= 0; at--) reversed += text[at]!;
  return reversed;
}

function headOf(value: string): string {
  return value.slice(0, MIN_HIDDEN_LENGTH);
}

function tailOf(value: string): string {
  return value.slice(-MIN_HIDDEN_LENGTH);
}

export function compareBeginnings(a: Redaction, b: Redaction): number {
  return a.start - b.start || b.end - a.end;
}

/** Several secrets of one encoded run are one range. */
function isOther({ start, end }: Redaction, index: number, sorted: readonly Redaction[]): boolean {
  const before = sorted[index - 1];
  return !before || before.start !== start || before.end !== end;
}

function isHidden({ value, shown }: Hidden): boolean {
  return value.length >= MIN_HIDDEN_LENGTH && value !== shown;
}

export interface Surroundings {
  /** One secret more, which need not be known. */
  readonly own?: Redaction;
  /** Whether the text begins, or ends, where more may have stood: a part of a secret there is hidden as well. */
  readonly isCutBefore?: boolean;
  readonly isCutBehind?: boolean;
}

/** The text with every known secret in it redacted. */
export function hideSecrets(text: string, known: KnownSecrets, around: Surroundings = {}): string {
  const own = around.own && isHidden(around.own) ? around.own : undefined;
  if (known.byHead.size === 0 && !own) return text;
  const search: Search = { text, known, own, isCutBehind: around.isCutBehind === true };
  const rest = around.isCutBefore === true ? findRest(search) : undefined;
  let hidden = rest ? rest.shown : '';
  let done = rest ? rest.length : 0;
  for (let at = done; at + MIN_HIDDEN_LENGTH <= text.length; at++) {
    const found = findAt(search, at);
    if (!found) continue;
    hidden += text.slice(done, at) + found.shown;
    done = Math.min(text.length, at + found.value.length);
    at = done - 1;
  }
  return hidden + text.slice(done);
}

interface Search {
  readonly text: string;
  readonly known: KnownSecrets;
  readonly own: Redaction | undefined;
  readonly isCutBehind: boolean;
}

/** The longest secret that begins at an offset. */
function findAt({ text, known, own, isCutBehind }: Search, at: number): Hidden | undefined {
  const alike = known.byHead.get(text.slice(at, at + MIN_HIDDEN_LENGTH));
  const found =
    (alike && findLongest(alike, text, at)) ?? (own && text.startsWith(own.value, at) ? own : undefined);
  if (found || !isCutBehind) return found;
  const rest = text.slice(at);
  return (alike && findBeginning(known.forwards, rest)) ?? (own?.value.startsWith(rest) ? own : undefined);
}

function findLongest({ lengths, byValue }: Alike, text: string, at: number): Hidden | undefined {
  for (const length of lengths) {
    const found = byValue.get(text.slice(at, at + length));
    if (found) return found;
  }
  return undefined;
}

/** One that begins with the text. */
function findBeginning(sorted: readonly Hidden[], text: string): Hidden | undefined {
  const found = sorted[findFirst(sorted, ({ value }) => value >= text)];
  return found?.value.startsWith(text) ? found : undefined;
}

/** The longest beginning of the text that is the end of a secret. */
function findRest({ text, known, own }: Search): { shown: string; length: number } | undefined {
  for (let length = text.length; length >= MIN_HIDDEN_LENGTH; length--) {
    const start = text.slice(0, length);
    const found =
      (known.tails.has(tailOf(start)) && findBeginning(known.backwards, reverse(start))) ||
      (own?.value.endsWith(start) ? own : undefined);
    if (found) return { shown: found.shown, length };
  }
  return undefined;
}
