// `nhi-scan baseline audit`: one entry after another is shown and judged, in the terminal or by flags.
import type { Interface } from 'node:readline/promises';
import { createInterface } from 'node:readline/promises';
import type { BaselineEntry, Verdict } from '../../model/baseline.ts';
import { VERDICTS } from '../../model/baseline.ts';
import type { Finding } from '../../model/finding.ts';
import { escapeControls } from '../../model/redact.ts';
import { nearest, UserError } from '../../model/user-error.ts';
import { formatCount } from '../../reports/wording.ts';
import { EXIT } from '../exit-code.ts';
import { print } from '../standard-streams.ts';
import type { BaselineOptions } from './baseline.ts';
import { fileOf, nameOf, readBaseline, save, scanAll } from './baseline.ts';

export async function auditBaseline(path: string, options: BaselineOptions): Promise<number> {
  const { entries } = await readBaseline(path, options);
  if (options.list) return list(entries);
  const judged =
    (options.set ?? []).length > 0
      ? options.set!.reduce<readonly BaselineEntry[]>((rest, text) => setOne(rest, text, options), entries)
      : await ask(entries, path, options);
  const changed = judged.filter((entry) => !entries.includes(entry)).length;
  return changed === 0
    ? EXIT.clean
    : save(fileOf(path, options), judged, `${formatCount(changed, 'entry is', 'entries are')} judged`);
}

function list(entries: readonly BaselineEntry[]): number {
  for (const { fingerprint, verdict, ruleId, path, expires, by, reason } of entries) {
    const until = expires === undefined ? '' : ` until ${expires}`;
    const line = `${fingerprint}  ${verdict.padEnd(10)}  ${ruleId}  ${path}  ${by}${until}: ${reason}`;
    print(`${escapeControls(line)}\n`);
  }
  return EXIT.clean;
}

const MIN_PREFIX = 6;

/** `fingerprint=verdict`; the beginning of a fingerprint is enough where it is the beginning of one only. */
function setOne(
  entries: readonly BaselineEntry[],
  text: string,
  options: BaselineOptions,
): readonly BaselineEntry[] {
  const [prefix = '', verdict = ''] = text.split('=');
  if (prefix.length < MIN_PREFIX) {
    throw new UserError(`--set: '${prefix}' is too short to name a fingerprint`, {
      hint: `give at least the first ${MIN_PREFIX} characters of it; nhi-scan baseline audit --list shows them`,
    });
  }
  const isMeant = ({ fingerprint }: BaselineEntry): boolean => fingerprint.startsWith(prefix);
  const meant = new Set(entries.filter(isMeant).map(({ fingerprint }) => fingerprint));
  if (meant.size !== 1) {
    throw new UserError(
      `--set: '${prefix}' begins ${meant.size === 0 ? 'no' : 'more than one'} fingerprint`,
      {
        hint: 'nhi-scan baseline audit --list shows them',
      },
    );
  }
  if (!VERDICTS.includes(verdict as Verdict)) {
    const guess = nearest(verdict, VERDICTS);
    throw new UserError(`--set: '${verdict}' is no verdict`, {
      hint: guess ? `did you mean '${guess}'?` : `verdicts: ${VERDICTS.join(', ')}`,
    });
  }
  return entries.map((entry) => (isMeant(entry) ? judge(entry, verdict as Verdict, options) : entry));
}

function judge(entry: BaselineEntry, verdict: Verdict, options: BaselineOptions): BaselineEntry {
  return {
    ...entry,
    verdict,
    by: nameOf(options),
    ...(options.reason ? { reason: options.reason } : {}),
    ...(options.expires ? { expires: options.expires } : {}),
  };
}

type Answer = Verdict | 'skip' | 'quit';

const KEYS: Readonly<Record<string, Answer>> = {
  r: 'real',
  l: 'leak',
  t: 'test',
  f: 'false',
  v: 'revoked',
  s: 'skip',
  q: 'quit',
  '': 'skip',
};

const QUESTION = '  (r)eal  (l)eak  (t)est value  (f)alse  re(v)oked  (s)kip  (q)uit: ';

/**
 * Answers come from the terminal, or line by line from standard input. What was judged before `q` is kept; an interrupt
 * keeps nothing.
 */
async function ask(
  entries: readonly BaselineEntry[],
  path: string,
  options: BaselineOptions,
): Promise<readonly BaselineEntry[]> {
  const open = entries.filter(({ verdict }) => options.all || verdict === 'unreviewed');
  if (open.length === 0) {
    print('every entry is judged; --all shows them again\n');
    return entries;
  }
  const report = await scanAll(path, options);
  const findings = [...report.findings, ...report.suppressed.map(({ finding }) => finding)];
  const judged = new Map<BaselineEntry, BaselineEntry>();
  // The prompt is drawn again with what is typed, as often as that is edited or the window changes.
  const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: QUESTION });
  terminal.once('SIGINT', () => {
    terminal.close();
    process.kill(process.pid, 'SIGINT');
  });
  const answers = terminal[Symbol.asyncIterator]();
  try {
    for (const [index, entry] of open.entries()) {
      show(entry, findings, `${index + 1}/${open.length}`);
      const verdict = await readVerdict(terminal, answers);
      if (verdict === 'quit') break;
      if (verdict !== 'skip') judged.set(entry, judge(entry, verdict, options));
    }
  } finally {
    terminal.close();
  }
  print('\n');
  return entries.map((entry) => judged.get(entry) ?? entry);
}

function show(entry: BaselineEntry, findings: readonly Finding[], position: string): void {
  const { fingerprint, ruleId, path, by, reason } = entry;
  const finding =
    findings.find((each) => each.fingerprint === fingerprint && each.location.path === path) ??
    findings.find((each) => each.fingerprint === fingerprint);
  const place = finding
    ? `${finding.location.path}:${finding.location.startLine}`
    : `${path} (no longer there)`;
  const lines = [
    '',
    `${position}  ${ruleId}  ${place}`,
    ...(finding?.excerpt ?? []).map(({ line, text }) => `  ${String(line).padStart(5)} | ${text}`),
    ...(finding?.notes.length ? [`  ${finding.notes.join('; ')}`] : []),
    `  ${by}: ${reason}`,
  ];
  for (const line of lines) print(`${escapeControls(line)}\n`);
}

/** A key or its whole word. A word that only begins like one may mean another: it is asked again. */
async function readVerdict(terminal: Interface, answers: AsyncIterator<string>): Promise<Answer> {
  for (;;) {
    terminal.prompt();
    const { value, done } = await answers.next();
    if (done) return 'quit';
    const text = String(value).trim().toLowerCase();
    const answer = Object.entries(KEYS).find((pair) => pair.includes(text))?.[1];
    if (answer) return answer;
    print('  that is none of them\n');
  }
}
