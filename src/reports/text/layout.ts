// The page that the text format writes on: its colours, its width, its columns.
import type { ChalkInstance } from 'chalk';
import { Chalk } from 'chalk';
import type { Severity } from '../../model/rule.ts';
import { escapeTerminal } from '../escape.ts';
import type { FormatOptions } from '../formatter.ts';
import { measureColumns, wrapWords } from './columns.ts';

const MIN_WIDTH = 60;
const MAX_WIDTH = 110;
/** Columns before everything that belongs to a finding. */
export const INDENT: string = '  ';
const LABEL_COLUMNS = 10;

export interface Page {
  /** Columns that are written on. */
  readonly width: number;
  readonly ink: ChalkInstance;
  readonly inkOf: (severity: Severity) => ChalkInstance;
  /** `label  text`, wrapped under itself. The text is escaped here. */
  field(label: string, text: string): string[];
  /** A paragraph, wrapped at the margin. The text is escaped here. */
  paragraph(text: string, paint?: ChalkInstance): string[];
  /** A sentence, its further lines indented. The text is escaped here. */
  sentence(text: string, paint?: ChalkInstance): string[];
  /** Two pieces at the two margins, or one below the other where they do not fit. */
  spread(left: Piece, right: Piece): string[];
}

/** Text as it is measured, and as it is printed. */
interface Piece {
  readonly plain: string;
  readonly painted: string;
}

export function createPage({ color, width }: FormatOptions): Page {
  const ink = new Chalk({ level: color ? 1 : 0 });
  const columns = Math.min(Math.max(width, MIN_WIDTH), MAX_WIDTH);
  const inks: Readonly<Record<Severity, ChalkInstance>> = {
    critical: ink.bold.white.bgRed,
    high: ink.bold.red,
    medium: ink.bold.yellow,
    low: ink.bold.blue,
    info: ink.bold.cyan,
  };
  return {
    width: columns,
    ink,
    inkOf: (severity) => inks[severity],
    field: (label, text) => {
      const margin = INDENT.length + LABEL_COLUMNS;
      return wrapWords(escapeTerminal(text), columns - margin).map((line, index) => {
        const name = index === 0 ? label.padEnd(LABEL_COLUMNS) : ' '.repeat(LABEL_COLUMNS);
        return `${INDENT}${ink.dim(name)}${line}`;
      });
    },
    paragraph: (text, paint = ink) => wrapWords(escapeTerminal(text), columns).map((line) => paint(line)),
    sentence: (text, paint = ink) =>
      wrapWords(escapeTerminal(text), columns - INDENT.length).map((line, index) =>
        paint(index === 0 ? line : INDENT + line),
      ),
    spread: (left, right) => {
      const gap = columns - measureColumns(left.plain) - measureColumns(right.plain);
      if (gap < 2) return [left.painted, INDENT + right.painted];
      return [left.painted + ' '.repeat(gap) + right.painted];
    },
  };
}
