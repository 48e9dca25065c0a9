// The set of bytes that a piece of a pattern can consume, for reasoning about overlap: 256 bits.
import type { AST } from '@eslint-community/regexpp';

export type ByteSet = Uint32Array;

const SIZE = 256;
const WORDS = SIZE / 32;

function createByteSet(accepts: (byte: number) => boolean): ByteSet {
  const set = new Uint32Array(WORDS);
  for (let byte = 0; byte < SIZE; byte++) if (accepts(byte)) set[byte >> 5]! |= 1 << (byte & 31);
  return set;
}

export const NO_BYTES: ByteSet = createByteSet(() => false);

export function hasByte(set: ByteSet, byte: number): boolean {
  return (set[byte >> 5]! & (1 << (byte & 31))) !== 0;
}

export function hasOverlap(a: ByteSet, b: ByteSet): boolean {
  for (let word = 0; word < WORDS; word++) if (a[word]! & b[word]!) return true;
  return false;
}

export function unite(sets: readonly ByteSet[]): ByteSet {
  const united = new Uint32Array(WORDS);
  for (const set of sets) for (let word = 0; word < WORDS; word++) united[word]! |= set[word]!;
  return united;
}

export function isSubset(set: ByteSet, of: ByteSet): boolean {
  return set.every((word, index) => (word & ~of[index]!) === 0);
}

/** The bytes that a character class accepts, for sets that are known by name. */
export function bytesMatching(pattern: RegExp): ByteSet {
  return createByteSet((byte) => pattern.test(String.fromCharCode(byte)));
}

export function listBytes(set: ByteSet): number[] {
  return Array.from({ length: SIZE }, (_, byte) => byte).filter((byte) => hasByte(set, byte));
}

type Consumer = AST.Character | AST.CharacterSet | AST.CharacterClass | AST.ClassRangesCharacterClassElement;

/** The bytes that one character of a pattern accepts. */
export function bytesOf(node: Consumer, ignoreCase: boolean): ByteSet {
  const exact = exactBytesOf(node);
  if (!ignoreCase) return exact;
  return createByteSet((byte) => hasByte(exact, byte) || hasByte(exact, swapCase(byte)));
}

/** `\w`, `\s`, `.` and the like: few, and each costs 256 tests. */
const characterSets = new Map<string, ByteSet>();

function exactBytesOf(node: Consumer): ByteSet {
  if (node.type === 'Character') return createRange(node.value, node.value);
  if (node.type === 'CharacterClassRange') return createRange(node.min.value, node.max.value);
  if (node.type === 'CharacterSet') {
    const known = characterSets.get(node.raw);
    if (known) return known;
    const single = new RegExp(`^${node.raw}$`);
    const set = createByteSet((byte) => single.test(String.fromCharCode(byte)));
    characterSets.set(node.raw, set);
    return set;
  }
  const united = unite(node.elements.map((element) => exactBytesOf(element as Consumer)));
  return node.negate ? united.map((word) => ~word) : united;
}

/** Characters beyond one byte never stand in text that is one character a byte. */
function createRange(low: number, high: number): ByteSet {
  const set = new Uint32Array(WORDS);
  for (let byte = low; byte <= Math.min(high, SIZE - 1); byte++) set[byte >> 5]! |= 1 << (byte & 31);
  return set;
}

function swapCase(byte: number): number {
  const isLetter = (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
  return isLetter ? byte ^ 0x20 : byte;
}
