// The text format, for people at a terminal: findings by file, what to do by rule, and what it amounts to.
import type { Report } from '../model/report.ts';
import { breakCommands, escapeTerminal } from './escape.ts';
import type { Format, FormatOptions } from './formatter.ts';
import { joinChunks } from './formatter.ts';
import { drawAdvice } from './text/advice-block.ts';
import { drawClosing } from './text/closing-block.ts';
import { drawFinding } from './text/finding-block.ts';
import type { Page } from './text/layout.ts';
import { createPage } from './text/layout.ts';

export const TEXT: Format = {
  description: 'for people at a terminal',
  fileExtension: 'txt',
  format: (report, options) => joinChunks(writeLines(report, options)),
};

function* writeLines(report: Report, options: FormatOptions): Generator<string> {
  const page = createPage(options);
  for (const line of drawReport(report, page, options)) yield `${breakCommands(line)}\n`;
}

function* drawReport(report: Report, page: Page, options: FormatOptions): Generator<string> {
  let path: string | undefined;
  for (const finding of report.findings) {
    if (finding.location.path !== path) {
      path = finding.location.path;
      yield page.ink.bold.underline(escapeTerminal(path));
      yield '';
    }
    yield* drawFinding(finding, page, options);
    yield '';
  }
  yield* drawAdvice(report, page, options);
  yield* drawClosing(report, page, options);
}
