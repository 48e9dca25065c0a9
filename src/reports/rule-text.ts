// What formats say of a rule, for findings whose rule is no longer there, too.
import type { Finding } from '../model/finding.ts';
import type { FormatOptions, RuleDescription } from './formatter.ts';

export function describeRuleOf(finding: Finding, options: FormatOptions): RuleDescription {
  const { ruleId, severity, confidence } = finding;
  return (
    options.describeRule(ruleId) ?? {
      id: ruleId,
      name: ruleId,
      provider: '',
      description: 'A credential that a rule of another rule set found.',
      revoke: 'Revoke it where it was issued.',
      workloadIdentity: 'unknown',
      references: [],
      severity,
      confidence,
    }
  );
}

/** What replaces the credential by an identity without a stored secret, where something is known. */
export function replacementOf({ workloadIdentity }: RuleDescription): string | undefined {
  return workloadIdentity === 'none' || workloadIdentity === 'unknown' ? undefined : workloadIdentity;
}

/** What to do, in the absence of something better: no provider issues identities for it. */
export const MANAGER_ADVICE: string =
  'Keep its successor in a secrets manager, and read it from there at run time.';
