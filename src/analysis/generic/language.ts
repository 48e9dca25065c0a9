// A small model of written words: how likely their letter triples are, and which words are common.

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
function countCovered(word: string, data: LanguageData): number {
  let covered = 0;
  for (let at = 0; at < word.length;) {
    let length = Math.min(MAX_WORD, word.length - at);
    while (length >= MIN_WORD && !isCommon(word.slice(at, at + length), data)) length--;
    if (length >= MIN_WORD) covered += length;
    at += Math.max(1, length < MIN_WORD ? 1 : length);
  }
  return covered;
}

export function isCommon(word: string, { words }: LanguageData): boolean {
  return bloomBits(word, words.length * 8).every((bit) => (words[bit >> 3]! & (1 << (bit & 7))) !== 0);
}

export function bloomBits(word: string, size: number): number[] {
  const hash = hashText(word, 0);
  const step = hashText(word, 0x5bd1e995) | 1;
  return Array.from({ length: KEYS }, (_, index) => ((hash + Math.imul(index, step)) >>> 0) % size);
}

/** FNV-1a over UTF-16 units, mixed; 32 bits, unsigned. */
export function hashText(text: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}
