// Markdown, for the job summary of a CI run or a comment. Everything from the scanned tree stands in code spans.
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { PROFILE_NOTE } from '../standards/profile.ts';
import { escapeMarkdown, escapeMarkdownCode } from './escape.ts';
import type { Format, FormatOptions } from './formatter.ts';
import { joinChunks } from './formatter.ts';
import { describeRuleOf, MANAGER_ADVICE, replacementOf } from './rule-text.ts';
import {
  describeCoverage,
  describeFindings,
  describeIncompleteness,
  describeSlots,
  describeSuppressed,
  groupByRule,
  sortBySeverity,
} from './summary.ts';
import { describeStorage, formatCount, formatNumber } from './wording.ts';

/** A job summary may be 1 MiB: rows are at most about 1 kB. */
const MAX_FINDINGS = 500;
const MAX_RULES = 100;
const MAX_DIAGNOSTICS = 20;
const MAX_CODE_LENGTH = 200;

export const MARKDOWN: Format = {
  description: 'job summary for CI systems (GITHUB_STEP_SUMMARY), merge request comments',
  fileExtension: 'md',
  format: (report, options) => joinChunks(writePage(report, options)),
};

function* writePage(report: Report, options: FormatOptions): Generator<string> {
  yield `## nhi-scan: ${escapeMarkdown(describeFindings(report))}\n\n`;
  yield* writeIncompleteness(report);
  yield* writeTable(report.findings, options);
  yield* writeAdvice(report.findings, options);
  if (!options.summary) return;
  const counts = [describeSlots(report), describeCoverage(report), describeSuppressed(report)];
  for (const line of counts) if (line !== undefined) yield `- ${escapeMarkdown(line)}\n`;
  if (report.findings.length > 0) yield `\n${escapeMarkdown(PROFILE_NOTE)}\n`;
}

function* writeIncompleteness(report: Report): Generator<string> {
  const incompleteness = describeIncompleteness(report);
  if (!incompleteness) return;
  yield `> **${escapeMarkdown(incompleteness.statement)}**\n`;
  for (const { subject, message } of incompleteness.errors.slice(0, MAX_DIAGNOSTICS)) {
    yield `>\n> - ${code(subject)}: ${code(message)}\n`;
  }
  const rest = incompleteness.errors.length - MAX_DIAGNOSTICS;
  if (rest > 0) yield `>\n> - and ${formatNumber(rest)} more\n`;
  yield '\n';
}

function* writeTable(findings: readonly Finding[], options: FormatOptions): Generator<string> {
  if (findings.length === 0) return;
  const shown = findings.length > MAX_FINDINGS ? sortBySeverity(findings).slice(0, MAX_FINDINGS) : findings;
  yield '| Severity | Credential | Where | Stored | Maps to |\n|---|---|---|---|---|\n';
  for (const finding of shown) yield writeRow(finding, options);
  const rest = findings.length - shown.length;
  if (rest > 0) yield `\n${formatCount(rest, 'less severe finding')} left out: see another format.\n`;
  yield '\n';
}

function writeRow(finding: Finding, options: FormatOptions): string {
  const { severity, confidence, location, storage, secret, standards } = finding;
  const at = storage.keyPath === undefined ? '' : `, ${code(storage.keyPath)}`;
  const cells = [
    severity === 'critical' || severity === 'high' ? `**${severity}**` : severity,
    `${escapeMarkdown(describeRuleOf(finding, options).name)}<br>${code(secret)}, ${confidence} confidence`,
    code(`${location.path}:${location.startLine}`),
    `${describeStorage(finding)}${at}`,
    escapeMarkdown([...standards.owaspNhi2025, ...standards.cwe].join(' ')),
  ];
  return `| ${cells.join(' | ')} |\n`;
}

function* writeAdvice(findings: readonly Finding[], options: FormatOptions): Generator<string> {
  if (findings.length === 0) return;
  yield '### What to do\n\n';
  for (const { first, count } of groupByRule(findings).slice(0, MAX_RULES)) {
    const rule = describeRuleOf(first, options);
    yield `- **${escapeMarkdown(rule.name)}** (${code(rule.id)}, ${formatCount(count, 'finding')})\n`;
    yield `  - Revoke: ${escapeMarkdown(rule.revoke)}\n`;
    yield `  - Replace: ${escapeMarkdown(replacementOf(rule) ?? MANAGER_ADVICE)}\n`;
  }
  yield '\n';
}

function code(text: string): string {
  return escapeMarkdownCode(text.length > MAX_CODE_LENGTH ? `${text.slice(0, MAX_CODE_LENGTH - 1)}…` : text);
}
