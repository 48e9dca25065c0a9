// The atoms of a keyword: sequences of four bytes, one of which stands at an even address wherever the keyword stands.
// So the kernel looks at every second window only. Which atoms are rare in source text was measured: the fewer windows
// pass for them, the faster the filter.
import type { ValueRun } from '../model/rule.ts';
import { COMMON_GRAMS } from './common-grams.ts';
import { kindsOf } from './neighbours.ts';

const ATOM_BYTES = 4;
/** A bit that folding sets: upper case becomes lower case, `_` becomes DEL. */
export const FOLD = 0x20;

/** Four folded bytes, and where they begin in the keyword: -1 for the byte before it. */
export interface Atom {
  readonly bytes: Uint8Array;
  readonly offset: number;
  /** What may stand before the four bytes, and behind them: sets of kinds (`neighbours.ts`). */
  readonly before: number;
  readonly behind: number;
}

type Placed = Pick<Atom, 'bytes' | 'offset'>;

export interface KeywordShape {
  /** At least three characters, in lower case. */
  readonly text: string;
  readonly assigned: boolean;
  readonly literal: boolean;
  readonly valueRun?: ValueRun;
  /** The bytes that can stand before it, and behind it, as latin1 text, where that is known. */
  readonly before?: string;
  readonly after?: string;
}

/** Keywords of five bytes and more have two atoms; shorter ones one for each byte that may stand beside them. */
export function listAtoms(keyword: KeywordShape): Atom[] {
  const after = bytesAfter(keyword);
  const textAt = (at: number): string | undefined => {
    if (at === -1) return keyword.before;
    return at === keyword.text.length ? after : keyword.text[at];
  };
  return placeAtoms(keyword, after).map((placed) => ({
    ...placed,
    before: kindsOf(textAt(placed.offset - 1)),
    behind: kindsOf(textAt(placed.offset + ATOM_BYTES)),
  }));
}

function placeAtoms({ text, before }: KeywordShape, after: string | undefined): Placed[] {
  const bytes = foldBytes(text);
  if (bytes.length > ATOM_BYTES) return [0, 1].map((parity) => atomAt(bytes, findRarest(text, parity)));
  const [first, last] = [foldSet(before), foldSet(after)];
  const preceded = first.map((byte) => ({
    bytes: Uint8Array.of(byte, ...bytes.subarray(0, ATOM_BYTES - 1)),
    offset: -1,
  }));
  const followed = (offset: number): Placed[] =>
    last.map((byte) => ({ bytes: Uint8Array.of(...bytes.subarray(offset), byte), offset }));
  if (bytes.length < ATOM_BYTES) return [...followed(0), ...preceded];
  return [atomAt(bytes, 0), ...(last.length <= first.length ? followed(1) : preceded)];
}

function atomAt(bytes: Uint8Array, offset: number): Placed {
  return { bytes: bytes.subarray(offset, offset + ATOM_BYTES), offset };
}

export function foldBytes(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'), (byte) => byte | FOLD);
}

/** Every byte, folded. */
const ANY_BYTE: readonly number[] = Array.from({ length: 256 }, (_, byte) => byte).filter(
  (byte) => byte & FOLD,
);

function foldSet(text: string | undefined): readonly number[] {
  return text === undefined ? ANY_BYTE : [...new Set(foldBytes(text))];
}

const ALNUM = 'abcdefghijklmnopqrstuvwxyz0123456789';
const AFTER: Readonly<Record<ValueRun['alphabet'], string>> = {
  hex: '0123456789abcdef',
  alnum: ALNUM,
  token: `${ALNUM}+/=_.~-`,
};
/** What may follow a name, or what is part of it, when a value is assigned to it. */
const AFTER_ASSIGNED = `${ALNUM}_-. \t\r\n"'\`])\\=:>(,?|<!~+[{`;

/** The bytes that can stand behind a keyword, as latin1 text, where that is known. */
export function bytesAfter({ text, assigned, valueRun, after }: KeywordShape): string | undefined {
  if (after !== undefined) return after;
  if (valueRun?.holdsKeyword && valueRun.min > text.length) return AFTER[valueRun.alphabet];
  return assigned ? AFTER_ASSIGNED : undefined;
}

// Among sequences that are all rare, letters that are rare by themselves decide: rough, but `xoxb` beats `tion`.
const SURPRISE: ReadonlyMap<string, number> = new Map(
  [...'etaonisrlcdpumfgybhvkxwjqz'].map((letter, rank) => [letter, 3 + rank * 0.22]),
);
const SURPRISE_OF_OTHER = 6;
/** Occurrences per megabyte that a bit of surprise is worth. */
const SURPRISE_WEIGHT = 0.25;
/** Of the windows that hold an atom, about this share has the neighbour on one side that is expected. */
const SHARE_OF_NEIGHBOUR = 0.2;

/** Occurrences per megabyte of the sequences that are common. */
let counts: ReadonlyMap<string, number> | undefined;

/** Of the atoms at even or at odd offsets, that of the rarest: one of either stands at an even address. */
function findRarest(keyword: string, parity: number): number {
  let best = parity;
  let bestCost = Infinity;
  for (let offset = parity; offset + ATOM_BYTES <= keyword.length; offset += 2) {
    const cost = costOf(keyword, offset);
    if (cost < bestCost) [best, bestCost] = [offset, cost];
  }
  return best;
}

/** About how often, in a megabyte of source text, an atom occurs with its neighbours as far as they are known. */
function costOf(keyword: string, offset: number): number {
  counts ??= readCounts();
  const gram = keyword.slice(offset, offset + ATOM_BYTES);
  let surprise = 0;
  for (const character of gram) surprise += SURPRISE.get(character) ?? SURPRISE_OF_OTHER;
  const neighbours = (offset > 0 ? 1 : 0) + (offset + ATOM_BYTES < keyword.length ? 1 : 0);
  const occurrences = counts.get(gram) ?? 0;
  return occurrences * SHARE_OF_NEIGHBOUR ** neighbours - surprise * SURPRISE_WEIGHT;
}

function readCounts(): Map<string, number> {
  const read = new Map<string, number>();
  for (const [level, grams] of COMMON_GRAMS) {
    for (let at = 0; at < grams.length; at += ATOM_BYTES) {
      read.set(grams.slice(at, at + ATOM_BYTES), 2 ** level);
    }
  }
  return read;
}
