// SonarQube's generic issue import (sonar.externalIssuesReportPaths), the form of version 10.3 and later.
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { Severity } from '../model/rule.ts';
import type { Format, FormatOptions } from './formatter.ts';
import { joinChunks } from './formatter.ts';
import { describeRuleOf } from './rule-text.ts';
import { groupByRule } from './summary.ts';
import { describeStorage, filePathOf } from './wording.ts';
import { writeJson } from './write-json.ts';

/** For the standard experience, and for the mode that rates impacts. */
const SEVERITY_NAMES: Readonly<Record<Severity, { severity: string; impact: string }>> = {
  critical: { severity: 'BLOCKER', impact: 'BLOCKER' },
  high: { severity: 'CRITICAL', impact: 'HIGH' },
  medium: { severity: 'MAJOR', impact: 'MEDIUM' },
  low: { severity: 'MINOR', impact: 'LOW' },
  info: { severity: 'INFO', impact: 'INFO' },
};

export const SONARQUBE: Format = {
  description: 'SonarQube generic issues',
  fileExtension: 'json',
  format: (report, options) =>
    joinChunks(writeJson({ rules: eachRule(report, options), issues: eachIssue(report, options) })),
};

function* eachRule({ findings, tool }: Report, options: FormatOptions): Generator<Record<string, unknown>> {
  for (const { first } of groupByRule(findings)) {
    const rule = describeRuleOf(first, options);
    const { severity, impact } = SEVERITY_NAMES[rule.severity];
    yield {
      id: rule.id,
      name: rule.name,
      description: rule.description,
      engineId: tool.name,
      cleanCodeAttribute: 'TRUSTWORTHY',
      type: 'VULNERABILITY',
      severity,
      impacts: [{ softwareQuality: 'SECURITY', severity: impact }],
    };
  }
}

function* eachIssue({ findings }: Report, options: FormatOptions): Generator<Record<string, unknown>> {
  for (const finding of findings) {
    const rule = describeRuleOf(finding, options);
    yield {
      ruleId: finding.ruleId,
      primaryLocation: {
        message: `${rule.name} (${finding.secret}) is ${describeStorage(finding)}. Revoke: ${rule.revoke}`,
        filePath: filePathOf(finding.provenance),
        ...createTextRange(finding),
      },
    };
  }
}

/** Columns are offsets from 0 there. Lines within a container are none of the file's: it then gets none. */
function createTextRange({ location, provenance }: Finding): Record<string, unknown> {
  if (provenance.kind === 'member') return {};
  const { startLine, startColumn, endLine, endColumn } = location;
  return { textRange: { startLine, endLine, startColumn: startColumn - 1, endColumn: endColumn - 1 } };
}
