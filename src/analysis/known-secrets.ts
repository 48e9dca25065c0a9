// Every secret of a text that is known, and a way to hide them wherever they stand.
import type { Span } from '../model/match.ts';

/** A range of the text and what is shown instead. */
export interface Redaction extends Span {
  readonly shown: string;
  /** The secret as text: wherever else it stands in what is shown, it is hidden as well. */
  readonly value: string;
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
    if (!isHidden(redaction)) continue;
    const head = redaction.value.slice(0, MIN_HIDDEN_LENGTH);
    const list = byHead.get(head);
    if (!list) byHead.set(head, [redaction]);
    // One secret may stand in many places; its value is compared once.
    else if (!list.some(({ value }) => value === redaction.value)) list.push(redaction);
  }
  for (const list of byHead.values()) list.sort((a, b) => b.value.length - a.value.length);
  return { sorted: [...redactions].sort(compareBeginnings), maxBytes, byHead };
}

export function compareBeginnings(a: Redaction, b: Redaction): number {
  return a.start - b.start || b.end - a.end;
}

function isHidden({ value, shown }: Redaction): boolean {
  return value.length >= MIN_HIDDEN_LENGTH && value !== shown;
}

/**
 * The text with every known secret in it redacted.
 * @param own one secret more, which need not be known
 */
export function hideSecrets(text: string, { byHead }: KnownSecrets, own?: Redaction): string {
  const more = own && isHidden(own) ? own : undefined;
  if (byHead.size === 0 && !more) return text;
  let hidden = '';
  let done = 0;
  for (let at = 0; at + MIN_HIDDEN_LENGTH <= text.length; at++) {
    const list = byHead.get(text.slice(at, at + MIN_HIDDEN_LENGTH));
    const found =
      list?.find(({ value }) => text.startsWith(value, at)) ??
      (more && text.startsWith(more.value, at) ? more : undefined);
    if (!found) continue;
    hidden += text.slice(done, at) + found.shown;
    done = at + found.value.length;
    at = done - 1;
  }
  return hidden + text.slice(done);
}
