// Workers that die or hang: every input is answered for once, and what was not scanned is said.
import { describe, expect, it } from 'vitest';
import { displayPath } from '../../src/model/blob.ts';
import { createPool } from '../../src/scan/pool.ts';
import { packRules } from '../../src/model/packed-rules.ts';
import type { Input } from '../../src/sources/input.ts';
import { createMatcher } from '../engine/sample-rules.ts';
import { createSetup } from './scan-bytes.ts';

const RULES = ['first-rule', 'second-rule', 'third-rule', 'fourth-rule', 'fifth-rule'].map((id) =>
  createMatcher({ id, keywords: ['kkk'], pattern: 'kkk' }),
);

/** Paths by what became of them; inputs do what their words say. */
async function runPool(words: readonly string[], workers: number): Promise<Record<string, string>> {
  const inputs = words.map((word, index): Input => ({
    kind: 'bytes',
    provenance: { kind: 'stdin', path: `${index}` },
    bytes: Buffer.from(word),
  }));
  const outcomes: [string, string][] = [];
  const workerUrl = new URL('./accident-worker.js', import.meta.url);
  const setups = [createSetup({ rules: packRules(RULES) })];
  const pool = createPool({ setups, workers, inputBudgetMs: 300, workerUrl });
  const half = Math.ceil(words.length / 2);
  // In two feeds: the second one is for workers that have waited, and for those that replace others.
  for (const part of [inputs.slice(0, half), inputs.slice(half)]) {
    await pool.scan(part[Symbol.iterator](), 0, (input, outcome) => {
      const said = outcome.status === 'failed' ? outcome.diagnostic.message : outcome.status;
      outcomes.push([displayPath(input.provenance), said]);
    });
  }
  await pool.close();
  expect(outcomes).toHaveLength(words.length);
  return Object.fromEntries(outcomes);
}

function expectOutcomes(
  words: readonly string[],
  said: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(words.map((word, index) => [`${index}`, said[word] ?? 'scanned']));
}

describe.each([1, 2])('a pool of %i', (workers) => {
  it('answers for every input once, though workers die', async () => {
    const words = Array.from({ length: 300 }, (_, index) => ['ok', 'ok', 'ok'][index % 3]!);
    [3, 70, 299].forEach((at) => (words[at] = 'die'));
    words[130] = 'die once';
    words[200] = 'throw';
    expect(await runPool(words, workers)).toEqual(
      expectOutcomes(words, { die: 'not scanned: exit code 9', throw: 'not scanned: thrown' }),
    );
  });

  it('stops what hangs, tries it without its rule, and scans the others', async () => {
    const words = Array.from({ length: 100 }, () => 'ok');
    words[1] = 'hang';
    words[99] = 'hang by rule';
    expect(await runPool(words, workers)).toEqual(
      expectOutcomes(words, { hang: 'not scanned: it took too long' }),
    );
  });

  it('lets work what takes long and goes on', async () => {
    expect(await runPool(['work long', 'ok', 'ok'], workers)).toEqual({
      0: 'scanned',
      1: 'scanned',
      2: 'scanned',
    });
  });

  it('gives up on what hangs by one rule after another', async () => {
    const said = await runPool(['ok', 'hang by every rule'], workers);
    expect(said[1]).toBe(
      'not scanned: the patterns of first-rule, second-rule, third-rule, fourth-rule took too long',
    );
  });
});
