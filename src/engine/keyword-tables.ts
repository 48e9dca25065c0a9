// Lays the keywords of all rules out in the kernel's memory. The layout is known here and in kernel/prefilter.ts.
import type { RuleMatcher } from '../model/rule.ts';

const ATOM_BYTES = 4;
const FILTER_BYTES = 1 << 15;
const ENTRY_BYTES = 20;
const HIT_BYTES = 8;
const HASH = 0x9e3779b1;
const HASH_SHIFT = 17;
const FOLD = 0x20;

/** Hits of one kernel call; the call is repeated when they do not fit. */
export const HIT_CAPACITY: number = 1 << 14;

/** What may follow a keyword of three bytes, so that it makes an atom of four. */
const AFTER_SHORT_KEYWORD = 'abcdefghijklmnopqrstuvwxyz0123456789-_';
/** And after one that a value is assigned to. */
const AFTER_ASSIGNED_KEYWORD = `${AFTER_SHORT_KEYWORD}. \t\r\n"'\`])\\=:>(,?|<!~+`;

/** A keyword and the rules that wait for it. */
export interface Keyword {
  readonly text: string;
  readonly assigned: boolean;
  /** Indices into the rules. */
  readonly rules: readonly number[];
}

/** Every distinct keyword of the rules, folded, in order of first appearance. */
export function listKeywords(rules: readonly RuleMatcher[]): Keyword[] {
  const keywords = new Map<string, { text: string; assigned: boolean; rules: number[] }>();
  rules.forEach((rule, index) => {
    for (const text of new Set(rule.keywords.map((keyword) => keyword.toLowerCase()))) {
      const key = `${rule.assigned ? '=' : ' '}${text}`;
      const known = keywords.get(key) ?? { text, assigned: rule.assigned, rules: [] };
      known.rules.push(index);
      keywords.set(key, known);
    }
  });
  return [...keywords.values()];
}

/** Addresses in the kernel's memory, in bytes. */
export interface TableLayout {
  readonly filter: number;
  readonly heads: number;
  readonly classes: number;
  readonly hits: number;
  /** First byte after the tables. */
  readonly end: number;
}

interface Entry {
  readonly atom: Uint8Array;
  readonly atomOffset: number;
  readonly keywordId: number;
}

/** The tables as one memory image beginning at address 0, and where each part lies. */
export function buildTables(keywords: readonly Keyword[]): { image: Uint8Array; layout: TableLayout } {
  const folded = keywords.map((keyword) => foldBytes(keyword.text));
  const entries = folded.flatMap((bytes, id) => listEntries(bytes, id, keywords[id]!.assigned));
  const filter = 64;
  const heads = filter + FILTER_BYTES;
  const classes = heads + FILTER_BYTES * 4;
  const entriesAt = classes + 256;
  const textAt = entriesAt + entries.length * ENTRY_BYTES;
  const textBytes = folded.reduce((sum, bytes) => sum + bytes.length, 0);
  const hits = (textAt + textBytes + 15) & ~15;
  const end = hits + HIT_CAPACITY * HIT_BYTES;
  const image = new Uint8Array(hits);
  image.set(buildClasses(), classes);
  const textAddresses = placeTexts(image, folded, textAt);
  const view = new DataView(image.buffer);
  entries.forEach((entry, index) => {
    const at = entriesAt + index * ENTRY_BYTES;
    const slot = hashAtom(entry.atom);
    image.set(entry.atom, at);
    view.setUint32(at + 4, view.getUint32(heads + slot * 4, true), true);
    view.setUint32(at + 8, textAddresses[entry.keywordId]!, true);
    image[at + 12] = folded[entry.keywordId]!.length;
    image[at + 13] = entry.atomOffset;
    image[at + 14] = keywords[entry.keywordId]!.assigned ? 1 : 0;
    view.setUint32(at + 16, entry.keywordId, true);
    view.setUint32(heads + slot * 4, at, true);
    image[filter + slot] = 1;
  });
  return { image, layout: { filter, heads, classes, hits, end } };
}

function placeTexts(image: Uint8Array, texts: readonly Uint8Array[], from: number): number[] {
  let at = from;
  return texts.map((text) => {
    image.set(text, at);
    at += text.length;
    return at - text.length;
  });
}

function listEntries(bytes: Uint8Array, keywordId: number, isAssigned: boolean): Entry[] {
  if (bytes.length >= ATOM_BYTES) {
    const atomOffset = findRarestAtom(bytes);
    return [{ atom: bytes.subarray(atomOffset, atomOffset + ATOM_BYTES), atomOffset, keywordId }];
  }
  const after = isAssigned ? AFTER_ASSIGNED_KEYWORD : AFTER_SHORT_KEYWORD;
  const lasts = new Set([...after].map((character) => character.charCodeAt(0) | FOLD));
  return [...lasts].map((last) => ({ atom: Uint8Array.of(...bytes, last), atomOffset: 0, keywordId }));
}

function foldBytes(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'), (byte) => byte | FOLD);
}

function hashAtom(atom: Uint8Array): number {
  const word = atom[0]! | (atom[1]! << 8) | (atom[2]! << 16) | (atom[3]! << 24);
  return Math.imul(word, HASH) >>> HASH_SHIFT;
}

// How common a byte is in source text, in bits of surprise: rough, but enough to prefer `xoxb` to `tion`.
const SURPRISE: Readonly<Record<string, number>> = Object.fromEntries(
  [...'etaonisrlcdpumfgybhvkxwjqz'].map((letter, rank) => [letter, 3 + rank * 0.22]),
);
const SURPRISE_OF_DIGIT = 6;
const SURPRISE_OF_OTHER = 5.5;

function findRarestAtom(bytes: Uint8Array): number {
  let best = 0;
  let bestSurprise = -1;
  for (let offset = 0; offset + ATOM_BYTES <= bytes.length; offset++) {
    let surprise = 0;
    for (let index = offset; index < offset + ATOM_BYTES; index++) surprise += surpriseOf(bytes[index]!);
    if (surprise > bestSurprise) [best, bestSurprise] = [offset, surprise];
  }
  return best;
}

function surpriseOf(byte: number): number {
  const character = String.fromCharCode(byte);
  if (character >= '0' && character <= '9') return SURPRISE_OF_DIGIT;
  return SURPRISE[character] ?? SURPRISE_OF_OTHER;
}

const NAME = 1;
const CLOSE = 2;
const OPERATOR = 4;
const VALUE = 8;
const OPEN = 16;

/** Classes of bytes for the kernel's assignment test. */
function buildClasses(): Uint8Array {
  const classes = new Uint8Array(256);
  for (let byte = 0; byte < 256; byte++) {
    const character = String.fromCharCode(byte);
    if (/[0-9A-Za-z_.-]/.test(character)) classes[byte]! |= NAME;
    if (/[\s"'`\])\\]/.test(character)) classes[byte]! |= CLOSE;
    if (/[=:>(,?|<!~+]/.test(character)) classes[byte]! |= OPERATOR;
    if (/[\s"'`\\=:>(,?|<!~+@$[{]/.test(character)) classes[byte]! |= OPEN;
    if (byte > 0x20 && byte !== 0x7f && !/["'`,;)]/.test(character)) classes[byte]! |= VALUE;
  }
  return classes;
}
