// Accepted findings of other tools, as their files hold them. What they say of a finding is not yet tied to one of ours.
import type { Verdict } from '../model/baseline.ts';
import { UserError } from '../model/user-error.ts';

export interface ForeignEntry {
  readonly path: string;
  /** The id of the other tool's rule. */
  readonly rule: string;
  /** 1-based. */
  readonly line?: number;
  /** The commit in which the finding was seen. */
  readonly commit?: string;
  /** SHA-1 of the secret, in hexadecimal digits. */
  readonly sha1?: string;
  readonly secret?: string;
  readonly verdict?: Verdict;
}

/**
 * Reads the baseline of detect-secrets, a report of gitleaks or its ignore file, whichever the text is.
 * @throws UserError for anything else
 */
export function parseForeignBaseline(text: string, file: string): ForeignEntry[] {
  const start = text.trimStart()[0];
  if (start === '{' || start === '[') return readJson(parseJson(text, file), file);
  return parseIgnoreFile(text, file);
}

type Json = Readonly<Record<string, unknown>>;

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError(`${file} is no JSON: it may be cut off`, { place: file });
  }
}

function readJson(document: unknown, file: string): ForeignEntry[] {
  if (Array.isArray(document)) return document.map((item) => readReportItem(item, file));
  const results = isRecord(document) ? document['results'] : undefined;
  if (!isRecord(results)) throw refuse(file);
  return Object.entries(results).flatMap(([path, items]) => {
    if (!Array.isArray(items)) throw refuse(file);
    return items.map((item) => readHashItem(item, path, file));
  });
}

/** Where people have judged, `is_secret` says how; elsewhere it is absent. */
function readHashItem(item: unknown, path: string, file: string): ForeignEntry {
  if (!isRecord(item) || typeof item['hashed_secret'] !== 'string') throw refuse(file);
  const judged = item['is_secret'];
  return {
    path: toSlashes(path),
    rule: textOf(item, 'type'),
    sha1: item['hashed_secret'],
    ...lineOf(item, 'line_number'),
    ...(typeof judged === 'boolean' ? { verdict: judged ? ('real' as const) : ('false' as const) } : {}),
  };
}

function readReportItem(item: unknown, file: string): ForeignEntry {
  if (!isRecord(item) || typeof item['RuleID'] !== 'string' || typeof item['File'] !== 'string')
    throw refuse(file);
  const [secret, commit] = [textOf(item, 'Secret'), textOf(item, 'Commit')];
  return {
    path: toSlashes(item['File']),
    rule: item['RuleID'],
    ...lineOf(item, 'StartLine'),
    ...(commit === '' ? {} : { commit }),
    ...(secret === '' || /^(?:REDACTED|\*+)|\.\.\.$/.test(secret) ? {} : { secret }),
  };
}

/** `commit:path:rule:line`, or without the commit. */
function parseIgnoreFile(text: string, file: string): ForeignEntry[] {
  return text.split(/\r?\n/).flatMap((line, index): ForeignEntry[] => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const parts = /^(?:([0-9a-f]{40}|[0-9a-f]{64}):)?(.+):([\w.-]+):(\d+)$/.exec(line.trim());
    if (!parts) throw new UserError('this line is no fingerprint', { place: `${file}:${index + 1}` });
    const [, commit, path, rule, number] = parts;
    return [
      {
        path: toSlashes(path!),
        rule: rule!,
        line: Number(number),
        ...(commit === undefined ? {} : { commit }),
      },
    ];
  });
}

function refuse(file: string): UserError {
  return new UserError(`${file} is none of the files that can be carried over`, {
    place: file,
    hint: 'a .secrets.baseline, a .gitleaksignore, a JSON report of gitleaks, or a .gitleaks.toml',
  });
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(item: Json, name: string): string {
  const value = item[name];
  return typeof value === 'string' ? value : '';
}

function lineOf(item: Json, name: string): { line?: number } {
  const value = item[name];
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? { line: value } : {};
}

function toSlashes(path: string): string {
  return path.replaceAll('\\', '/').replace(/^\.\//, '');
}
