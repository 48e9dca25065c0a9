// The learned score: hashed features weighed by a linear model, its sums and the numbers by boosted trees.
import { inflateRawSync } from 'node:zlib';
import type { Features } from './features.ts';
import { BUCKETS, DENSE_NAMES, GROUPS } from './features.ts';
import type { LanguageData } from './language.ts';
import { SYMBOLS } from './language.ts';

/** A node of a tree. Children stand side by side; a leaf has no left child. */
export interface Tree {
  readonly feature: Uint8Array;
  readonly threshold: Float32Array;
  /** Index of the left child, 0 for a leaf; the right one follows it. */
  readonly left: Uint8Array;
  /** What the tree adds on average to what reaches the node: log odds. */
  readonly value: Float32Array;
}

export interface LinearModel {
  /** One weight a bucket, group after group. */
  readonly weights: Int8Array;
  /** Log odds of one step of each group's weights. */
  readonly scales: Float32Array;
}

export interface Model {
  readonly linear: LinearModel;
  readonly base: number;
  readonly trees: readonly Tree[];
}

export interface ModelData extends Model {
  readonly language: LanguageData;
}

export interface Score {
  /** Between 0 and 1. */
  readonly probability: number;
  /** The numbers that the trees asked, by `FEATURE_NAMES`. */
  readonly row: Float32Array;
}

export const FEATURE_NAMES: readonly string[] = [...DENSE_NAMES, ...GROUPS];

/** The sums of the linear model for each group. */
export function sumGroups({ sparse }: Features, { weights, scales }: LinearModel): number[] {
  return sparse.map((buckets, group) => {
    let sum = 0;
    for (const bucket of buckets) sum += weights[group * BUCKETS + bucket]!;
    return sum * scales[group]!;
  });
}

export function scoreFeatures(features: Features, model: Model): Score {
  const row = Float32Array.from([...features.dense, ...sumGroups(features, model.linear)]);
  const { roots, feature, threshold, left, value } = forestOf(model);
  let logOdds = model.base;
  for (let tree = 0; tree < roots.length; tree++) {
    let node = roots[tree]!;
    while (left[node] !== 0) node = left[node]! + (row[feature[node]!]! <= threshold[node]! ? 0 : 1);
    logOdds += value[node]!;
  }
  return { probability: 1 / (1 + Math.exp(-logOdds)), row };
}

/** All trees in one row of nodes, which is walked faster than many small ones. Node 0 is nobody's child. */
interface Forest {
  readonly roots: Uint16Array;
  readonly feature: Uint8Array;
  readonly threshold: Float32Array;
  readonly left: Uint16Array;
  readonly value: Float32Array;
}

const forests = new WeakMap<Model, Forest>();

function forestOf(model: Model): Forest {
  const known = forests.get(model) ?? plantForest(model.trees);
  forests.set(model, known);
  return known;
}

function plantForest(trees: readonly Tree[]): Forest {
  const size = trees.reduce((sum, { feature }) => sum + feature.length, 0);
  const forest: Forest = {
    roots: new Uint16Array(trees.length),
    feature: new Uint8Array(size),
    threshold: new Float32Array(size),
    left: new Uint16Array(size),
    value: new Float32Array(size),
  };
  let at = 0;
  trees.forEach(({ feature, threshold, left, value }, index) => {
    forest.roots[index] = at;
    forest.feature.set(feature, at);
    forest.threshold.set(threshold, at);
    forest.value.set(value, at);
    for (let node = 0; node < left.length; node++) forest.left[at + node] = left[node]! && left[node]! + at;
    at += feature.length;
  });
  return forest;
}

/**
 * Log odds that each feature contributed, by `FEATURE_NAMES`: each step down a tree changes the expected value,
 * and the change is credited to the feature that was asked.
 */
export function explain({ row }: Score, { trees }: Model): Float64Array {
  const contributions = new Float64Array(row.length);
  for (const tree of trees) {
    let node = 0;
    while (tree.left[node] !== 0) {
      const feature = tree.feature[node]!;
      const next = tree.left[node]! + (row[feature]! <= tree.threshold[node]! ? 0 : 1);
      contributions[feature]! += tree.value[next]! - tree.value[node]!;
      node = next;
    }
  }
  return contributions;
}

export const WORD_FILTER_BYTES: number = 1 << 14;
const TRIGRAM_BYTES = SYMBOLS ** 3;

/** Reads what `encodeModel` of the trainer wrote: base64 of a deflated row of arrays. */
export function decodeModel(text: string): ModelData {
  const bytes = new Uint8Array(inflateRawSync(Buffer.from(text, 'base64')));
  let at = 0;
  const take = (length: number): Uint8Array => bytes.subarray(at, (at += length));
  const takeFloats = (count: number): Float32Array => new Float32Array(take(count * 4).slice().buffer);
  const language = { trigrams: take(TRIGRAM_BYTES), words: take(WORD_FILTER_BYTES) };
  const weights = new Int8Array(take(GROUPS.length * BUCKETS).slice().buffer);
  const scales = takeFloats(GROUPS.length);
  const [base, treeCount] = takeFloats(2) as unknown as [number, number];
  const sizes = take(treeCount);
  const nodes = sizes.reduce((sum, size) => sum + size, 0);
  const [feature, left] = [take(nodes), take(nodes)];
  const [threshold, value] = [takeFloats(nodes), takeFloats(nodes)];
  let from = 0;
  const trees = Array.from(sizes, (size): Tree => {
    const [start, end] = [from, (from += size)];
    return {
      feature: feature.subarray(start, end),
      left: left.subarray(start, end),
      threshold: threshold.subarray(start, end),
      value: value.subarray(start, end),
    };
  });
  return { language, linear: { weights, scales }, base, trees };
}
