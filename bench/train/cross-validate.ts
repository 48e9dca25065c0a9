// Figures by models that have not seen the repository they judge, and what each part contributes.
import { writeFileSync } from 'node:fs';
import type { Features } from '../../src/analysis/generic/features.ts';
import { DENSE_NAMES } from '../../src/analysis/generic/features.ts';
import type { Corpus, Spot } from '../eval/corpus.ts';
import { printLine, printScores } from '../eval/print.ts';
import { scoreFindings } from '../eval/score.ts';
import type { Example } from './example.ts';
import { crossValidate } from './fit.ts';
import type { Judged, Prepared } from './prepare.ts';
import { prepare } from './prepare.ts';

const FOLDS = 5;
/** Variants are compared with each other, on fewer folds. */
const ABLATION_FOLDS = 3;
const SEED = 11;
const STEPS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

export interface ValidationOptions {
  readonly threshold: number;
  readonly withAblation: boolean;
  /** File for what was missed and what was wrong. */
  readonly errorsFile: string | undefined;
}

export function crossValidateCorpus(corpus: Corpus, options: ValidationOptions): void {
  const prepared = prepare(corpus, { seed: SEED, withChecks: true });
  const { examples, judged, probes } = prepared;
  const all = crossValidate(examples, [...judged, ...probes], { folds: FOLDS, seed: SEED });
  const probabilities = all.subarray(0, judged.length);
  const recognised = all.subarray(judged.length).filter((probability) => probability >= options.threshold);
  const score = scorer(corpus, prepared);
  printScores(
    `Cross-validated by repository, ${FOLDS} folds, score at least ${options.threshold}`,
    score((_, index) => probabilities[index]! >= options.threshold),
  );
  console.log(`\nInvented passwords of words recognised: ${recognised.length} of ${probes.length}`);
  console.log('\n| score at least | line: P / R / F1 | line+u | value |\n|---|---|---|---|');
  for (const step of STEPS)
    printLine(
      String(step),
      score((_, index) => probabilities[index]! >= step),
    );
  if (options.errorsFile !== undefined) {
    writeFileSync(options.errorsFile, listErrors(judged, probabilities, options.threshold));
  }
  if (options.withAblation) printAblation(corpus, prepared);
}

type Keep = (judged: Judged, index: number) => boolean;

function scorer(
  corpus: Corpus,
  { judged, others }: Prepared,
): (keep: Keep) => ReturnType<typeof scoreFindings> {
  return (keep) => {
    const kept = judged
      .filter((each, index) => each.sample.candidate.rule.confidence !== 'low' && keep(each, index))
      .map(({ sample }) => sample.spot);
    return scoreFindings(corpus.labels, [...others, ...kept]);
  };
}

function printAblation(corpus: Corpus, prepared: Prepared): void {
  console.log('\n| variant, at its best score | line: P / R / F1 | line+u | value |\n|---|---|---|---|');
  const score = scorer(corpus, prepared);
  const whole = crossValidate(prepared.examples, prepared.judged, { folds: ABLATION_FOLDS, seed: SEED });
  printLine('checks and score', best(score, whole));
  printLine(
    'checks alone',
    score(() => true),
  );
  printLine('checks and entropy', best(score, Float64Array.from(prepared.judged, entropyOf)));
  const plain = prepare(corpus, { seed: SEED, withChecks: false });
  const unchecked = crossValidate(plain.examples, plain.judged, { folds: ABLATION_FOLDS, seed: SEED });
  printLine('score alone', best(scorer(corpus, plain), unchecked));
  const variants: readonly [string, (features: Features) => Features][] = [
    ['without hashed features', ({ dense }) => ({ dense, sparse: [[], [], []] })],
    [
      'without letters and words',
      dropDense(['surprise of its letters', 'its least likely word', 'common words']),
    ],
    [
      'without the name',
      ({ dense, sparse: [value, , around] }) => ({ dense, sparse: [value!, [], around!] }),
    ],
    [
      'without the words around',
      ({ dense, sparse: [value, name] }) => ({ dense, sparse: [value!, name!, []] }),
    ],
  ];
  for (const [title, change] of variants) {
    const examples = prepared.examples.map((example): Example => ({
      ...example,
      features: change(example.features),
    }));
    const judged = prepared.judged.map((each) => ({ ...each, features: change(each.features) }));
    printLine(title, best(score, crossValidate(examples, judged, { folds: ABLATION_FOLDS, seed: SEED })));
  }
}

function dropDense(names: readonly string[]): (features: Features) => Features {
  const dropped = new Set(names.map((name) => DENSE_NAMES.indexOf(name)));
  return ({ dense, sparse }) => ({
    dense: dense.map((number, index) => (dropped.has(index) ? 0 : number)),
    sparse,
  });
}

/** The scores at the threshold with the highest F1 per line. */
function best(
  score: (keep: Keep) => ReturnType<typeof scoreFindings>,
  measures: Float64Array,
): ReturnType<typeof scoreFindings> {
  const sorted = [...measures].sort((a, b) => a - b);
  const steps = Array.from(
    { length: 20 },
    (_, step) => sorted[Math.floor(((step + 0.5) * sorted.length) / 20)]!,
  );
  return [...steps, ...STEPS]
    .map((step) => score((_, index) => measures[index]! >= step))
    .reduce((a, b) => (f1Of(b) > f1Of(a) ? b : a));
}

function f1Of({ tables }: ReturnType<typeof scoreFindings>): number {
  const { truePositives, falsePositives, falseNegatives } = tables.line;
  return (2 * truePositives) / Math.max(1, 2 * truePositives + falsePositives + falseNegatives);
}

function entropyOf({ features }: Judged): number {
  return features.dense[DENSE_NAMES.indexOf('entropy')]!;
}

function listErrors(judged: readonly Judged[], probabilities: Float64Array, threshold: number): string {
  return judged
    .map(({ sample }, index) => ({ sample, probability: probabilities[index]! }))
    .filter(
      ({ sample: { label }, probability }) => label !== 'N' && (label === 'T') !== probability >= threshold,
    )
    .sort((a, b) => errorOf(b) - errorOf(a))
    .map(({ sample: { label, category, candidate, spot }, probability }) =>
      [
        label === 'T' ? 'missed' : 'wrong',
        label,
        probability.toFixed(3),
        candidate.rule.id,
        category,
        `${spot.path}:${spot.line}`,
        contextOf(spot, candidate.line, candidate.valueStart),
      ].join('\t'),
    )
    .join('\n');
}

function errorOf({ sample, probability }: { sample: Judged['sample']; probability: number }): number {
  return sample.label === 'T' ? 1 - probability : probability;
}

function contextOf({ startColumn, endColumn }: Spot, line: string, valueStart: number): string {
  return line
    .slice(Math.max(0, valueStart - 60), valueStart + (endColumn - startColumn) + 20)
    .trim()
    .slice(0, 160);
}
