// Every secret of a text that is known, and a way to hide them wherever they stand.
import type { Span } from '../model/match.ts';

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
  /** By their first `MIN_HIDDEN_LENGTH` characters, the longest first. */
  readonly byHead: ReadonlyMap<string, readonly Hidden[]>;
  /** By their last `MIN_HIDDEN_LENGTH` characters. */
  readonly byTail: ReadonlyMap<string, readonly Hidden[]>;
}

/** Shorter secrets would hide half of the words beside them. */
const MIN_HIDDEN_LENGTH = 6;

export function createKnownSecrets(redactions: readonly Redaction[]): KnownSecrets {
  const byHead = new Map<string, Hidden[]>();
  const byTail = new Map<string, Hidden[]>();
  for (const redaction of redactions) {
    for (const value of [redaction.value, ...redaction.spellings]) {
      const { shown } = redaction;
      // One secret may stand in many places; its value is compared once.
      if (!isHidden({ value, shown }) || byHead.get(headOf(value))?.some((other) => other.value === value))
        continue;
      add(byHead, headOf(value), { value, shown });
      add(byTail, tailOf(value), { value, shown });
    }
  }
  for (const list of byHead.values()) list.sort((a, b) => b.value.length - a.value.length);
  const sorted = [...redactions].sort(compareBeginnings).filter(isOther);
  let end = 0;
  const ends = sorted.map((redaction) => (end = Math.max(end, redaction.end)));
  return { sorted, ends, byHead, byTail };
}

function add(lists: Map<string, Hidden[]>, key: string, hidden: Hidden): void {
  const list = lists.get(key);
  if (list) list.push(hidden);
  else lists.set(key, [hidden]);
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

const NONE: readonly Hidden[] = [];

/** The longest secret that begins at an offset. */
function findAt({ text, known, own, isCutBehind }: Search, at: number): Hidden | undefined {
  const isHere = ({ value }: Hidden): boolean =>
    text.startsWith(value, at) || (isCutBehind && value.startsWith(text.slice(at)));
  const list = known.byHead.get(text.slice(at, at + MIN_HIDDEN_LENGTH)) ?? NONE;
  return list.find(isHere) ?? (own && isHere(own) ? own : undefined);
}

/** The longest beginning of the text that is the end of a secret. */
function findRest({ text, known, own }: Search): { shown: string; length: number } | undefined {
  for (let length = text.length; length >= MIN_HIDDEN_LENGTH; length--) {
    const endsHere = ({ value }: Hidden): boolean =>
      value.length >= length && value.endsWith(text.slice(0, length));
    const list = known.byTail.get(text.slice(length - MIN_HIDDEN_LENGTH, length)) ?? NONE;
    const found = list.find(endsHere) ?? (own && endsHere(own) ? own : undefined);
    if (found) return { shown: found.shown, length };
  }
  return undefined;
}
