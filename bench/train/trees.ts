// Gradient-boosted trees for the logistic loss: binned features, leaves split best first.
import type { Tree } from '../../src/analysis/generic/model.ts';
import { createRandom } from './random.ts';

export interface TreeOptions {
  readonly trees: number;
  readonly leaves: number;
  readonly rate: number;
  readonly seed: number;
}

export interface Table {
  /** Rows of numbers, all of one length. */
  readonly rows: readonly Float32Array[];
  readonly isCredential: Uint8Array;
  readonly weights: Float64Array;
}

const MAX_BINS = 64;
const LAMBDA = 4;
const MIN_CHILD_HESSIAN = 2;
const MIN_GAIN = 0.3;
const ROW_SHARE = 0.75;
const FEATURE_SHARE = 0.5;

export function fitTrees(table: Table, options: TreeOptions): { base: number; trees: Tree[] } {
  const { isCredential, weights } = table;
  const count = table.rows.length;
  const random = createRandom(options.seed);
  const binned = binFeatures(table.rows);
  const base = baseOf(table);
  const logOdds = new Float64Array(count).fill(base);
  const gradient = new Float64Array(count);
  const hessian = new Float64Array(count);
  const trees: Tree[] = [];
  for (let round = 0; round < options.trees; round++) {
    const rows: number[] = [];
    for (let row = 0; row < count; row++) {
      const p = 1 / (1 + Math.exp(-logOdds[row]!));
      gradient[row] = weights[row]! * (p - isCredential[row]!);
      hessian[row] = weights[row]! * p * (1 - p);
      if (random() < ROW_SHARE) rows.push(row);
    }
    const features = binned.bins.map((_, feature) => feature).filter(() => random() < FEATURE_SHARE);
    const tree = growTree({ binned, gradient, hessian, features, options }, Int32Array.from(rows));
    trees.push(tree);
    for (let row = 0; row < count; row++) logOdds[row]! += predict(tree, table.rows[row]!);
  }
  return { base, trees };
}

function baseOf({ isCredential, weights }: Table): number {
  let [positive, total] = [0, 0];
  weights.forEach((weight, row) => {
    total += weight;
    positive += weight * isCredential[row]!;
  });
  return Math.log(positive / (total - positive));
}

export function predict(tree: Tree, row: Float32Array): number {
  let node = 0;
  while (tree.left[node] !== 0) {
    node = tree.left[node]! + (row[tree.feature[node]!]! <= tree.threshold[node]! ? 0 : 1);
  }
  return tree.value[node]!;
}

interface Binned {
  /** Bin of each row, feature after feature. */
  readonly bins: readonly Uint8Array[];
  /** Upper edge of each bin but the last. */
  readonly edges: readonly Float32Array[];
}

function binFeatures(rows: readonly Float32Array[]): Binned {
  const width = rows[0]!.length;
  const bins: Uint8Array[] = [];
  const edges: Float32Array[] = [];
  for (let feature = 0; feature < width; feature++) {
    const sorted = Float32Array.from(rows, (row) => row[feature]!).sort();
    const own = new Set<number>();
    for (let bin = 1; bin < MAX_BINS; bin++) own.add(sorted[Math.floor((bin * sorted.length) / MAX_BINS)]!);
    const distinct = new Set(sorted);
    const values = distinct.size <= MAX_BINS ? [...distinct] : [...own];
    const limits = Float32Array.from(values.sort((a, b) => a - b));
    edges.push(limits);
    bins.push(Uint8Array.from(rows, (row) => binOf(row[feature]!, limits)));
  }
  return { bins, edges };
}

/** Index of the first edge that is not below the value. */
function binOf(value: number, edges: Float32Array): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Growth {
  readonly binned: Binned;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
  readonly features: readonly number[];
  readonly options: TreeOptions;
}

interface Split {
  readonly feature: number;
  readonly bin: number;
  readonly gain: number;
}

interface Leaf {
  readonly node: number;
  readonly rows: Int32Array;
  readonly split: Split | undefined;
}

function growTree(growth: Growth, rows: Int32Array): Tree {
  const { options, binned } = growth;
  const feature = [0];
  const threshold = [0];
  const left = [0];
  const value = [valueOf(growth, rows)];
  const leaves: Leaf[] = [{ node: 0, rows, split: findSplit(growth, rows) }];
  for (let count = 1; count < options.leaves; count++) {
    const best = leaves.reduce((a, b) => ((b.split?.gain ?? 0) > (a.split?.gain ?? 0) ? b : a));
    if (!best.split) break;
    const { split, node } = best;
    const bins = binned.bins[split.feature]!;
    const parts = [
      best.rows.filter((row) => bins[row]! <= split.bin),
      best.rows.filter((row) => bins[row]! > split.bin),
    ];
    feature[node] = split.feature;
    threshold[node] = binned.edges[split.feature]![split.bin]!;
    left[node] = feature.length;
    leaves.splice(leaves.indexOf(best), 1);
    for (const part of parts) {
      leaves.push({ node: feature.length, rows: part, split: findSplit(growth, part) });
      feature.push(0);
      threshold.push(0);
      left.push(0);
      value.push(valueOf(growth, part));
    }
  }
  return {
    feature: Uint8Array.from(feature),
    threshold: Float32Array.from(threshold),
    left: Uint8Array.from(left),
    value: Float32Array.from(value),
  };
}

function valueOf({ gradient, hessian, options }: Growth, rows: Int32Array): number {
  let [g, h] = [0, 0];
  for (const row of rows) {
    g += gradient[row]!;
    h += hessian[row]!;
  }
  return (-options.rate * g) / (h + LAMBDA);
}

const G = new Float64Array(MAX_BINS + 1);
const H = new Float64Array(MAX_BINS + 1);

function findSplit(growth: Growth, rows: Int32Array): Split | undefined {
  const { binned, gradient, hessian, features } = growth;
  let best: Split | undefined;
  for (const feature of features) {
    const bins = binned.bins[feature]!;
    G.fill(0);
    H.fill(0);
    let [totalG, totalH] = [0, 0];
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index]!;
      const bin = bins[row]!;
      G[bin]! += gradient[row]!;
      H[bin]! += hessian[row]!;
    }
    for (let bin = 0; bin <= MAX_BINS; bin++) {
      totalG += G[bin]!;
      totalH += H[bin]!;
    }
    const whole = (totalG * totalG) / (totalH + LAMBDA);
    let [g, h] = [0, 0];
    for (let bin = 0; bin < binned.edges[feature]!.length; bin++) {
      g += G[bin]!;
      h += H[bin]!;
      if (h < MIN_CHILD_HESSIAN || totalH - h < MIN_CHILD_HESSIAN) continue;
      const gain = (g * g) / (h + LAMBDA) + ((totalG - g) * (totalG - g)) / (totalH - h + LAMBDA) - whole;
      if (gain > Math.max(MIN_GAIN, best?.gain ?? 0)) best = { feature, bin, gain };
    }
  }
  return best;
}
