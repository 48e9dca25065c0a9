// What only shows when the findings of all inputs are together: one secret in several places.
import type { Finding, Related } from '../model/finding.ts';
import { addReuse } from '../standards/map-standards.ts';

/** Other places named on one finding. */
const MAX_RELATED = 20;

/** Findings of one secret name each other; in several files or environments, standards take note of it. */
export function relateReuse(findings: readonly Finding[]): Finding[] {
  const byFingerprint = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = byFingerprint.get(finding.fingerprint);
    if (group) group.push(finding);
    else byFingerprint.set(finding.fingerprint, [finding]);
  }
  return findings.map((finding) => {
    const group = byFingerprint.get(finding.fingerprint)!;
    return group.length === 1 ? finding : relate(finding, group);
  });
}

function relate(finding: Finding, group: readonly Finding[]): Finding {
  const others = group.filter((other) => other !== finding);
  const related: Related[] = others.slice(0, MAX_RELATED).map(({ ruleId, location }) => ({
    relation: 'same-secret',
    ruleId,
    path: location.path,
    startLine: location.startLine,
  }));
  return { ...finding, related: [...finding.related, ...related], standards: addReuseOf(finding, group) };
}

function addReuseOf({ standards }: Finding, group: readonly Finding[]): Finding['standards'] {
  const paths = new Set(group.map(({ location }) => location.path));
  if (paths.size === 1) return standards;
  const environments = new Set([...paths].map(environmentOf).filter((name) => name !== undefined));
  return addReuse(standards, environments.size > 1 ? 'reused-across-environments' : 'reused');
}

const ENVIRONMENTS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['production', /(?:^|[/._-])(?:prod|production|live)(?:[/._-]|$)/i],
  ['staging', /(?:^|[/._-])(?:stag|staging|stage|preprod|uat)(?:[/._-]|$)/i],
  ['test', /(?:^|[/._-])(?:test|testing|qa|ci)(?:[/._-]|$)/i],
  ['development', /(?:^|[/._-])(?:dev|develop|development|local)(?:[/._-]|$)/i],
];

/** The environment that a path names, if it names one. */
function environmentOf(path: string): string | undefined {
  return ENVIRONMENTS.find(([, pattern]) => pattern.test(path))?.[0];
}
