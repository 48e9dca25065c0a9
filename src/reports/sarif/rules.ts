// The rules of a SARIF run: what GitHub and others show beside an alert. Only rules that have findings.
import type { ReportingDescriptor, Result } from 'sarif';
import type { Finding } from '../../model/finding.ts';
import type { Confidence, Severity } from '../../model/rule.ts';
import { escapeMarkdown, isPlainLink } from '../escape.ts';
import type { FormatOptions, RuleDescription } from '../formatter.ts';
import { describeRuleOf, MANAGER_ADVICE, replacementOf } from '../rule-text.ts';
import { referToTaxa } from './taxonomies.ts';

/** GitHub's limits, in characters, and in tags that it keeps of a rule. */
const MAX_NAME = 255;
const MAX_DESCRIPTION = 1024;
const MAX_TAGS = 10;

export const LEVELS: Readonly<Record<Severity, NonNullable<Result['level']>>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** GitHub: over 9.0 critical, from 7.0 high, from 4.0 medium, else low. */
const SECURITY_SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.5',
  info: '0.5',
};

const PROBLEM_SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'recommendation',
  info: 'recommendation',
};

const PRECISIONS: Readonly<Record<Confidence, string>> = { high: 'high', medium: 'medium', low: 'low' };

/** In order of id, so that the same findings give the same file. */
export function createRules(findings: readonly Finding[], options: FormatOptions): ReportingDescriptor[] {
  const byRule = new Map<string, Finding[]>();
  for (const finding of findings) {
    const others = byRule.get(finding.ruleId);
    if (others) others.push(finding);
    else byRule.set(finding.ruleId, [finding]);
  }
  return [...byRule]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, ofRule]) => createRule(describeRuleOf(ofRule[0]!, options), ofRule));
}

function createRule(rule: RuleDescription, findings: readonly Finding[]): ReportingDescriptor {
  const helpUri = rule.references.find(isPlainLink);
  return {
    id: rule.id,
    name: cut(rule.name, MAX_NAME),
    shortDescription: { text: cut(`${rule.name} outside a secrets manager`, MAX_DESCRIPTION) },
    fullDescription: { text: cut(rule.description, MAX_DESCRIPTION) },
    ...(helpUri === undefined ? {} : { helpUri }),
    help: { text: writeHelp(rule), markdown: writeMarkdownHelp(rule) },
    defaultConfiguration: { level: LEVELS[rule.severity] },
    relationships: referToTaxa(findings).map((target) => ({ target, kinds: ['relevant'] })),
    properties: {
      tags: createTags(findings),
      precision: PRECISIONS[rule.confidence],
      'problem.severity': PROBLEM_SEVERITIES[rule.severity],
      'security-severity': SECURITY_SEVERITIES[rule.severity],
    },
  };
}

/** The tags that GitHub filters by come first: it keeps ten. */
function createTags(findings: readonly Finding[]): string[] {
  const cwe = findings
    .flatMap(({ standards }) => standards.cwe)
    .map((id) => `external/cwe/${id.toLowerCase()}`);
  const owasp = findings.flatMap(({ standards }) => standards.owaspNhi2025);
  const ordered = new Set(['security', 'external/cwe/cwe-798', 'secrets', 'NHI-03', ...owasp, ...cwe]);
  return [...ordered].slice(0, MAX_TAGS);
}

function writeHelp(rule: RuleDescription): string {
  const replacement = replacementOf(rule) ?? MANAGER_ADVICE;
  return `${rule.description}\n\nRevoke: ${rule.revoke}\n\nReplace: ${replacement}`;
}

function writeMarkdownHelp(rule: RuleDescription): string {
  const links = rule.references.filter(isPlainLink).map((url) => `- <${url}>`);
  return [
    escapeMarkdown(rule.description),
    '## What to do',
    `1. **Revoke it.** ${escapeMarkdown(rule.revoke)} What was committed stays in the history: removing the line is not enough.`,
    `2. **Replace it.** ${escapeMarkdown(replacementOf(rule) ?? MANAGER_ADVICE)}`,
    '3. **Remove it** from the file, and read its successor at run time.',
    ...(links.length === 0 ? [] : ['## References', links.join('\n')]),
  ].join('\n\n');
}

function cut(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1)}…`;
}
