// Every known credential format of the list has the rule that the list names, or a reason why it has none.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadBuiltInRules } from '../../src/rules/load-rules.ts';

const LIST = readFileSync(join(import.meta.dirname, 'coverage.tsv'), 'utf8');
const ROWS = LIST.trimEnd().split('\n').slice(1);

describe('coverage.tsv', () => {
  it('names rules that exist, or says why there is none', () => {
    const ids = new Set(loadBuiltInRules().rules.ids);
    const wrong = ROWS.filter((row) => {
      const [provider, credential, answer] = row.split('\t');
      return !provider || !credential || !answer || !(ids.has(answer) || /^none: \w/.test(answer));
    });
    expect(wrong).toEqual([]);
  });

  it('names each credential once', () => {
    const names = ROWS.map((row) => row.split('\t').slice(0, 2).join(': '));
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(470);
  });
});
