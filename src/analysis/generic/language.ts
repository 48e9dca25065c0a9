// A small model of written words: how likely their letter triples are, and which words are common.

import type { Span } from '../../model/match.ts';

/** What the trainer counted in text, as the data file holds it. */
export interface LanguageData {
  /** Surprise of a letter after two others, in eighths of a bit; 27 symbols, 0 is the edge of a word. */
  readonly trigrams: Uint8Array;
  /** Bits of a Bloom filter of common words. */
  readonly words: Uint8Array;
}

export const SYMBOLS = 27;
/** Keys of the Bloom filter for each word. */
const KEYS = 4;
const MIN_WORD = 3;
const MAX_WORD = 18;

export interface WordReading {
  /** Mean surprise of the letters, in bits; `NEUTRAL_SURPRISE` for a text without letters. */
  readonly surprise: number;
  /** Highest mean surprise of one run of letters. */
  readonly worst: number;
  /** Share of the letters that stand in common words. */
  readonly covered: number;
}

const NEUTRAL_SURPRISE = 4;

export function readWords(text: string, data: LanguageData): WordReading {
  let [total, count, worst, covered] = [0, 0, 0, 0];
  for (const run of text.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? []) {
    const word = run.toLowerCase();
    const surprise = surpriseOf(word, data);
    total += surprise * word.length;
    count += word.length;
    if (word.length > MIN_WORD) worst = Math.max(worst, surprise);
    covered += countCovered(word, data);
  }
  if (count === 0) return { surprise: NEUTRAL_SURPRISE, worst: NEUTRAL_SURPRISE, covered: 0 };
  return { surprise: total / count, worst: worst || total / count, covered: covered / count };
}

function surpriseOf(word: string, { trigrams }: LanguageData): number {
  let [a, b, total] = [0, 0, 0];
  for (let at = 0; at <= word.length; at++) {
    const c = at < word.length ? word.charCodeAt(at) - 96 : 0;
    total += trigrams[(a * SYMBOLS + b) * SYMBOLS + c]!;
    [a, b] = [b, c];
  }
  return total / 8 / (word.length + 1);
}

/** Letters of the word that common words cover, the longest first from the left. */
function countCovered(word: string, { words }: LanguageData): number {
  let covered = 0;
  for (let at = 0; at < word.length;) {
    const length = longestCommon(word, at, words);
    covered += length;
    at += Math.max(1, length);
  }
  return covered;
}

/** Length of the longest common word that begins at `from`, or 0. */
function longestCommon(word: string, from: number, filter: Uint8Array): number {
  const end = Math.min(word.length, from + MAX_WORD);
  let [hash, step, longest] = [HASH_SEED, STEP_SEED, 0];
  for (let at = from; at < end; at++) {
    const code = word.charCodeAt(at);
    hash = Math.imul(hash ^ code, HASH_PRIME);
    step = Math.imul(step ^ code, HASH_PRIME);
    if (at - from + 1 >= MIN_WORD && isMarked(filter, mix(hash), mix(step) | 1)) longest = at - from + 1;
  }
  return longest;
}

function isMarked(filter: Uint8Array, hash: number, step: number): boolean {
  const size = filter.length * 8;
  for (let key = 0; key < KEYS; key++) {
    const bit = ((hash + Math.imul(key, step)) >>> 0) % size;
    if ((filter[bit >> 3]! & (1 << (bit & 7))) === 0) return false;
  }
  return true;
}

/** The bits of a word in a filter of `size` bits. */
export function bloomBits(word: string, size: number): number[] {
  let [hash, step] = [HASH_SEED, STEP_SEED];
  for (let at = 0; at < word.length; at++) {
    hash = Math.imul(hash ^ word.charCodeAt(at), HASH_PRIME);
    step = Math.imul(step ^ word.charCodeAt(at), HASH_PRIME);
  }
  const stride = mix(step) | 1;
  return Array.from({ length: KEYS }, (_, key) => ((mix(hash) + Math.imul(key, stride)) >>> 0) % size);
}

const HASH_SEED = 0x811c9dc5;
const STEP_SEED = 0x5bd1e995;
const HASH_PRIME = 0x01000193;

/** FNV-1a over the UTF-16 units in a range after a letter that says what they are, mixed; unsigned. */
export function hashRange(kind: string, text: string, { start, end }: Span): number {
  let hash = Math.imul(HASH_SEED ^ kind.charCodeAt(0), HASH_PRIME);
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), HASH_PRIME);
  return mix(hash) >>> 0;
}

function mix(hash: number): number {
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
}
