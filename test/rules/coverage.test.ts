// Every service and every credential format of the lists has the rule that the list names, or a reason why it has none.
import { describe, expect, it } from 'vitest';
import { readCredentials, readProviders } from '../../build/coverage.ts';
import { loadBuiltInRules } from '../../src/rules/load-rules.ts';

const LISTS = [
  { list: 'providers.tsv', rows: readProviders(), width: 1, atLeast: 1000 },
  { list: 'credentials.tsv', rows: readCredentials(), width: 2, atLeast: 470 },
];

describe.each(LISTS)('$list', ({ rows, width, atLeast }) => {
  it('names rules that exist, or says why there is none', () => {
    const ids = new Set(loadBuiltInRules().rules.ids);
    const wrong = rows.filter(({ ruleId, reason }) =>
      ruleId === undefined ? !/^\w[^\t]{8,}$/.test(reason ?? '') : !ids.has(ruleId),
    );
    expect(wrong).toEqual([]);
  });

  it('names each thing once, whole and trimmed', () => {
    const names = rows.map((row) => row.names.join(': ').toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(atLeast);
    expect(rows.filter((row) => row.names.length !== width)).toEqual([]);
    expect(rows.flatMap((row) => row.names).filter((name) => name === '' || name !== name.trim())).toEqual([]);
  });
});

it('has a rule for at least five services in six', () => {
  const providers = readProviders();
  const answered = providers.filter(({ ruleId }) => ruleId !== undefined);
  expect(answered.length).toBeGreaterThanOrEqual((providers.length * 5) / 6);
});
