// `npm run train -- --corpus DIR`: labels → the weights that the scanner carries. The same corpus gives the same file.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readCorpus } from '../eval/corpus.ts';
import { encodeModel } from './encode.ts';
import { fitModel } from './fit.ts';
import { prepare } from './prepare.ts';

const TARGET = 'src/analysis/generic/model-data.ts';
const SEED = 11;

const { corpus: folder } = parseArgs({ options: { corpus: { type: 'string' } } }).values;
if (folder === undefined) throw new Error('name the corpus: --corpus DIR');
const corpus = readCorpus(folder);
const { examples, language } = prepare(corpus, { seed: SEED, withChecks: true });
const text = encodeModel(fitModel(examples, SEED), language);
writeFileSync(
  TARGET,
  `// Weights of the score, written by \`npm run train\`; docs/model-card.md says from what.\nexport const MODEL_TEXT: string =\n  '${text}';\n`,
);
const credentials = examples.filter(({ isCredential }) => isCredential).length;
console.log(
  `${examples.length} examples, ${credentials} of them credentials; ${text.length} bytes in ${TARGET}`,
);
