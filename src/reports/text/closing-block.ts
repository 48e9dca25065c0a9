// The end of the report: what was not scanned, what was not reported, and what it all amounts to.
import type { Diagnostic, Report } from '../../model/report.ts';
import { PROFILE_NOTE } from '../../standards/profile.ts';
import { escapeTerminal } from '../escape.ts';
import type { FormatOptions } from '../formatter.ts';
import {
  describeCoverage,
  describeFindings,
  describeIncompleteness,
  describeSlots,
  describeSuppressed,
} from '../summary.ts';
import { describeObjection, formatNumber } from '../wording.ts';
import type { Page } from './layout.ts';
import { INDENT } from './layout.ts';

/** Diagnostics listed before the rest are counted, unless everything is asked for. */
const MAX_DIAGNOSTICS = 10;

export function* drawClosing(report: Report, page: Page, options: FormatOptions): Generator<string> {
  if (options.verbose) yield* drawSuppressed(report, page);
  yield* drawDiagnostics(report, page, options);
  if (options.summary) yield* drawSummary(report, page);
}

function* drawSuppressed({ suppressed }: Report, page: Page): Generator<string> {
  if (suppressed.length === 0) return;
  yield page.ink.bold('Not reported');
  yield '';
  for (const { finding, by, because } of suppressed) {
    const { path, startLine } = finding.location;
    yield `${INDENT}${escapeTerminal(`${path}:${startLine}`)}  ${page.ink.dim(escapeTerminal(finding.ruleId))}`;
    yield* page.field('because', `${because} (${describeObjection(by)})`);
  }
  yield '';
}

function* drawDiagnostics(report: Report, page: Page, options: FormatOptions): Generator<string> {
  const incompleteness = describeIncompleteness(report);
  if (incompleteness) {
    yield* page.paragraph(incompleteness.statement, page.ink.bold.yellow);
    yield* listDiagnostics(incompleteness.errors, page, options);
    yield '';
  }
  const warnings = report.diagnostics.filter(({ level }) => level === 'warning');
  if (warnings.length > 0) {
    yield page.ink.bold('Warnings');
    yield* listDiagnostics(warnings, page, options);
    yield '';
  }
}

function* listDiagnostics(
  diagnostics: readonly Diagnostic[],
  page: Page,
  options: FormatOptions,
): Generator<string> {
  const shown = options.verbose ? diagnostics : diagnostics.slice(0, MAX_DIAGNOSTICS);
  for (const { subject, message } of shown) {
    yield `${INDENT}${escapeTerminal(subject)}: ${page.ink.dim(escapeTerminal(message))}`;
  }
  const rest = diagnostics.length - shown.length;
  if (rest > 0) yield page.ink.dim(`${INDENT}and ${formatNumber(rest)} more; --verbose lists them`);
}

function* drawSummary(report: Report, page: Page): Generator<string> {
  const isBad = report.findings.length > 0 || !report.complete || report.coverage.files.scanned === 0;
  yield* page.sentence(describeFindings(report), isBad ? page.ink.bold : page.ink.bold.green);
  yield* page.sentence(describeSlots(report));
  yield* page.sentence(describeCoverage(report), page.ink.dim);
  const suppressed = describeSuppressed(report);
  if (suppressed !== undefined) yield* page.sentence(suppressed, page.ink.dim);
  if (report.findings.length === 0) return;
  yield '';
  yield* page.paragraph(`${PROFILE_NOTE} More: nhi-scan explain NHI-03`, page.ink.dim);
}
