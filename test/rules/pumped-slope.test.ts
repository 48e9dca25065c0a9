// No rule's pattern can be made to work more than in proportion to what it sees, whatever stands there: shown by
// counted steps over inputs that are pumped from each rule's own keywords, examples and classes.
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Rule } from '../../src/model/rule.ts';
import { lintPattern, isComplaint } from '../../src/rules/lint-pattern.ts';
import { readRuleFiles } from '../../src/rules/load-rules.ts';
import { createHitCounter, MAX_STEPS_PER_WINDOW_BYTE } from './hit-cost.ts';
import type { PumpedInput } from './pumped-inputs.ts';
import { listPumpedInputs, pump } from './pumped-inputs.ts';
import { createStepCounter } from './step-counter.ts';

/**
 * Most steps for each byte of a text that is one keyword after another. The generic rules come nearest, by far: of
 * such a text the prefilter lets nothing through to them.
 */
const MAX_STEPS_PER_DENSE_BYTE = 1500;

interface RuleCost {
  readonly rule: Rule;
  readonly steps: number;
  readonly perByte: number;
  readonly worst: PumpedInput;
  /** Where the counter and the engine see different matches. */
  readonly differences: readonly string[];
}

function measure(rule: Rule): RuleCost {
  const counter = createHitCounter(rule);
  const engine = new RegExp(rule.pattern, rule.ignoreCase ? 'yi' : 'y');
  const differences: string[] = [];
  let [steps, worst] = [0, undefined as PumpedInput | undefined];
  for (const input of listPumpedInputs(rule)) {
    const text = pump(input, rule.reach + 1);
    const keywordAt = input.before.length + input.keywordAt;
    const found = counter.count(text, keywordAt);
    if (rule.lookback === 0 && found.end !== matchEnd(engine, text, keywordAt)) differences.push(text.slice(0, 200));
    if (worst === undefined || found.steps > steps) [steps, worst] = [found.steps, input];
  }
  return { rule, steps, perByte: steps / counter.windowBytes, worst: worst!, differences };
}

function matchEnd(engine: RegExp, text: string, at: number): number | undefined {
  engine.lastIndex = at;
  return engine.test(text) ? engine.lastIndex : undefined;
}

/** The steps of all hits of a text of one keyword after another, each tried where the engine would try it. */
function countDense({ rule, worst }: RuleCost, repeats: number): { steps: number; bytes: number } {
  const found = worst.head.slice(worst.keywordAt).toLowerCase();
  const keyword = rule.keywords.find((one) => found.startsWith(one.toLowerCase())) ?? rule.keywords[0]!;
  const text = keyword.repeat(repeats);
  const counter = createHitCounter(rule);
  let [steps, matchedTo] = [0, 0];
  for (let at = 0; at < text.length; at += keyword.length) {
    if (at < matchedTo) continue;
    const hit = counter.count(text, at);
    steps += hit.steps;
    matchedTo = hit.end ?? matchedTo;
  }
  return { steps, bytes: text.length };
}

function describeCost({ rule, steps, perByte }: RuleCost): string {
  return `${rule.id}: ${steps} steps, ${perByte.toFixed(1)} a byte`;
}

describe('the patterns of the built-in rules', () => {
  let costs: RuleCost[] = [];

  beforeAll(async () => {
    const placed = await readRuleFiles([join(import.meta.dirname, '../../rules')]);
    costs = placed.map(({ rule }) => measure(rule)).sort((a, b) => b.perByte - a.perByte);
  }, 240_000);

  it('are all measured, by a counter that sees what the engine sees', () => {
    expect(costs.length).toBeGreaterThan(1000);
    expect(costs.flatMap(({ rule, differences }) => differences.map((text) => `${rule.id}: ${text}`))).toEqual([]);
    // The counter counts: what a rule sees, it steps over.
    expect(costs.filter(({ steps }) => steps < 3).map(describeCost)).toEqual([]);
  });

  it('take steps in proportion to what they see', () => {
    const dear = costs.filter(({ perByte }) => perByte > MAX_STEPS_PER_WINDOW_BYTE);
    expect(dear.map(describeCost)).toEqual([]);
  });

  it('take no more steps where there is more text', () => {
    const growing = costs.filter(({ rule, worst }) => {
      const counter = createHitCounter(rule);
      const [two, four] = [2, 4].map((times) => {
        return counter.count(pump(worst, times * rule.reach), worst.before.length + worst.keywordAt).steps;
      }) as [number, number];
      return four !== two || two > MAX_STEPS_PER_WINDOW_BYTE * counter.windowBytes;
    });
    expect(growing.map(describeCost)).toEqual([]);
  });

  it('take steps in proportion to a text of nothing but keywords', () => {
    const dear = costs.flatMap((cost) => {
      const [keyword] = cost.rule.keywords;
      if (keyword === undefined) return [];
      // Twice what a hit sees: most hits see all that they can, and a longer text has more hits, none of them dearer.
      const { steps, bytes } = countDense(cost, Math.ceil((2 * (cost.rule.reach + cost.rule.lookback)) / keyword.length));
      const perByte = steps / bytes;
      return perByte > MAX_STEPS_PER_DENSE_BYTE ? [`${cost.rule.id}: ${perByte.toFixed(0)} a byte`] : [];
    });
    expect(dear).toEqual([]);
  }, 120_000);
});

describe('the step counter', () => {
  it.each([
    ['(?:a|aa){1,30}b', 20],
    ['(?:a{1,20}){1,20}b', 24],
    ['a{0,200}a{0,200}a{0,200}b', 200],
    ['[^]{0,200}?[^]{0,200}?[^]{0,200}?b', 200],
  ])('finds %s dear', (pattern, length) => {
    const text = 'a'.repeat(length);
    expect(createStepCounter(pattern, false).run(text, 0).steps).toBeGreaterThan(MAX_STEPS_PER_WINDOW_BYTE * 200);
    expect(isComplaint(lintPattern({ pattern: `x${pattern}`, ignoreCase: false, keywords: ['x'], lookback: 0 }))).toBe(true);
  });

  it.each([
    ['a{3}b', 'aaab', 5],
    ['a{0,9}?b', 'aab', 8],
    ['(?<=x)(?!c)[ab]{2}\\b', 'xab', 6],
  ])('counts the steps of %s on %s', (pattern, text, steps) => {
    const at = text.startsWith('x') ? 1 : 0;
    expect(createStepCounter(pattern, false).run(text, at)).toEqual({ steps, end: text.length });
  });

  it('gives up where it is told to', () => {
    expect(() => createStepCounter('a{3}b', false).run('aaab', 0, 3)).toThrow('more than 3 steps');
  });
});
