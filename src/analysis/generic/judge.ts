// The score of one candidate of a generic rule, the confidence it gives, and its explanation.
import type { Match } from '../../model/match.ts';
import type { Confidence } from '../../model/rule.ts';
import type { Candidate } from '../candidate.ts';
import { extractFeatures } from './features.ts';
import { MODEL_TEXT } from './model-data.ts';
import type { ModelData, Score } from './model.ts';
import { decodeModel, explain, FEATURE_NAMES, scoreFeatures } from './model.ts';

/** Least scores, chosen on cross-validated scores: see docs/accuracy.md. Below `low` nothing is found. */
export const THRESHOLDS: Readonly<Record<Confidence, number>> = { high: 0.9, medium: 0.5, low: 0.2 };

let loaded: ModelData | undefined;

/** Decoded at the first candidate: most scans of clean files never need it. */
function loadModel(): ModelData {
  loaded ??= decodeModel(MODEL_TEXT);
  return loaded;
}

/** By match: a check asks for it, and what weighs the confidence asks again. */
const scores = new WeakMap<Match, Score>();

export function scoreCandidate(candidate: Candidate): Score {
  const known = scores.get(candidate.match);
  if (known) return known;
  const model = loadModel();
  const score = scoreFeatures(extractFeatures(candidate, model.language), model);
  scores.set(candidate.match, score);
  return score;
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
