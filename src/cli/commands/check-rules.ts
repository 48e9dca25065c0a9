// `nhi-scan rules check`: reads rule files, and runs every example of theirs through the real scanner.
import { checkRuleSet, toMatcher } from '../../rules/compile-rules.ts';
import { loadBuiltInReferences, loadBuiltInRules, readRuleFiles } from '../../rules/load-rules.ts';
import { listRules } from '../../model/packed-rules.ts';
import { UserError } from '../../model/user-error.ts';
import { formatCount } from '../../reports/wording.ts';
import { checkExamples } from '../check-examples.ts';
import { EXIT } from '../exit-code.ts';
import { print } from '../standard-streams.ts';

const MAX_ROUNDS = 1000;

/**
 * A file that is built in may be checked too: its rules stand in for the built-in ones of the same ids.
 * @throws UserError for a file that cannot be read or does not parse
 */
export async function checkRules(files: readonly string[], roundsText: string): Promise<number> {
  const rounds = parseRounds(roundsText);
  const placed = await readRuleFiles(files);
  const rules = placed.map(({ rule }) => rule);
  const own = new Set(rules.map(({ id }) => id));
  const others = listRules(loadBuiltInRules().rules).filter(({ id }) => !own.has(id));
  checkRuleSet(
    placed,
    others.map(({ id }) => id),
  );
  const matchers = [...others, ...rules.map(toMatcher)];
  const problems = checkExamples({ rules, matchers, references: loadBuiltInReferences(), rounds });
  const places = new Map(placed.map(({ rule, place }) => [rule.id, place]));
  const lines = problems.map(({ ruleId, message }) => `${places.get(ruleId)}: ${ruleId}: ${message}\n`);
  const count = rules.reduce(
    (sum, rule) => sum + rule.examples.reduce((n, example) => n + example.in.length, 0),
    0,
  );
  const negatives = rules.reduce((sum, rule) => sum + rule.negativeExamples.length, 0);
  const counts = [
    formatCount(rules.length, 'rule'),
    formatCount(count, 'example'),
    formatCount(negatives, 'negative'),
  ];
  const outcome = problems.length === 0 ? 'no problems' : formatCount(problems.length, 'problem');
  print([...lines, `${counts.join(', ')}: ${outcome}\n`]);
  return problems.length === 0 ? EXIT.clean : EXIT.findings;
}

function parseRounds(text: string): number {
  const rounds = /^[0-9]{1,4}$/.test(text) ? Number(text) : 0;
  if (rounds >= 1 && rounds <= MAX_ROUNDS) return rounds;
  throw new UserError(`--rounds wants a whole number from 1 to ${MAX_ROUNDS}, not '${text}'`);
}
