// `npm run eval -- --corpus DIR [--cross-validate] [--tree DIR]… [--findings FILE]`: how well the scanner finds.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { THRESHOLDS } from '../../src/analysis/generic/judge.ts';
import { crossValidateCorpus } from '../train/cross-validate.ts';
import { readCorpus } from './corpus.ts';
import { printScores, printTree } from './print.ts';
import { scanCorpus, scanTree } from './scan-folder.ts';
import { scoreFindings } from './score.ts';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string' },
    'cross-validate': { type: 'boolean', default: false },
    ablation: { type: 'boolean', default: false },
    errors: { type: 'string' },
    findings: { type: 'string' },
    tree: { type: 'string', multiple: true, default: [] },
  },
});

if (options.corpus !== undefined) {
  const corpus = readCorpus(options.corpus);
  const spots = scanCorpus(corpus, 'medium');
  if (options.findings !== undefined) writeFileSync(options.findings, toLines(spots));
  printScores('As trained, default level', scoreFindings(corpus.labels, spots));
  if (options['cross-validate'] || options.ablation) {
    crossValidateCorpus(corpus, {
      threshold: THRESHOLDS.medium,
      withAblation: options.ablation,
      errorsFile: options.errors,
    });
  }
}
for (const folder of options.tree) printTree(folder, await scanTree(folder));

/** In the form that the corpus's own scorer reads: columns from 1, the end exclusive. */
function toLines(spots: ReturnType<typeof scanCorpus>): string {
  return spots
    .map(({ path, line, endLine, startColumn, endColumn }) =>
      JSON.stringify({ path, line, end_line: endLine, start_col: startColumn + 1, end_col: endColumn + 1 }),
    )
    .join('\n');
}
