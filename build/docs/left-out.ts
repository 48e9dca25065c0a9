// docs/rules/left-out.md: the services and credentials that have no rule, and why.
import type { Rule } from '../../src/model/rule.ts';
import type { CoverageRow } from '../coverage.ts';
import { readCredentials, readProviders } from '../coverage.ts';
import { code, page, table } from './markdown.ts';

export function describeLeftOut(rules: readonly Rule[]): string {
  const providers = readProviders();
  const reasons = groupByReason(providers);
  const without = [...reasons.values()].reduce((sum, names) => sum + names.length, 0);
  const generic = rules.filter(({ shape, kind }) => shape === 'generic' && kind === 'secret');
  const rows = [...reasons].map(([reason, names]) => [reason, `${names.length}`]);
  return page('What has no rule', [
    `Tools of this kind detect credentials of ${providers.length} services between them. ${providers.length - without} of these have a rule here, ${without} have none. A rule is written where the vendor documents the form of its credentials, or where their form is public knowledge; a form is never guessed.`,
    `A credential of a service without a rule is still reported where the name of its variable, its place in an address or the command around it says what it is: by ${generic.map(({ id }) => code(id)).join(', ')}. What is then missing is the name of the service and how to revoke the credential there. [Your own rules](../writing-rules.md) can close the gap.`,
    table(['why', 'services'], rows),
    '## Services',
    ...[...reasons].map(([reason, names]) => `### ${capitalize(reason)}\n\n${names.join(', ')}`),
    '## Credentials of services that have rules',
    table(['provider', 'credential', 'why it has no rule of its own'], listCredentials()),
  ]);
}

/** How many of the known services have a rule, in one sentence. */
export function summarizeCoverage(): string {
  const providers = readProviders();
  const answered = providers.filter(({ ruleId }) => ruleId !== undefined).length;
  return `${answered} of the ${providers.length} services that tools of this kind detect are covered; [what has no rule, and why](left-out.md).`;
}

function listCredentials(): string[][] {
  return readCredentials().flatMap(({ names, reason }) => (reason === undefined ? [] : [[...names, reason]]));
}

/** Reason → names, the reason of most names first. */
function groupByReason(rows: readonly CoverageRow[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { names, reason } of rows) {
    if (reason !== undefined) groups.set(reason, [...(groups.get(reason) ?? []), names.join(' ')]);
  }
  return new Map([...groups].sort(([, a], [, b]) => b.length - a.length));
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
