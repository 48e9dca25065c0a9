// GitLab's secret detection report (artifacts:reports:secret_detection), schema 15.2. Never holds raw source code.
import type { Finding } from '../model/finding.ts';
import type { Diagnostic, Report } from '../model/report.ts';
import type { Severity } from '../model/rule.ts';
import { describeStandard } from '../standards/describe-standard.ts';
import { escapeMarkdown, isPlainLink } from './escape.ts';
import type { Format, FormatOptions, RuleDescription } from './formatter.ts';
import { joinChunks } from './formatter.ts';
import { createOccurrenceIds, toUuid } from './occurrence.ts';
import { describeRuleOf, MANAGER_ADVICE, replacementOf } from './rule-text.ts';
import { commitOf, describeStorage, filePathOf } from './wording.ts';
import { writeJson } from './write-json.ts';

const SCHEMA_VERSION = '15.2.1';
/** What GitLab's own analyzer writes for content outside a commit. */
const NO_COMMIT = '0000000';
/** Limits of the schema, in characters. */
const MAX_NAME = 255;
const MAX_SOLUTION = 7000;

const SEVERITY_NAMES: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'Info',
};

export const GITLAB: Format = {
  description: 'GitLab secret detection report (gl-secret-detection-report.json)',
  fileExtension: 'json',
  format: (report, options) => joinChunks(writeJson(createReport(report, options))),
};

function createReport(report: Report, options: FormatOptions): Record<string, unknown> {
  const { name, version } = report.tool;
  const program = { id: name, name, version, vendor: { name } };
  const endedAt = new Date(options.endedAt);
  return {
    version: SCHEMA_VERSION,
    schema: `https://gitlab.com/gitlab-org/security-products/security-report-schemas/-/raw/v${SCHEMA_VERSION}/dist/secret-detection-report-format.json`,
    scan: {
      analyzer: program,
      scanner: program,
      type: 'secret_detection',
      start_time: formatTime(new Date(endedAt.getTime() - report.coverage.durationMs)),
      end_time: formatTime(endedAt),
      status: report.complete ? 'success' : 'failure',
      messages: report.diagnostics.map(createMessage),
    },
    vulnerabilities: eachVulnerability(report, options),
  };
}

/** UTC, to the second, without a zone: the only form that the schema accepts. */
function formatTime(time: Date): string {
  return time.toISOString().slice(0, 19);
}

function createMessage({ level, subject, message }: Diagnostic): Record<string, string> {
  return { level: level === 'error' ? 'fatal' : 'warn', value: `${subject}: ${message}` };
}

function* eachVulnerability(
  { findings }: Report,
  options: FormatOptions,
): Generator<Record<string, unknown>> {
  const createId = createOccurrenceIds();
  for (const finding of findings) {
    yield createVulnerability(finding, toUuid(createId(finding)), describeRuleOf(finding, options));
  }
}

function createVulnerability(finding: Finding, id: string, rule: RuleDescription): Record<string, unknown> {
  const { location, provenance } = finding;
  const commit = commitOf(provenance);
  return {
    id,
    name: rule.name.slice(0, MAX_NAME),
    description: writeDescription(finding, rule),
    severity: SEVERITY_NAMES[finding.severity],
    solution: escapeMarkdown(`${rule.revoke} ${replacementOf(rule) ?? MANAGER_ADVICE}`).slice(
      0,
      MAX_SOLUTION,
    ),
    location: {
      file: filePathOf(provenance),
      start_line: location.startLine,
      end_line: location.endLine,
      commit:
        commit === undefined
          ? { sha: NO_COMMIT }
          : { sha: commit.commit, author: commit.author, date: commit.date },
    },
    // The first decides, with the location, what GitLab takes for the same: stable, and without the value.
    identifiers: [
      { type: 'nhi_scan_rule_id', name: `nhi-scan rule ${rule.id}`, value: rule.id },
      ...finding.standards.cwe.map((cwe) => createIdentifier('cwe', cwe, cwe.replace('CWE-', ''))),
      ...finding.standards.owaspNhi2025.map((risk) => createIdentifier('owasp_nhi', risk, risk)),
    ],
    links: rule.references.filter(isPlainLink).map((url) => ({ url })),
  };
}

function createIdentifier(type: string, id: string, value: string): Record<string, string> {
  const standard = describeStandard(id);
  const name = standard === undefined || type === 'cwe' ? id : `${id} ${standard.title}`;
  return { type, name, value, ...(standard === undefined ? {} : { url: standard.url }) };
}

/** GitLab shows it as Markdown. */
function writeDescription(finding: Finding, rule: RuleDescription): string {
  const { storage, notes } = finding;
  const at = storage.keyPath === undefined ? '' : ` at ${storage.keyPath}`;
  return [rule.description, `${finding.secret} is ${describeStorage(finding)}${at}.`, ...notes]
    .map(escapeMarkdown)
    .join('\n\n');
}
