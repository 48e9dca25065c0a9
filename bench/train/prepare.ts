// Samples and examples of the corpus: what training, cross-validation and ablations share.
import { createChecks } from '../../src/analysis/checks/checks.ts';
import { isUnlikely } from '../../src/analysis/checks/unlikely.ts';
import type { Features } from '../../src/analysis/generic/features.ts';
import { extractFeatures } from '../../src/analysis/generic/features.ts';
import type { Corpus, Spot } from '../eval/corpus.ts';
import { inventValue, withValue } from './augment.ts';
import type { Label, Sample } from './collect.ts';
import { collectSamples, SETTINGS } from './collect.ts';
import type { Example } from './example.ts';
import type { Language } from './language-counts.ts';
import { countLanguage } from './language-counts.ts';
import { createRandom } from './random.ts';

/** How much an example counts. Most lines without a label are harmless, but not all. */
const WEIGHTS: Readonly<Record<Label, number>> = { T: 1, F: 1, X: 1, N: 0, unlabelled: 1 };
const INVENTED_WEIGHT = 0.3;
/** Share of the corpus's credentials that get a twin with a value of words. */
const INVENTED_SHARE = 0.5;
const INVENTED_FOR = /password|secret|credential|url|sql|command/;
/** Words that are invented from: short ones are parts of others. */
const WORDS = { from: 300, to: 9000, minLength: 4 } as const;

export interface Judged {
  readonly repository: string;
  readonly features: Features;
  readonly sample: Sample;
}

export interface Prepared {
  readonly language: Language;
  readonly examples: readonly Example[];
  /** Candidates of generic rules that all checks but the score let pass. */
  readonly judged: readonly Judged[];
  /** Twins of credentials with values of words that no example uses: does the model know what people choose? */
  readonly probes: readonly { readonly repository: string; readonly features: Features }[];
  /** Findings of the other rules. */
  readonly others: readonly Spot[];
}

export function prepare(
  corpus: Corpus,
  { seed, withChecks }: { seed: number; withChecks: boolean },
): Prepared {
  const language = countLanguage(corpus);
  const all = createChecks(SETTINGS).value.filter((check) => check !== isUnlikely);
  const samples = collectSamples(corpus, all);
  const standing = samples.filter(({ objection, candidate }) =>
    withChecks || candidate.rule.shape !== 'generic' ? !objection : objection?.by !== 'overlap',
  );
  const judged = standing
    .filter(({ candidate }) => candidate.rule.shape === 'generic')
    .map((sample) => ({
      repository: sample.repository,
      features: extractFeatures(sample.candidate, language),
      sample,
    }));
  const others = standing
    .filter(({ candidate }) => candidate.rule.shape !== 'generic')
    .map(({ spot }) => spot);
  const examples = judged
    .map(({ repository, features, sample: { label } }) => ({
      repository,
      features,
      isCredential: label === 'T',
      weight: WEIGHTS[label],
    }))
    .filter(({ weight }) => weight > 0);
  const [taught, asked] = splitWords(language);
  const invented = invent(judged, { language, words: taught, seed }).map((twin): Example => ({
    ...twin,
    isCredential: true,
    weight: INVENTED_WEIGHT,
  }));
  const probes = invent(judged, { language, words: asked, seed: seed + 1 });
  return { language, judged, others, probes, examples: [...examples, ...invented] };
}

/** Common words in two halves that have none in common. */
function splitWords({ list }: Language): [string[], string[]] {
  const words = list.slice(WORDS.from, WORDS.to).filter((word) => word.length >= WORDS.minLength);
  return [words.filter((_, index) => index % 2 === 0), words.filter((_, index) => index % 2 === 1)];
}

interface Invention {
  readonly language: Language;
  readonly words: readonly string[];
  readonly seed: number;
}

function invent(
  judged: readonly Judged[],
  { language, words, seed }: Invention,
): { repository: string; features: Features }[] {
  const random = createRandom(seed);
  return judged
    .filter(({ sample }) => sample.label === 'T' && INVENTED_FOR.test(sample.candidate.rule.id))
    .filter(() => random() < INVENTED_SHARE)
    .map(({ repository, sample }) => ({
      repository,
      features: extractFeatures(withValue(sample.candidate, inventValue(words, random)), language),
    }));
}
