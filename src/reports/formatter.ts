// What a format is: a pure function from a report to text. It gets no file, no clock and no terminal.
import type { Report } from '../model/report.ts';
import type { Confidence, RuleText, Severity } from '../model/rule.ts';

/** What formats tell of a rule. */
export interface RuleDescription extends RuleText {
  /** Of the rule itself: a finding's may differ by its circumstances. */
  readonly severity: Severity;
  readonly confidence: Confidence;
}

export interface FormatOptions {
  /** Undefined only for a rule that is no longer there, such as one of an old baseline. */
  readonly describeRule: (ruleId: string) => RuleDescription | undefined;
  readonly color: boolean;
  /** False leaves out what is only counted. That a scan is incomplete is always said. */
  readonly summary: boolean;
  /** Shows what was suppressed and every diagnostic. */
  readonly verbose: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** ISO 8601, UTC: when the scan ended. */
  readonly endedAt: string;
}

/** Chunks are written one after another, so that a large report need not fit in one string. */
export type Formatter = (report: Report, options: FormatOptions) => string | Iterable<string>;

export interface Format {
  /** One line, for help. */
  readonly description: string;
  /** Without the dot. */
  readonly fileExtension: string;
  /** Writes the hashes of the lines of findings. */
  readonly hasLineHashes?: true;
  readonly format: Formatter;
}

const CHUNK_LENGTH = 64 * 1024;

/** Joins small pieces, so that each write is worth its cost. */
export function* joinChunks(pieces: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
