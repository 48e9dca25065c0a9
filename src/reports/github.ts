// GitHub workflow commands: annotations in the log and the files of a pull request. GitHub shows ten of each level.
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { Severity } from '../model/rule.ts';
import { breakCommands, escapeCommandData, escapeCommandProperty, escapeTerminal } from './escape.ts';
import type { Format, FormatOptions } from './formatter.ts';
import { joinChunks } from './formatter.ts';
import { describeRuleOf, replacementOf } from './rule-text.ts';
import {
  describeCoverage,
  describeFindings,
  describeIncompleteness,
  describeSlots,
  sortBySeverity,
} from './summary.ts';
import { describeStorage, filePathOf, formatCount } from './wording.ts';

type Level = 'error' | 'warning' | 'notice';

const LEVELS: Readonly<Record<Severity, Level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
  info: 'notice',
};

/** Annotations of a level that GitHub shows. */
const MAX_OF_LEVEL = 10;

export const GITHUB: Format = {
  description: 'annotations in GitHub Actions, ten of each level, the most severe first',
  fileExtension: 'txt',
  format: (report, options) => joinChunks(writeCommands(report, options)),
};

function* writeCommands(report: Report, options: FormatOptions): Generator<string> {
  const incompleteness = describeIncompleteness(report);
  const left = countRoom(report, incompleteness !== undefined);
  let hidden = 0;
  for (const finding of sortBySeverity(report.findings)) {
    const level = LEVELS[finding.severity];
    if (left[level] === 0) {
      hidden++;
      continue;
    }
    left[level]--;
    yield annotate(level, finding, options);
  }
  if (incompleteness) yield writeCommand('error', 'nhi-scan: incomplete', incompleteness.statement);
  if (hidden > 0) {
    const text = `${formatCount(hidden, 'further finding')} without an annotation: GitHub shows ten of each level.`;
    yield writeCommand('notice', 'nhi-scan', text);
  }
  if (options.summary) yield* writeSummary(report);
}

/** Annotations that findings may take of each level: what is said of the whole scan takes an error, or a notice. */
function countRoom({ findings }: Report, isIncomplete: boolean): Record<Level, number> {
  const room = {
    error: isIncomplete ? MAX_OF_LEVEL - 1 : MAX_OF_LEVEL,
    warning: MAX_OF_LEVEL,
    notice: MAX_OF_LEVEL,
  };
  const needed = { error: 0, warning: 0, notice: 0 };
  for (const { severity } of findings) needed[LEVELS[severity]]++;
  const isOver = (['error', 'warning', 'notice'] as const).some((level) => needed[level] > room[level]);
  return isOver ? { ...room, notice: MAX_OF_LEVEL - 1 } : room;
}

function annotate(level: Level, finding: Finding, options: FormatOptions): string {
  const { location, provenance, storage, secret } = finding;
  const rule = describeRuleOf(finding, options);
  const isOneLine = location.startLine === location.endLine;
  const properties = [
    `file=${escapeCommandProperty(filePathOf(provenance))}`,
    `line=${location.startLine}`,
    `endLine=${location.endLine}`,
    // Columns of a range over several lines make GitHub drop the annotation's place.
    ...(isOneLine ? [`col=${location.startColumn}`, `endColumn=${location.endColumn}`] : []),
    `title=${escapeCommandProperty(rule.name)}`,
  ];
  const at = storage.keyPath === undefined ? '' : ` at ${storage.keyPath}`;
  const replacement = replacementOf(rule);
  const advice = replacement === undefined ? '' : ` Replace: ${replacement}`;
  const text = `${secret} is ${describeStorage(finding)}${at}. Revoke: ${rule.revoke}${advice} [${rule.id}]`;
  return `::${level} ${properties.join(',')}::${escapeCommandData(text)}\n`;
}

function writeCommand(level: Level, title: string, text: string): string {
  return `::${level} title=${escapeCommandProperty(title)}::${escapeCommandData(text)}\n`;
}

function* writeSummary(report: Report): Generator<string> {
  for (const line of [describeFindings(report), describeSlots(report), describeCoverage(report)]) {
    yield `${breakCommands(escapeTerminal(line))}\n`;
  }
}
