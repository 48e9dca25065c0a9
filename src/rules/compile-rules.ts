// Rules → the tables that a scan loads: matchers for the engine, texts for people.
import { createHash } from 'node:crypto';
import type { Rule, RuleMatcher, RuleSet, RuleText } from '../model/rule.ts';
import { packRules } from '../model/packed-rules.ts';
import { looksLikeName, nearest, UserError } from '../model/user-error.ts';
import type { PlacedRule } from './parse-rules.ts';

/**
 * Checks what can only be seen over all the rules: ids are unique, required rules exist.
 * @throws UserError naming the place of the rule at fault
 */
export function checkRuleSet(placed: readonly PlacedRule[], known: readonly string[] = []): void {
  const places = new Map<string, string>();
  for (const { rule, place } of placed) {
    const first = places.get(rule.id) ?? (known.includes(rule.id) ? 'the built-in rules' : undefined);
    if (first) throw new UserError(`duplicate rule id '${rule.id}'`, { place, hint: `also in ${first}` });
    places.set(rule.id, place);
  }
  const ids = [...places.keys(), ...known];
  for (const { rule, place } of placed) {
    const missing = rule.requires.find((requirement) => !ids.includes(requirement.rule));
    if (!missing) continue;
    const guess = nearest(missing.rule, ids);
    const what = looksLikeName(missing.rule) ? `'${missing.rule}'` : 'a rule';
    throw new UserError(`rule '${rule.id}' requires ${what}, which does not exist`, {
      place,
      hint: guess ? `did you mean '${guess}'?` : 'name the id of another rule',
    });
  }
}

/** The rules of a set, in order of id, with its hash. */
export function createRuleSet(matchers: readonly RuleMatcher[]): RuleSet {
  const sorted = [...matchers].sort((a, b) => (a.id < b.id ? -1 : 1));
  const hash = createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
  return { rules: packRules(sorted), hash };
}

export function toMatcher(rule: Rule): RuleMatcher {
  return {
    id: rule.id,
    provider: rule.provider,
    kind: rule.kind,
    shape: rule.shape,
    keywords: rule.keywords,
    pattern: rule.pattern,
    ignoreCase: rule.ignoreCase,
    lookback: rule.lookback,
    reach: rule.reach,
    assigned: rule.assigned,
    literal: rule.literal,
    ...(rule.valueRun === undefined ? {} : { valueRun: rule.valueRun }),
    ...(rule.beforeKeyword === undefined ? {} : { beforeKeyword: rule.beforeKeyword }),
    ...(rule.afterKeyword === undefined ? {} : { afterKeyword: rule.afterKeyword }),
    ...(rule.entropy === undefined ? {} : { entropy: rule.entropy }),
    ...(rule.checksum === undefined ? {} : { checksum: rule.checksum }),
    severity: rule.severity,
    confidence: rule.confidence,
    lifetime: rule.lifetime,
    ...(rule.identity === undefined ? {} : { identity: rule.identity }),
    opensSecrets: rule.opensSecrets,
    requires: rule.requires,
    ...(rule.files === undefined ? {} : { files: rule.files }),
    ...(rule.posture === undefined ? {} : { posture: rule.posture }),
  };
}

export function toText(rule: Rule): RuleText {
  const { id, name, provider, description, revoke, workloadIdentity, references } = rule;
  return { id, name, provider, description, revoke, workloadIdentity, references };
}
