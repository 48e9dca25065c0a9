// Counts letters and words in the text of the corpus: what the model knows of written language.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LanguageData } from '../../src/analysis/generic/language.ts';
import { bloomBits, SYMBOLS } from '../../src/analysis/generic/language.ts';
import { WORD_FILTER_BYTES } from '../../src/analysis/generic/model.ts';
import type { Corpus } from '../eval/corpus.ts';
import { listFiles } from '../eval/corpus.ts';

const MAX_FILE_BYTES = 200_000;
const COMMON_WORDS = 12_000;
/** A word is known when it stands in the text of this many repositories. */
const MIN_REPOSITORIES = 3;

export interface Language extends LanguageData {
  /** Common words, the most widespread first. */
  readonly list: readonly string[];
}

export function countLanguage(corpus: Corpus): Language {
  const spread = new Map<string, number>();
  for (const repository of corpus.repositories) {
    for (const word of wordsOf(corpus, repository)) spread.set(word, (spread.get(word) ?? 0) + 1);
  }
  const known = [...spread].filter(([, count]) => count >= MIN_REPOSITORIES);
  known.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const list = known.slice(0, COMMON_WORDS).map(([word]) => word);
  return { trigrams: countTrigrams(known), words: createFilter(list), list };
}

function wordsOf({ folder }: Corpus, repository: string): Set<string> {
  const words = new Set<string>();
  for (const path of listFiles(folder, repository)) {
    const text = readFileSync(join(folder, path)).toString('latin1', 0, MAX_FILE_BYTES);
    for (const word of text.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? []) {
      if (word.length >= 3 && word.length <= 18) words.add(word.toLowerCase());
    }
  }
  return words;
}

function countTrigrams(words: readonly (readonly [string, number])[]): Uint8Array {
  const counts = new Float64Array(SYMBOLS ** 3).fill(0.02);
  for (const [word, spread] of words) {
    let [a, b] = [0, 0];
    for (let at = 0; at <= word.length; at++) {
      const c = at < word.length ? word.charCodeAt(at) - 96 : 0;
      counts[(a * SYMBOLS + b) * SYMBOLS + c]! += Math.log2(1 + spread);
      [a, b] = [b, c];
    }
  }
  const surprises = new Uint8Array(counts.length);
  for (let pair = 0; pair < SYMBOLS ** 2; pair++) {
    const own = counts.subarray(pair * SYMBOLS, (pair + 1) * SYMBOLS);
    const total = own.reduce((sum, count) => sum + count, 0);
    own.forEach((count, c) => {
      surprises[pair * SYMBOLS + c] = Math.min(127, Math.round(-8 * Math.log2(count / total)));
    });
  }
  return surprises;
}

function createFilter(words: readonly string[]): Uint8Array {
  const filter = new Uint8Array(WORD_FILTER_BYTES);
  for (const word of words)
    for (const bit of bloomBits(word, filter.length * 8)) filter[bit >> 3]! |= 1 << (bit & 7);
  return filter;
}
