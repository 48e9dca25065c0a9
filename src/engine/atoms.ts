// The atoms of a keyword: sequences of four bytes, one of which stands at an even address wherever the keyword stands.
// So the kernel looks at every second window only. Which atoms are rare in source text was measured: the fewer windows
// pass for them, the faster the filter.
import type { ValueRun } from '../model/rule.ts';
import { COMMON_GRAMS } from './common-grams.ts';

export const ATOM_BYTES = 4;
/** A bit that folding sets: upper case becomes lower case, `_` becomes DEL. */
export const FOLD = 0x20;

/** Four folded bytes, and where they begin in the keyword: -1 for the byte before it. */
export interface Atom {
  readonly bytes: Uint8Array;
  readonly offset: number;
  /** Of the byte before and of the byte behind, which values of its three low bits are possible: one bit for each. */
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
  /** The bytes that can follow, as latin1 text, where that is known. */
  readonly after?: string;
}

/** Keywords of five bytes and more have two atoms; shorter ones one for each byte that may stand beside them. */
export function listAtoms(keyword: KeywordShape): Atom[] {
  const bytes = foldBytes(keyword.text);
  const after = bytesAfter(keyword);
  return placeAtoms(keyword.text, bytes, after).map(({ bytes: atom, offset }) => ({
    bytes: atom,
    offset,
    before: offset > 0 ? maskOf([bytes[offset - 1]!]) : ANY_MASK,
    behind: maskBehind(bytes, offset + ATOM_BYTES, after),
  }));
}

function placeAtoms(text: string, bytes: Uint8Array, after: readonly number[] | undefined): Placed[] {
  if (bytes.length > ATOM_BYTES) return [0, 1].map((parity) => atomAt(bytes, findRarest(text, parity)));
  if (bytes.length === ATOM_BYTES)
    return [
      atomAt(bytes, 0),
      ...(after && after.length < ANY_BYTE.length ? followed(bytes, 1, after) : preceded(bytes)),
    ];
  return [...followed(bytes, 0, after ?? ANY_BYTE), ...preceded(bytes)];
}

const ANY_MASK = 0xff;

function maskBehind(bytes: Uint8Array, at: number, after: readonly number[] | undefined): number {
  if (at < bytes.length) return maskOf([bytes[at]!]);
  return at === bytes.length && after ? maskOf(after) : ANY_MASK;
}

function maskOf(bytes: readonly number[]): number {
  return bytes.reduce((mask, byte) => mask | (1 << (byte & 7)), 0);
}

export function foldBytes(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'), (byte) => byte | FOLD);
}

function atomAt(bytes: Uint8Array, offset: number): Placed {
  return { bytes: bytes.subarray(offset, offset + ATOM_BYTES), offset };
}

function followed(bytes: Uint8Array, offset: number, after: readonly number[]): Placed[] {
  return after.map((last) => ({ bytes: Uint8Array.of(...bytes.subarray(offset), last), offset }));
}

function preceded(bytes: Uint8Array): Placed[] {
  return ANY_BYTE.map((first) => ({
    bytes: Uint8Array.of(first, ...bytes.subarray(0, ATOM_BYTES - 1)),
    offset: -1,
  }));
}

/** Every byte, folded. */
const ANY_BYTE: readonly number[] = Array.from({ length: 256 }, (_, byte) => byte).filter(
  (byte) => byte & FOLD,
);

const ALNUM = 'abcdefghijklmnopqrstuvwxyz0123456789';
const AFTER: Readonly<Record<ValueRun['alphabet'], readonly number[]>> = {
  hex: foldSet('0123456789abcdef'),
  alnum: foldSet(ALNUM),
  token: foldSet(`${ALNUM}+/=_.~-`),
};
/** What may follow a name, or what is part of it, when a value is assigned to it. */
const AFTER_ASSIGNED: readonly number[] = foldSet(`${ALNUM}_-. \t\r\n"'\`])\\=:>(,?|<!~+`);

function bytesAfter({ text, assigned, valueRun, after }: KeywordShape): readonly number[] | undefined {
  if (after !== undefined) return foldSet(after);
  if (valueRun?.holdsKeyword && valueRun.min > text.length) return AFTER[valueRun.alphabet];
  return assigned ? AFTER_ASSIGNED : undefined;
}

function foldSet(characters: string): number[] {
  return [...new Set(foldBytes(characters))];
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

let levels: Map<string, number> | undefined;

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
  levels ??= readLevels();
  const gram = keyword.slice(offset, offset + ATOM_BYTES);
  const level = levels.get(gram);
  let surprise = 0;
  for (const character of gram) surprise += SURPRISE.get(character) ?? SURPRISE_OF_OTHER;
  const neighbours = (offset > 0 ? 1 : 0) + (offset + ATOM_BYTES < keyword.length ? 1 : 0);
  const occurrences = level === undefined ? 0 : 2 ** level;
  return occurrences * SHARE_OF_NEIGHBOUR ** neighbours - surprise * SURPRISE_WEIGHT;
}

function readLevels(): Map<string, number> {
  const read = new Map<string, number>();
  for (const [level, grams] of COMMON_GRAMS) {
    for (let at = 0; at < grams.length; at += ATOM_BYTES) read.set(grams.slice(at, at + ATOM_BYTES), level);
  }
  return read;
}
