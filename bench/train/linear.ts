// Logistic regression over the hashed features, by AdaGrad, its weights rounded to one byte each.
import { BUCKETS, GROUPS } from '../../src/analysis/generic/features.ts';
import type { LinearModel } from '../../src/analysis/generic/model.ts';
import type { Example } from './example.ts';
import { createRandom } from './random.ts';

const EPOCHS = 6;
const RATE = 0.15;
const DECAY = 2e-5;

export function fitLinear(examples: readonly Example[], seed: number): LinearModel {
  const random = createRandom(seed);
  const size = GROUPS.length * BUCKETS;
  const weights = new Float64Array(size);
  const squares = new Float64Array(size).fill(1e-3);
  let [bias, biasSquares] = [0, 1e-3];
  const order = examples.map((_, index) => index);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random);
    for (const index of order) {
      const { features, isCredential, weight } = examples[index]!;
      let sum = bias;
      features.sparse.forEach((buckets, group) => {
        for (const bucket of buckets) sum += weights[group * BUCKETS + bucket]!;
      });
      const slope = weight * (1 / (1 + Math.exp(-sum)) - (isCredential ? 1 : 0));
      biasSquares += slope * slope;
      bias -= (RATE * slope) / Math.sqrt(biasSquares);
      features.sparse.forEach((buckets, group) => {
        for (const bucket of buckets) {
          const at = group * BUCKETS + bucket;
          const gradient = slope + DECAY * weights[at]!;
          squares[at]! += gradient * gradient;
          weights[at]! -= (RATE * gradient) / Math.sqrt(squares[at]!);
        }
      });
    }
  }
  return round(weights);
}

function round(weights: Float64Array): LinearModel {
  const scales = new Float32Array(GROUPS.length);
  const rounded = new Int8Array(weights.length);
  for (let group = 0; group < GROUPS.length; group++) {
    const own = weights.subarray(group * BUCKETS, (group + 1) * BUCKETS);
    const scale = own.reduce((most, weight) => Math.max(most, Math.abs(weight)), 1e-9) / 127;
    scales[group] = scale;
    own.forEach((weight, bucket) => (rounded[group * BUCKETS + bucket] = Math.round(weight / scale)));
  }
  return { weights: rounded, scales };
}

export function shuffle(items: number[], random: () => number): void {
  for (let at = items.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [items[at], items[other]] = [items[other]!, items[at]!];
  }
}
