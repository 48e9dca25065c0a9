// Every built-in rule keeps what its file promises: its examples are found by it alone, its negatives are not.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkExamples } from '../../src/cli/check-examples.ts';
import type { Rule } from '../../src/model/rule.ts';
import { toMatcher } from '../../src/rules/compile-rules.ts';
import { loadBuiltInReferences, readRuleFiles } from '../../src/rules/load-rules.ts';

const FOLDER = join(import.meta.dirname, '../../rules');
const MIN_CONTEXTS = 3;
const MIN_NEGATIVES = 2;
/** One expansion of each template; `nhi-scan rules check rules` tries more. */
const ROUNDS = 1;
const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)+$/;

let rules: Rule[] = [];

beforeAll(async () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
  const placed = await readRuleFiles(files.map((name) => join(FOLDER, name)));
  rules = placed.map(({ rule }) => rule);
}, 120_000);

function namesOf(selected: readonly Rule[]): string[] {
  return selected.map(({ id }) => id);
}

function countContexts({ examples }: Rule): number {
  return new Set(examples.flatMap((one) => one.in)).size;
}

describe('built-in rules', () => {
  it('are read from the folder', () => {
    expect(rules.length).toBeGreaterThan(800);
  });

  it('find their examples exactly, alone, and none of their negatives', () => {
    const problems = checkExamples({
      rules,
      matchers: rules.map(toMatcher),
      references: loadBuiltInReferences(),
      rounds: ROUNDS,
    });
    expect(problems).toEqual([]);
  }, 120_000);

  it('have examples in several syntaxes and negatives', () => {
    expect(namesOf(rules.filter((rule) => countContexts(rule) < MIN_CONTEXTS))).toEqual([]);
    expect(namesOf(rules.filter((rule) => rule.negativeExamples.length < MIN_NEGATIVES))).toEqual([]);
  });

  it('have unique kebab-case ids of two words or more', () => {
    expect(namesOf(rules.filter(({ id }) => !KEBAB.test(id)))).toEqual([]);
    expect(new Set(namesOf(rules)).size).toBe(rules.length);
  });
});
