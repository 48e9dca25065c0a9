// The lines that a finding stands on, the redacted secret underlined.
import type { ExcerptLine } from '../../model/finding.ts';
import { escapeTerminal } from '../escape.ts';
import { keepEnd, keepStart, measureColumns } from './columns.ts';
import type { Page } from './layout.ts';
import { INDENT } from './layout.ts';

/** Columns for what stands around a secret that is wider than the page. */
const MIN_AROUND = 24;

/** The numbers of the lines, a rule, the lines, and a mark under the secret. */
export function drawCodeFrame(excerpt: readonly ExcerptLine[], page: Page): string[] {
  const last = excerpt.at(-1);
  if (!last) return [];
  const digits = Math.max(String(last.line).length, 4);
  const gutter = (number: string): string => `${INDENT}${page.ink.dim(`${number.padStart(digits)} │`)} `;
  const room = page.width - INDENT.length - digits - 3;
  return excerpt.flatMap((line) => {
    const cut = cutLine(line, room);
    const text = `${gutter(String(line.line))}${cut.before}${page.ink.red(cut.secret)}${cut.after}`.trimEnd();
    if (cut.secret === '') return [text];
    const mark =
      ' '.repeat(measureColumns(cut.before)) + page.ink.red('^'.repeat(measureColumns(cut.secret)));
    return [text, `${gutter('')}${mark}`];
  });
}

interface CutLine {
  readonly before: string;
  readonly secret: string;
  readonly after: string;
}

/**
 * Cuts a line to `room` columns, but never the secret: it is redacted, or somebody asked for it. Leading blanks are
 * dropped.
 */
function cutLine({ text, mark }: ExcerptLine, room: number): CutLine {
  const before = show(text.slice(0, mark?.start ?? text.length)).trimStart();
  if (!mark) return { before: keepStart(before, room), secret: '', after: '' };
  const secret = show(text.slice(mark.start, mark.end));
  const rest = Math.max(room - measureColumns(secret), MIN_AROUND);
  const after = show(text.slice(mark.end)).trimEnd();
  // What follows the secret gets a quarter of the line, or what is left of it.
  const beforeRoom = Math.max(rest - measureColumns(after), Math.floor((rest * 3) / 4));
  const shownBefore = keepEnd(before, beforeRoom);
  return { before: shownBefore, secret, after: keepStart(after, rest - measureColumns(shownBefore)) };
}

function show(text: string): string {
  return escapeTerminal(text.replaceAll('\t', '  '));
}
