// `npx tsx bench/measure-grams.ts DIR…`: counts sequences of four bytes over trees of source text and writes the common
// ones to src/engine/common-grams.ts, from which the engine learns which part of a keyword is rare.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const TARGET = 'src/engine/common-grams.ts';
/** Occurrences per megabyte, averaged over the trees, below which a sequence counts as rare. */
const MIN_PER_MEGABYTE = 20;
const MAX_FILE_BYTES = 4_000_000;
const MAX_TREE_BYTES = 64_000_000;
/** Folded bytes that keywords consist of: letters, digits, `_` (folds to DEL) and a few signs. */
const KEYWORD_BYTES = /^[a-z0-9\u007f .:/-]{4}$/;

function countGrams(folder: string): Map<string, number> {
  const counts = new Map<number, number>();
  let total = 0;
  for (const bytes of readTexts(folder)) {
    for (let at = 0; at + 4 <= bytes.length; at++) {
      const gram = bytes.readUInt32LE(at);
      counts.set(gram, (counts.get(gram) ?? 0) + 1);
    }
    total += bytes.length;
  }
  const word = Buffer.alloc(4);
  return new Map(
    [...counts].map(([gram, count]) => {
      word.writeUInt32LE(gram);
      return [word.toString('latin1'), (count / total) * 1e6];
    }),
  );
}

/** Every fourth text file, folded, up to a bound: enough to count, little enough to wait for. */
function* readTexts(root: string): Generator<Buffer> {
  let total = 0;
  let index = 0;
  const waiting = [root];
  for (let folder = waiting.pop(); folder !== undefined && total < MAX_TREE_BYTES; folder = waiting.pop()) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) waiting.push(path);
      if (!entry.isFile() || index++ % 4 !== 0) continue;
      const bytes = readFileSync(path);
      if (bytes.length > MAX_FILE_BYTES || bytes.includes(0)) continue;
      total += bytes.length;
      yield bytes.map((byte) => byte | 0x20) as Buffer;
    }
  }
}

const trees = process.argv.slice(2).map(countGrams);
const averages = new Map<string, number>();
for (const tree of trees) {
  for (const [gram, count] of tree) averages.set(gram, (averages.get(gram) ?? 0) + count / trees.length);
}
const levels = new Map<number, string[]>();
for (const [gram, perMegabyte] of averages) {
  if (perMegabyte < MIN_PER_MEGABYTE || !KEYWORD_BYTES.test(gram)) continue;
  const level = Math.round(Math.log2(perMegabyte));
  levels.set(level, [...(levels.get(level) ?? []), gram.replaceAll('\u007f', '_')]);
}
const rows = [...levels]
  .sort(([a], [b]) => a - b)
  .map(([level, grams]) => `  [${level}, '${grams.sort().join('')}'],\n`);
const count = [...levels.values()].reduce((sum, grams) => sum + grams.length, 0);
writeFileSync(
  TARGET,
  `// Written by bench/measure-grams.ts: the ${count} sequences of four characters that are common in source text, each with\n` +
    `// the binary logarithm of how often it occurs per megabyte. What is not listed is rarer than ${MIN_PER_MEGABYTE}.\n\n` +
    `/** Rows of a level and its sequences, four characters each, joined. */\n` +
    `export const COMMON_GRAMS: readonly (readonly [level: number, grams: string])[] = [\n${rows.join('')}];\n`,
);
