// What only shows when the findings of all inputs are together: one secret in several places.
import type { Finding, Related } from '../model/finding.ts';
import { addReuse } from '../standards/map-standards.ts';

/** Other places named on one finding. */
const MAX_RELATED = 20;

/** Findings of one secret name each other; in several files or environments, standards take note of it. */
export function relateReuse(findings: readonly Finding[]): Finding[] {
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    const group = groups.get(finding.fingerprint);
    if (group) group.findings.push(finding);
    else groups.set(finding.fingerprint, { findings: [finding] });
  }
  return findings.map((finding) => {
    const group = groups.get(finding.fingerprint)!;
    return group.findings.length === 1 ? finding : relate(finding, group);
  });
}

/** The findings of one secret. */
interface Group {
  readonly findings: Finding[];
  /** Known when it has been asked for once: a group may be as large as a report. */
  reuse?: Reuse;
}

type Reuse = 'in-one-file' | 'reused' | 'reused-across-environments';

function relate(finding: Finding, group: Group): Finding {
  const others = group.findings.slice(0, MAX_RELATED + 1).filter((other) => other !== finding);
  const related: Related[] = others.slice(0, MAX_RELATED).map(({ ruleId, location }) => ({
    relation: 'same-secret',
    ruleId,
    path: location.path,
    startLine: location.startLine,
  }));
  const reuse = (group.reuse ??= reuseOf(group));
  const standards = reuse === 'in-one-file' ? finding.standards : addReuse(finding.standards, reuse);
  return { ...finding, related: [...finding.related, ...related], standards };
}

function reuseOf({ findings }: Group): Reuse {
  const paths = new Set(findings.map(({ location }) => location.path));
  if (paths.size === 1) return 'in-one-file';
  const environments = new Set([...paths].map(environmentOf).filter((name) => name !== undefined));
  return environments.size > 1 ? 'reused-across-environments' : 'reused';
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
