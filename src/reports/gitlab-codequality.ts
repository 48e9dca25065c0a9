// GitLab's Code Quality report (artifacts:reports:codequality): shows findings in merge requests on every tier.
import type { Report } from '../model/report.ts';
import type { Severity } from '../model/rule.ts';
import type { Format, FormatOptions } from './formatter.ts';
import { joinChunks } from './formatter.ts';
import { createOccurrenceIds } from './occurrence.ts';
import { describeRuleOf } from './rule-text.ts';
import { describeStorage, filePathOf } from './wording.ts';
import { writeJson } from './write-json.ts';

const SEVERITY_NAMES: Readonly<Record<Severity, string>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
  info: 'info',
};

export const GITLAB_CODE_QUALITY: Format = {
  description: 'GitLab Code Quality report (gl-code-quality-report.json)',
  fileExtension: 'json',
  format: (report, options) => joinChunks(writeJson(eachIssue(report, options))),
};

function* eachIssue({ findings }: Report, options: FormatOptions): Generator<Record<string, unknown>> {
  const createId = createOccurrenceIds();
  for (const finding of findings) {
    const rule = describeRuleOf(finding, options);
    yield {
      description: `${rule.name} (${finding.secret}) is ${describeStorage(finding)}. Revoke: ${rule.revoke}`,
      check_name: finding.ruleId,
      fingerprint: createId(finding),
      severity: SEVERITY_NAMES[finding.severity],
      location: {
        path: filePathOf(finding.provenance),
        lines: { begin: finding.location.startLine, end: finding.location.endLine },
      },
    };
  }
}
