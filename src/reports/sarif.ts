// SARIF 2.1.0: one run, within the limits of GitHub code scanning, and readable by others.
import type { Notification, Result } from 'sarif';
import type { Finding } from '../model/finding.ts';
import type { Diagnostic, Report } from '../model/report.ts';
import { summariseSlots } from '../model/report.ts';
import { PROFILE_NOTE } from '../standards/profile.ts';
import type { Format, FormatOptions } from './formatter.ts';
import { joinChunks } from './formatter.ts';
import { createResult, escapeMessage, ROOT } from './sarif/results.ts';
import { createRules } from './sarif/rules.ts';
import { createTaxonomies, referToTaxonomies } from './sarif/taxonomies.ts';
import { countSuppressed, sortBySeverity, sumCounts } from './summary.ts';
import { formatCount, formatNumber } from './wording.ts';
import { writeJson } from './write-json.ts';

/** GitHub refuses files with more results in a run. */
const MAX_RESULTS = 25_000;

export const SARIF: Format = {
  description: 'SARIF 2.1.0, for GitHub code scanning, Azure DevOps and other viewers',
  fileExtension: 'sarif',
  hasLineHashes: true,
  format: (report, options) => joinChunks(writeJson(createLog(report, options))),
};

function createLog(report: Report, options: FormatOptions): Record<string, unknown> {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [createRun(report, options)],
  };
}

function createRun(report: Report, options: FormatOptions): Record<string, unknown> {
  const findings = keepMostSevere(report.findings);
  const rules = createRules(findings, options);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const { name, version, rulesHash } = report.tool;
  return {
    tool: {
      driver: {
        name,
        semanticVersion: version,
        version,
        fullDescription: { text: PROFILE_NOTE },
        supportedTaxonomies: referToTaxonomies(),
        rules,
        properties: { rulesHash },
      },
    },
    taxonomies: createTaxonomies(findings),
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [ROOT]: { description: { text: 'The root of the scanned tree.' } } },
    invocations: [
      {
        executionSuccessful: report.complete,
        toolExecutionNotifications: createNotifications(report, report.findings.length - findings.length),
      },
    ],
    results: eachResult(findings, indexes, options),
    properties: {
      complete: report.complete,
      coverage: report.coverage,
      slots: summariseSlots(report.slots),
      suppressed: sumCounts(countSuppressed(report)),
    },
  };
}

/** In the order of the report as long as all fit; else the most severe first. */
function keepMostSevere(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= MAX_RESULTS) return findings;
  return sortBySeverity(findings).slice(0, MAX_RESULTS);
}

function* eachResult(
  findings: readonly Finding[],
  indexes: ReadonlyMap<string, number>,
  options: FormatOptions,
): Generator<Result> {
  for (const finding of findings) yield createResult(finding, indexes.get(finding.ruleId)!, options);
}

function createNotifications({ diagnostics }: Report, left: number): Notification[] {
  const notifications = diagnostics.map(({ level, subject, message }: Diagnostic): Notification => ({
    level,
    message: { text: escapeMessage(`${subject}: ${message}`) },
  }));
  if (left === 0) return notifications;
  const text = `${formatCount(left, 'finding')} left out: this format holds ${formatNumber(MAX_RESULTS)}, the most severe.`;
  return [{ level: 'warning', message: { text } }, ...notifications];
}
