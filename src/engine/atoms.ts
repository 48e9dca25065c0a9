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
}

export interface KeywordShape {
  /** At least three characters, in lower case. */
  readonly text: string;
  readonly assigned: boolean;
  readonly valueRun?: ValueRun;
  /** The bytes that can follow, as latin1 text, where that is known. */
  readonly after?: string;
}

/** Keywords of five bytes and more have two atoms; shorter ones one for each byte that may stand beside them. */
export function listAtoms(keyword: KeywordShape): Atom[] {
  const bytes = foldBytes(keyword.text);
  const after = bytesAfter(keyword);
  if (bytes.length > ATOM_BYTES) {
    const offset = findRarestPair(keyword.text);
    return [atomAt(bytes, offset), atomAt(bytes, offset + 1)];
  }
  if (bytes.length === ATOM_BYTES)
    return [
      atomAt(bytes, 0),
      ...(after && after.length < ANY_BYTE.length ? followed(bytes, 1, after) : preceded(bytes)),
    ];
  return [...followed(bytes, 0, after ?? ANY_BYTE), ...preceded(bytes)];
}

export function foldBytes(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'), (byte) => byte | FOLD);
}

function atomAt(bytes: Uint8Array, offset: number): Atom {
  return { bytes: bytes.subarray(offset, offset + ATOM_BYTES), offset };
}

function followed(bytes: Uint8Array, offset: number, after: readonly number[]): Atom[] {
  return after.map((last) => ({ bytes: Uint8Array.of(...bytes.subarray(offset), last), offset }));
}

function preceded(bytes: Uint8Array): Atom[] {
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

let levels: Map<string, number> | undefined;

/** Offset of the rarest two neighbouring atoms. */
function findRarestPair(keyword: string): number {
  let best = 0;
  let bestCost = Infinity;
  for (let offset = 0; offset + ATOM_BYTES < keyword.length; offset++) {
    const cost = costOf(keyword, offset) + costOf(keyword, offset + 1);
    if (cost < bestCost) [best, bestCost] = [offset, cost];
  }
  return best;
}

/** About how often an atom occurs in a megabyte of source text. */
function costOf(keyword: string, offset: number): number {
  levels ??= readLevels();
  const gram = keyword.slice(offset, offset + ATOM_BYTES);
  const level = levels.get(gram);
  let surprise = 0;
  for (const character of gram) surprise += SURPRISE.get(character) ?? SURPRISE_OF_OTHER;
  return (level === undefined ? 0 : 2 ** level) - surprise * SURPRISE_WEIGHT;
}

function readLevels(): Map<string, number> {
  const read = new Map<string, number>();
  for (const [level, grams] of COMMON_GRAMS) {
    for (let at = 0; at < grams.length; at += ATOM_BYTES) read.set(grams.slice(at, at + ATOM_BYTES), level);
  }
  return read;
}
