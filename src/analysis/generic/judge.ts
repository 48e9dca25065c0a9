// The score of one candidate of a generic rule, the confidence it gives, and its explanation.
import type { Confidence } from '../../model/rule.ts';
import type { Candidate } from '../candidate.ts';
import { extractFeatures } from './features.ts';
import { MODEL_TEXT } from './model-data.ts';
import type { ModelData, Score } from './model.ts';
import { decodeModel, explain, FEATURE_NAMES, scoreFeatures } from './model.ts';

/** Least scores, chosen on cross-validated scores: see docs/accuracy.md. Below `low` nothing is found. */
export const THRESHOLDS: Readonly<Record<Confidence, number>> = { high: 0.9, medium: 0.6, low: 0.2 };

let loaded: ModelData | undefined;

/** Decoded at the first candidate: most scans of clean files never need it. */
function loadModel(): ModelData {
  loaded ??= decodeModel(MODEL_TEXT);
  return loaded;
}

export function scoreCandidate(candidate: Candidate): Score {
  const model = loadModel();
  return scoreFeatures(extractFeatures(candidate, model.language), model);
}

/** Undefined below the least score of all. */
export function confidenceOf(probability: number): Confidence | undefined {
  return (['high', 'medium', 'low'] as const).find((confidence) => probability >= THRESHOLDS[confidence]);
}

const MAX_NAMED = 5;

/** The features that decided, the weightiest first, each with the log odds it contributed. */
export function explainScore(score: Score): string {
  const named = [...explain(score, loadModel())]
    .map((weight, index) => ({ weight, name: FEATURE_NAMES[index]! }))
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, MAX_NAMED)
    .map(({ weight, name }) => `${name} ${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(1)}`);
  return `its score is ${score.probability.toFixed(2)}: ${named.join(', ')}`;
}
