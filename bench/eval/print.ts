// The tables of an evaluation, as Markdown.
import type { Scores } from './score.ts';
import { rates } from './score.ts';
import type { TreeCount } from './scan-folder.ts';

/** Categories whose recall the project holds itself to. */
const MAIN_CATEGORIES = ['Password', 'Token', 'Key', 'Secret', 'Auth', 'API', 'URL Credentials'];

export function printScores(title: string, { tables, categories }: Scores): void {
  console.log(
    `\n### ${title}\n\n| table | TP | FP | FN | precision | recall | F1 |\n|---|---|---|---|---|---|---|`,
  );
  for (const [name, counts] of Object.entries(tables)) {
    const { precision, recall, f1 } = rates(counts);
    const { truePositives, falsePositives, falseNegatives } = counts;
    console.log(
      `| ${name} | ${truePositives} | ${falsePositives} | ${falseNegatives} | ${precision.toFixed(3)} | ${recall.toFixed(3)} | ${f1.toFixed(3)} |`,
    );
  }
  console.log('\n| category | credentials | found | recall | others | charged |\n|---|---|---|---|---|---|');
  const rest = [...categories.keys()]
    .filter((name) => !MAIN_CATEGORIES.includes(name) && categories.get(name)!.credentials >= 10)
    .sort((a, b) => categories.get(b)!.credentials - categories.get(a)!.credentials);
  for (const name of [...MAIN_CATEGORIES, ...rest]) {
    const counts = categories.get(name);
    if (!counts) continue;
    const { credentials, found, others, charged } = counts;
    console.log(
      `| ${name} | ${credentials} | ${found} | ${(found / Math.max(1, credentials)).toFixed(3)} | ${others} | ${charged} |`,
    );
  }
}

/** One line for a variant. */
export function printLine(title: string, { tables }: Scores): void {
  const cells = [tables.line, tables['line+u'], tables.value].map((counts) => {
    const { precision, recall, f1 } = rates(counts);
    return `${precision.toFixed(3)} / ${recall.toFixed(3)} / ${f1.toFixed(3)}`;
  });
  console.log(`| ${title} | ${cells.join(' | ')} |`);
}

export function printTree(folder: string, { files, bytes, byRule }: TreeCount): void {
  const total = [...byRule.values()].reduce((sum, count) => sum + count, 0);
  const megabytes = bytes / 1e6;
  console.log(
    `\n${folder}: ${files} files, ${megabytes.toFixed(1)} MB, ${total} findings, ${(total / megabytes).toFixed(3)} per MB`,
  );
  const rules = [...byRule].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  for (const [rule, count] of rules) console.log(`  ${count}\t${(count / megabytes).toFixed(4)}/MB\t${rule}`);
}
