// Compiles rules/*.yaml and references/*.yaml into the files that a scan loads: matchers and references always,
// texts when there is something to say.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPrefilterTables } from '../src/engine/keyword-tables.ts';
import { openRules } from '../src/model/packed-rules.ts';
import type { BuiltInIndex } from '../src/rules/load-rules.ts';
import { checkRuleSet, createRuleSet, toMatcher, toText } from '../src/rules/compile-rules.ts';
import type { PlacedRule } from '../src/rules/parse-rules.ts';
import { compileReferences } from '../src/rules/load-references.ts';
import { parseRules } from '../src/rules/parse-rules.ts';

const SOURCE = 'rules';
const REFERENCES = 'references';
const TARGET = 'src/rules/built-in';

/** @throws UserError for the first rule that does not build */
export function readBuiltInRules(): PlacedRule[] {
  const files = readdirSync(SOURCE)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  const placed = files.flatMap((name) =>
    parseRules(readFileSync(`${SOURCE}/${name}`, 'utf8'), `${SOURCE}/${name}`),
  );
  checkRuleSet(placed);
  return placed;
}

export function buildRules(): void {
  const rules = readBuiltInRules().map(({ rule }) => rule);
  mkdirSync(TARGET, { recursive: true });
  const set = createRuleSet(rules.map(toMatcher));
  const { image, layout, keywordEnds, keywordRules } = createPrefilterTables(openRules(set.rules));
  const { bytes, ...packed } = set.rules;
  writeFileSync(join(TARGET, 'prefilter.bin'), image);
  writeFileSync(join(TARGET, 'keywords.bin'), Uint32Array.of(...keywordEnds, ...keywordRules));
  writeFileSync(join(TARGET, 'rules.json'), bytes);
  const index: BuiltInIndex = { hash: set.hash, rules: packed, layout, keywords: keywordEnds.length };
  writeJson('index', index);
  writeJson('texts', rules.map(toText));
  writeJson('references', compileReferences(REFERENCES));
}

function writeJson(name: string, value: unknown): void {
  writeFileSync(join(TARGET, `${name}.json`), JSON.stringify(value));
}
