// A user's own rules beside the built-in ones, and rules that are switched off.
import { describe, expect, it } from 'vitest';
import { listRules } from '../../src/model/packed-rules.ts';
import type { Rule, RuleSet } from '../../src/model/rule.ts';
import { createRuleSet } from '../../src/rules/compile-rules.ts';
import { combineRules, loadBuiltInRules, loadRuleFiles } from '../../src/rules/load-rules.ts';
import { createMatcher } from '../engine/sample-rules.ts';
import { createFolder } from '../temporary-folder.ts';
import { writeRuleFile } from './write-rule-file.ts';

const BUILT_IN = createRuleSet(['b-two', 'a-one'].map((id) => createMatcher({ id, keywords: [id], pattern: id })));

function own(id: string): Rule {
  return createMatcher({ id, keywords: [id], pattern: id }) as Rule;
}

function idsOf(set: RuleSet): string[] {
  return listRules(set.rules).map(({ id }) => id);
}

describe('combineRules', () => {
  it('changes nothing where there is nothing to add or to leave out', () => {
    expect(combineRules(BUILT_IN, [], [])).toBe(BUILT_IN);
  });

  it('adds, in order of id', () => {
    expect(idsOf(combineRules(BUILT_IN, [own('aa-own'), own('c-own')], []))).toEqual(['a-one', 'aa-own', 'b-two', 'c-own']);
  });

  it.each([
    [[], ['a-one'], ['b-two']],
    [['c-own'], ['a-one'], ['b-two', 'c-own']],
    [['c-own'], ['c-own'], ['a-one', 'b-two']],
    [[], ['a-one', 'b-two'], []],
  ])('with %j leaves out %j', (ids, disabled, left) => {
    expect(idsOf(combineRules(BUILT_IN, ids.map(own), disabled))).toEqual(left);
  });

  it('gives every set of rules a hash of its own', () => {
    const sets = [
      BUILT_IN,
      combineRules(BUILT_IN, [], ['a-one']),
      combineRules(BUILT_IN, [], ['b-two']),
      combineRules(BUILT_IN, [own('c-own')], []),
      combineRules(BUILT_IN, [own('c-own')], ['a-one']),
    ];
    expect(new Set(sets.map(({ hash }) => hash)).size).toBe(sets.length);
    expect(new Set(sets.map(({ hash }) => hash.length))).toEqual(new Set([16]));
  });

  it('keeps the prefilter of the built-in rules when some are off', () => {
    const builtIn = loadBuiltInRules();
    const [id] = builtIn.rules.ids as [string];
    const fewer = combineRules(builtIn, [], [id]);
    expect(fewer.prefilter).toBe(builtIn.prefilter);
    expect(fewer.rules.off).toEqual([id]);
    expect(combineRules(builtIn, [own('c-own')], []).prefilter).toBeUndefined();
  });
});

async function load(folder: string, known: readonly string[] = []): Promise<string[]> {
  return (await loadRuleFiles([folder], known)).map(({ rule }) => rule.id);
}

describe('loadRuleFiles', () => {
  it('reads every YAML file of a folder, in order of name', async () => {
    const folder = createFolder({
      'b.yml': writeRuleFile({ id: 'own-b' }),
      'a.yaml': writeRuleFile({ id: 'own-a' }),
      'notes.txt': 'no rule',
    });
    expect(await load(folder)).toEqual(['own-a', 'own-b']);
  });

  it.each([
    ['an id that stands twice', { 'a.yaml': writeRuleFile({ id: 'own-a' }), 'b.yaml': writeRuleFile({ id: 'own-a' }) }, "duplicate rule id 'own-a'"],
    ['an id that is built in', { 'a.yaml': writeRuleFile({ id: 'known-a' }) }, "duplicate rule id 'known-a'"],
    [
      'a required rule that does not exist',
      { 'a.yaml': writeRuleFile({ id: 'own-a', requires: '[{ rule: known-b, within_lines: 3 }]' }) },
      "rule 'own-a' requires 'known-b'",
    ],
    ['a folder without rules', { 'notes.txt': 'x' }, 'no *.yaml file'],
  ])('refuses %s', async (_, files, message) => {
    await expect(load(createFolder(files as Record<string, string>), ['known-a'])).rejects.toThrow(message);
  });

  it('says of a path that it cannot be read', async () => {
    await expect(load('/nonexistent/rules.yaml')).rejects.toThrow('cannot read rules: there is no such file or folder');
  });
});
