// JUnit XML, which every CI system reads: a failed test for each finding, an error where the scan is incomplete.
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { escapeXml } from './escape.ts';
import type { Format, FormatOptions } from './formatter.ts';
import { joinChunks } from './formatter.ts';
import { describeRuleOf, MANAGER_ADVICE, replacementOf } from './rule-text.ts';
import type { Incompleteness } from './summary.ts';
import { describeCoverage, describeIncompleteness, describeSlots } from './summary.ts';
import { describeIdentity, describeStorage } from './wording.ts';

export const JUNIT: Format = {
  description: 'JUnit XML, for the test views of CI systems',
  fileExtension: 'xml',
  format: (report, options) => joinChunks(writeSuites(report, options)),
};

function* writeSuites(report: Report, options: FormatOptions): Generator<string> {
  const incompleteness = describeIncompleteness(report);
  const failures = report.findings.length;
  const errors = incompleteness ? 1 : 0;
  // A suite without a case is an error to several systems: what is in order is a case that passes.
  const tests = Math.max(failures + errors, 1);
  const seconds = (report.coverage.durationMs / 1000).toFixed(3);
  const counts = `tests="${tests}" failures="${failures}" errors="${errors}" time="${seconds}"`;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="nhi-scan" ${counts}>\n  <testsuite name="nhi-scan" skipped="0" ${counts}>\n`;
  for (const finding of report.findings) yield writeFailure(finding, options);
  if (incompleteness) yield writeError(incompleteness);
  if (failures + errors === 0)
    yield '    <testcase classname="nhi-scan" name="no hard-coded credential" time="0"/>\n';
  const out = [describeSlots(report), describeCoverage(report)].map(escapeXml).join('&#10;');
  yield `    <system-out>${out}</system-out>\n  </testsuite>\n</testsuites>\n`;
}

function writeFailure(finding: Finding, options: FormatOptions): string {
  const { location, storage, identity, standards, notes, secret, ruleId } = finding;
  const rule = describeRuleOf(finding, options);
  const place = `${location.path}:${location.startLine}:${location.startColumn}`;
  const at = storage.keyPath === undefined ? '' : ` at ${storage.keyPath}`;
  const lines = [
    `${place}: ${secret} is ${describeStorage(finding)}${at}`,
    ...(identity === undefined ? [] : [`Identity: ${describeIdentity(identity)}`]),
    ...notes.map((note) => `Note: ${note}`),
    `Maps to: ${[standards.profile, ...standards.owaspNhi2025, ...standards.cwe].join(' ')}`,
    `Revoke: ${rule.revoke}`,
    `Replace: ${replacementOf(rule) ?? MANAGER_ADVICE}`,
  ];
  const name = `${ruleId} at ${location.startLine}:${location.startColumn}`;
  const message = `${rule.name}, ${finding.severity}, ${finding.confidence} confidence`;
  return [
    `    <testcase classname="${escapeXml(location.path)}" name="${escapeXml(name)}" file="${escapeXml(location.path)}" time="0">\n`,
    `      <failure type="${escapeXml(ruleId)}" message="${escapeXml(message)}">`,
    lines.map(escapeXml).join('&#10;'),
    '</failure>\n    </testcase>\n',
  ].join('');
}

function writeError({ statement, errors }: Incompleteness): string {
  const lines = errors.map(({ subject, message }) => escapeXml(`${subject}: ${message}`));
  return [
    '    <testcase classname="nhi-scan" name="complete scan" time="0">\n',
    `      <error type="incomplete" message="${escapeXml(statement)}">${lines.join('&#10;')}</error>\n`,
    '    </testcase>\n',
  ].join('');
}
