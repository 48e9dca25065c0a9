// Training: the same examples give the same file, and the file says what the trained model says.
import { describe, expect, it } from 'vitest';
import { encodeModel } from '../../../bench/train/encode.ts';
import type { Example } from '../../../bench/train/example.ts';
import { dealFolds, fitModel } from '../../../bench/train/fit.ts';
import { createRandom } from '../../../bench/train/random.ts';
import { BUCKETS, DENSE_NAMES } from '../../../src/analysis/generic/features.ts';
import { SYMBOLS } from '../../../src/analysis/generic/language.ts';
import {
  decodeModel,
  explain,
  scoreFeatures,
  WORD_FILTER_BYTES,
} from '../../../src/analysis/generic/model.ts';

const LANGUAGE = { trigrams: new Uint8Array(SYMBOLS ** 3).fill(9), words: new Uint8Array(WORD_FILTER_BYTES) };

/** Credentials are those whose first number is high, and those that hold bucket 7 of the names. */
function inventExamples(count: number): Example[] {
  const random = createRandom(5);
  return Array.from({ length: count }, (_, index) => {
    const dense = DENSE_NAMES.map(() => random());
    const bucket = random() < 0.3 ? 7 : Math.floor(random() * BUCKETS);
    const isCredential = dense[0]! > 0.7 || bucket === 7;
    const features = { dense, sparse: [[Math.floor(random() * BUCKETS)], [bucket], []] };
    return { repository: `r${index % 12}`, features, isCredential, weight: 1 };
  });
}

describe('training', () => {
  const examples = inventExamples(1500);
  const model = fitModel(examples, 3);
  const text = encodeModel(model, LANGUAGE);

  it('gives the same file for the same seed', () => {
    expect(encodeModel(fitModel(inventExamples(1500), 3), LANGUAGE)).toBe(text);
  });

  it('writes what the scanner reads', () => {
    const read = decodeModel(text);
    expect(read.trees.length).toBe(model.trees.length);
    expect([...read.language.trigrams.subarray(0, 3)]).toEqual([9, 9, 9]);
    for (const { features } of examples.slice(0, 50)) {
      expect(scoreFeatures(features, read).probability).toBeCloseTo(
        scoreFeatures(features, model).probability,
        6,
      );
    }
  });

  it('learns from numbers and from hashed words', () => {
    const wrong = examples.filter(
      ({ features, isCredential }) => scoreFeatures(features, model).probability > 0.5 !== isCredential,
    );
    expect(wrong.length).toBeLessThan(examples.length / 20);
  });

  it('credits the features that decided', () => {
    const features = {
      dense: DENSE_NAMES.map((_, index) => (index === 0 ? 0.95 : 0.5)),
      sparse: [[], [], []],
    };
    const contributions = explain(scoreFeatures(features, model), model);
    expect(contributions.indexOf(Math.max(...contributions))).toBe(0);
  });

  it('keeps a repository in one fold', () => {
    const folds = dealFolds(examples, 4, 1);
    expect(folds.size).toBe(12);
    expect(new Set(folds.values()).size).toBe(4);
  });
});
