// Fits the whole model, and scores what it has not seen, repository by repository.
import type { Features } from '../../src/analysis/generic/features.ts';
import type { LinearModel, Model } from '../../src/analysis/generic/model.ts';
import { scoreFeatures, sumGroups } from '../../src/analysis/generic/model.ts';
import type { Example } from './example.ts';
import { fitLinear, shuffle } from './linear.ts';
import { createRandom } from './random.ts';
import { fitTrees } from './trees.ts';

const INNER_FOLDS = 4;
const TREES = { trees: 220, leaves: 20, rate: 0.08 } as const;

/** Deals repositories to folds, so that each fold has about as many examples. */
export function dealFolds(examples: readonly Example[], folds: number, seed: number): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { repository } of examples) sizes.set(repository, (sizes.get(repository) ?? 0) + 1);
  const names = [...sizes.keys()].sort();
  const order = names.map((_, index) => index);
  shuffle(order, createRandom(seed));
  const sorted = order.map((index) => names[index]!).sort((a, b) => sizes.get(b)! - sizes.get(a)!);
  const loads = new Float64Array(folds);
  const foldOf = new Map<string, number>();
  for (const name of sorted) {
    const fold = loads.indexOf(Math.min(...loads));
    foldOf.set(name, fold);
    loads[fold]! += sizes.get(name)!;
  }
  return foldOf;
}

/** The trees see sums of linear models that have not seen the row: else they would trust them too much. */
export function fitModel(examples: readonly Example[], seed: number): Model {
  const folds = dealFolds(examples, INNER_FOLDS, seed);
  const models: LinearModel[] = [];
  for (let fold = 0; fold < INNER_FOLDS; fold++) {
    models.push(
      fitLinear(
        examples.filter(({ repository }) => folds.get(repository) !== fold),
        seed,
      ),
    );
  }
  const rows = examples.map(({ features, repository }) => toRow(features, models[folds.get(repository)!]!));
  const isCredential = Uint8Array.from(examples, (example) => (example.isCredential ? 1 : 0));
  const weights = Float64Array.from(examples, ({ weight }) => weight);
  const { base, trees } = fitTrees({ rows, isCredential, weights }, { ...TREES, seed });
  return { linear: fitLinear(examples, seed), base, trees };
}

function toRow(features: Features, linear: LinearModel): Float32Array {
  return Float32Array.from([...features.dense, ...sumGroups(features, linear)]);
}

/** Probabilities of examples by models that have not seen their repository; `judged` follow the folds of `examples`. */
export function crossValidate(
  examples: readonly Example[],
  judged: readonly { repository: string; features: Features }[],
  { folds, seed }: { folds: number; seed: number },
): Float64Array {
  const foldOf = dealFolds(examples, folds, seed);
  const probabilities = new Float64Array(judged.length);
  for (let fold = 0; fold < folds; fold++) {
    const model = fitModel(
      examples.filter(({ repository }) => foldOf.get(repository) !== fold),
      seed,
    );
    judged.forEach(({ repository, features }, index) => {
      if ((foldOf.get(repository) ?? 0) === fold) {
        probabilities[index] = scoreFeatures(features, model).probability;
      }
    });
  }
  return probabilities;
}
