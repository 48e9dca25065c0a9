// The text of a baseline: one line for each entry, in order, nothing that changes by itself. What is cut off, in
// conflict or of another tool is an error: a baseline that cannot be read must not accept anything.
import type { Baseline, BaselineEntry, Verdict } from '../model/baseline.ts';
import { VERDICTS } from '../model/baseline.ts';
import { UserError } from '../model/user-error.ts';

const VERSION = 1;
const HEADER = `# nhi-scan baseline ${VERSION}: fingerprint, rule, path, verdict, expires, by, reason; parted by tabs`;
const END = '# end of nhi-scan baseline';
const NO_DATE = 'never';
const FIELD_COUNT = 7;

/** Lines by the first digit of their fingerprint: two branches that add entries rarely touch the same place. */
const SECTIONS: readonly string[] = [...'0123456789abcdef'];

export function formatBaseline(entries: readonly BaselineEntry[]): string {
  const lines = [...new Set(entries.map(formatEntry))].sort();
  const sections = SECTIONS.flatMap((digit) => [
    `# ${digit}`,
    ...lines.filter((line) => line.startsWith(digit)),
  ]);
  return `${[HEADER, ...sections, END].join('\n')}\n`;
}

function formatEntry({ fingerprint, ruleId, path, verdict, expires, by, reason }: BaselineEntry): string {
  return [fingerprint, ruleId, path, verdict, expires ?? NO_DATE, by, reason].map(escapeField).join('\t');
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escapeField(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character]!);
}

function unescapeField(text: string): string {
  return text.replace(/\\([\\tnr])/g, (_, letter: string) => ({ t: '\t', n: '\n', r: '\r' })[letter] ?? '\\');
}

/**
 * Entries in any order, twice or more: what a merge makes of two baselines is read.
 * @param file name for messages
 * @throws UserError for anything that is not a whole baseline of this version
 */
export function parseBaseline(text: string, file: string): Baseline {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  checkFrame(lines, file);
  const entries = lines.flatMap((line, index): BaselineEntry[] => {
    if (line === '' || line.startsWith('#')) return [];
    return [parseEntry(line, `${file}:${index + 1}`)];
  });
  return { file, entries };
}

function checkFrame(lines: readonly string[], file: string): void {
  const version = /^# nhi-scan baseline (\d+)\b/.exec(lines[0] ?? '')?.[1];
  if (version === undefined) {
    throw new UserError(`${file} is no baseline of nhi-scan`, {
      place: file,
      hint: 'nhi-scan baseline import FILE carries over the baselines of other tools',
    });
  }
  if (Number(version) !== VERSION) {
    throw new UserError(`${file} is a baseline of version ${version}; this program reads ${VERSION}`, {
      place: file,
    });
  }
  const conflict = lines.findIndex((line) => /^(?:<{7}|={7}|>{7})(?: |$)/.test(line));
  if (conflict !== -1) {
    throw new UserError('a merge has left a conflict', {
      place: `${file}:${conflict + 1}`,
      hint: 'keep the lines of both sides; their order does not matter',
    });
  }
  if (!lines.includes(END)) {
    throw new UserError(`${file} is cut off: its last line is missing`, {
      place: file,
      hint: `restore it from git`,
    });
  }
}

function parseEntry(line: string, place: string): BaselineEntry {
  const fields = line.split('\t').map(unescapeField);
  const [fingerprint, ruleId, path, verdict, expires, by, reason] = fields as [string, ...string[]];
  const isWhole = fields.length === FIELD_COUNT && fields.every((field) => field !== '');
  const isDate =
    expires === NO_DATE || (/^\d{4}-\d\d-\d\d$/.test(expires!) && !Number.isNaN(Date.parse(expires!)));
  if (!isWhole || !isDate || !/^[0-9a-f]{32}$/.test(fingerprint) || !VERDICTS.includes(verdict as Verdict)) {
    throw new UserError('this line is no entry of a baseline', {
      place,
      hint: 'fingerprint, rule, path, verdict, expires, by and reason, parted by tabs',
    });
  }
  return {
    fingerprint,
    ruleId: ruleId!,
    path: path!,
    verdict: verdict as Verdict,
    ...(expires === NO_DATE ? {} : { expires: expires! }),
    by: by!,
    reason: reason!,
  };
}
