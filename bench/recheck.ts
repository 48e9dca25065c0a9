// `npm run recheck [-- RULE…]`: a checker of others looks for texts on which the patterns of the rules run away, and what
// it finds is counted: see docs/writing-rules.md for what is let through.
import type { Diagnostics } from 'recheck';
import { check } from 'recheck';
import type { RuleMatcher } from '../src/model/rule.ts';
import { listRules } from '../src/model/packed-rules.ts';
import { loadBuiltInRules } from '../src/rules/load-rules.ts';
import { createHitCounter, MAX_STEPS_PER_WINDOW_BYTE } from '../test/rules/hit-cost.ts';

const TIMEOUT_MS = 4000;
/** Longer attacks say nothing: no pattern sees so much. */
const MAX_ATTACK_BYTES = 64 * 1024;

interface Verdict {
  readonly rule: RuleMatcher;
  readonly status: Diagnostics['status'];
  /** What the checker says of the time: `safe`, `exponential`, `3rd degree polynomial (fuzz)`. */
  readonly complexity: string;
  readonly attack: string;
  /** Steps of a hit on the attack, for each byte that the pattern can see. */
  readonly perByte: number;
  readonly isBad: boolean;
}

async function judge(rule: RuleMatcher): Promise<Verdict> {
  const found = await check(asTried(rule), rule.ignoreCase ? 'i' : '', { timeout: TIMEOUT_MS });
  if (found.status !== 'vulnerable') {
    const complexity = found.status === 'safe' ? 'safe' : found.error.kind;
    return { rule, status: found.status, complexity, attack: '', perByte: 0, isBad: false };
  }
  const perByte = countSteps(rule, found.attack.string.slice(0, MAX_ATTACK_BYTES));
  return {
    rule,
    status: found.status,
    complexity: found.complexity.summary,
    attack: found.attack.pattern,
    perByte,
    isBad: found.complexity.type === 'exponential' || perByte > MAX_STEPS_PER_WINDOW_BYTE,
  };
}

/** A pattern is tried at one place, or at each of those from which it may reach its keyword. */
function asTried({ pattern, lookback }: RuleMatcher): string {
  return lookback === 0 ? `^(?:${pattern})` : `^[^]{0,${lookback}}?(?:${pattern})`;
}

/** The dearest of the places at which the keyword may stand, and of the beginning. */
function countSteps(rule: RuleMatcher, attack: string): number {
  const counter = createHitCounter(rule);
  const places = rule.keywords.map((keyword) => attack.toLowerCase().indexOf(keyword.toLowerCase()));
  const hits = [0, rule.lookback, ...places].filter((at) => at >= 0 && at <= attack.length);
  return Math.max(...hits.map((at) => stepsAt(counter, attack, at))) / counter.windowBytes;
}

function stepsAt(counter: ReturnType<typeof createHitCounter>, text: string, at: number): number {
  try {
    return counter.count(text, at).steps;
  } catch {
    return Infinity;
  }
}

const only = new Set(process.argv.slice(2));
const rules = listRules(loadBuiltInRules().rules).filter(({ id }) => only.size === 0 || only.has(id));
const verdicts: Verdict[] = [];
for (const rule of rules) {
  if (verdicts.length % 50 === 0) process.stderr.write(`${verdicts.length} of ${rules.length}\n`);
  const verdict = await judge(rule);
  verdicts.push(verdict);
  if (verdict.status !== 'vulnerable') continue;
  const mark = verdict.isBad ? 'BAD  ' : 'bound';
  console.log(
    `${mark} ${rule.id}: ${verdict.complexity}, ${verdict.perByte.toFixed(1)} steps a byte, ${verdict.attack.slice(0, 120)}`,
  );
}
const counts = new Map<string, number>();
for (const { complexity } of verdicts) counts.set(complexity, (counts.get(complexity) ?? 0) + 1);
console.log([...counts].map(([complexity, count]) => `${complexity}: ${count}`).join('\n'));
const bad = verdicts.filter(({ isBad }) => isBad);
console.log(`${verdicts.length} patterns, ${bad.length} bad`);
if (bad.length > 0) process.exitCode = 1;
