// Report → its formats: one on standard output or in a file, and as many further files as are asked for.
import { resolve } from 'node:path';
import { openRules } from '../model/packed-rules.ts';
import type { Report } from '../model/report.ts';
import type { Rule, RuleSet } from '../model/rule.ts';
import { nearest, UserError } from '../model/user-error.ts';
import type { FormatOptions, RuleDescription } from '../reports/formatter.ts';
import { FORMATS } from '../reports/registry.ts';
import { toText } from '../rules/compile-rules.ts';
import { loadBuiltInTexts } from '../rules/load-rules.ts';
import { isTerminal, print } from './standard-streams.ts';
import { writeFileAtomically } from './write-output.ts';

export interface ReportOptions {
  readonly format: string;
  readonly output?: string;
  /** `name=file` each. */
  readonly report: readonly string[];
  readonly showSecrets?: boolean;
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

interface FileReport {
  readonly format: string;
  readonly file: string;
}

/** @throws UserError for a format that does not exist, before the scan has cost anything */
export function checkReportOptions(options: ReportOptions): void {
  checkFormat(options.format, '--format');
  listFileReports(options);
}

/** Whether one of the reports writes the hashes of lines. */
export function needsLineHashes(options: ReportOptions): boolean {
  const formats = [options.format, ...listFileReports(options).map(({ format }) => format)];
  return formats.some((name) => FORMATS[name]!.hasLineHashes === true);
}

function checkFormat(name: string, flag: string): void {
  if (Object.hasOwn(FORMATS, name)) return;
  const names = Object.keys(FORMATS);
  const guess = nearest(name, names);
  throw new UserError(`${flag}: there is no format '${name}'`, {
    hint: guess ? `did you mean '${guess}'?` : `formats: ${names.join(', ')}`,
  });
}

function listFileReports({ report, output, format }: ReportOptions): FileReport[] {
  const further = report.map((text) => {
    const [name, file] = splitOnce(text);
    if (file === '')
      throw new UserError(`--report ${text}: no file is named`, { hint: 'write --report sarif=FILE' });
    checkFormat(name, '--report');
    return { format: name, file };
  });
  const all = output === undefined ? further : [{ format, file: output }, ...further];
  checkFiles(all.map(({ file }) => file));
  return all;
}

/** The later of two reports would replace the earlier. */
function checkFiles(files: readonly string[]): void {
  const places = files.map((file) => resolve(file));
  const twice = files.find((_, index) => places.indexOf(places[index]!) < index);
  if (twice === undefined) return;
  throw new UserError(`two reports would be written to ${twice}`, { hint: 'name a file for each' });
}

function splitOnce(text: string): [string, string] {
  const at = text.indexOf('=');
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

export interface WrittenWith {
  readonly options: ReportOptions;
  readonly rules: RuleSet;
  readonly own: readonly Rule[];
}

/** @throws UserError when a file cannot be written; those before it are written, and the old one stays as it was */
export async function writeReports(report: Report, context: WrittenWith): Promise<void> {
  const { options } = context;
  const formatOptions = await createFormatOptions(report, context);
  const render = (name: string, changes: Partial<FormatOptions>): string | Iterable<string> =>
    FORMATS[name]!.format(report, { ...formatOptions, ...changes });
  for (const { format, file } of listFileReports(options)) {
    writeFileAtomically(file, render(format, { color: false, width: FILE_WIDTH }));
  }
  if (options.output === undefined) print(render(options.format, {}));
}

const FILE_WIDTH = 100;
const MAX_WIDTH = 120;

async function createFormatOptions(
  report: Report,
  { options, rules, own }: WrittenWith,
): Promise<FormatOptions> {
  return {
    describeRule: await createDescriber(report, rules, own),
    color: options.color && isColorWanted(),
    summary: options.quiet !== true,
    verbose: options.verbose === true,
    width: isTerminal('stdout') ? Math.min(process.stdout.columns || FILE_WIDTH, MAX_WIDTH) : FILE_WIDTH,
    endedAt: new Date().toISOString(),
  };
}

/** https://no-color.org and its counterpart. */
function isColorWanted(): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '0') return true;
  return isTerminal('stdout') && process.env['TERM'] !== 'dumb';
}

type Describer = FormatOptions['describeRule'];

/** Texts are read only when there is a finding to say something of. */
async function createDescriber(report: Report, rules: RuleSet, own: readonly Rule[]): Promise<Describer> {
  if (report.findings.length === 0 && report.suppressed.length === 0) return () => undefined;
  const texts = new Map([...loadBuiltInTexts(), ...own.map(toText)].map((text) => [text.id, text]));
  const matchers = openRules(rules.rules);
  return (id): RuleDescription | undefined => {
    const [text, matcher] = [texts.get(id), matchers.find(id)];
    return text && matcher
      ? { severity: matcher.severity, confidence: matcher.confidence, ...text }
      : undefined;
  };
}
