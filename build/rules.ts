// Compiles rules/*.yaml and references/*.yaml into the modules that a scan loads: matchers and references always,
// texts when there is something to say.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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
  writeModule('matchers', 'RULE_SET_JSON', createRuleSet(rules.map(toMatcher)));
  writeModule('texts', 'RULE_TEXTS_JSON', rules.map(toText));
  writeModule('references', 'REFERENCES_JSON', compileReferences(REFERENCES));
}

// A string that JSON.parse reads is loaded faster than the same value as an object literal.
function writeModule(name: string, constant: string, value: unknown): void {
  const json = JSON.stringify(JSON.stringify(value));
  writeFileSync(
    `${TARGET}/${name}.ts`,
    `// Written by the build.\nexport const ${constant}: string =\n  ${json};\n`,
  );
}
