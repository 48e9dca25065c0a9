// The tools that the bench compares with, where they are installed: how each is made to scan the same thing without
// asking anybody on the network. `NHI_SCAN_BENCH_PATH` names folders to look in before PATH.
import { accessSync, constants } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { Command } from './measure.ts';

interface Peer {
  readonly name: string;
  readonly program: string;
  readonly tree?: (path: string) => readonly string[];
  readonly history?: (path: string) => readonly string[];
  readonly countFindings?: (stdout: string) => number;
}

/** A literal that stands nowhere: the floor for anything that reads every byte. */
const LITERAL = 'nhi scan bench floor';

const PEERS: readonly Peer[] = [
  { name: 'rg -c LITERAL', program: 'rg', tree: (path) => ['-uu', '-c', LITERAL, path] },
  {
    name: 'gitleaks',
    program: 'gitleaks',
    tree: (path) => ['dir', '--no-banner', '--exit-code', '0', '--report-path', REPORT, path],
    history: (path) => ['git', '--no-banner', '--exit-code', '0', '--report-path', REPORT, path],
  },
  {
    name: 'betterleaks',
    program: 'betterleaks',
    tree: (path) => ['filesystem', '--no-banner', '--exit-code', '0', '--silent', '--output', REPORT, path],
    history: (path) => ['git', '--no-banner', '--exit-code', '0', '--silent', '--output', REPORT, path],
  },
  {
    name: 'trufflehog',
    program: 'trufflehog',
    tree: (path) => ['filesystem', '--no-verification', '--no-update', '--json', path],
    history: (path) => ['git', '--no-verification', '--no-update', '--json', `file://${path}`],
    countFindings: countLines,
  },
  {
    name: 'kingfisher',
    program: 'kingfisher',
    tree: (path) => [
      'scan',
      '--no-validate',
      '--no-update-check',
      '--format',
      'jsonl',
      '--git-history',
      'none',
      path,
    ],
    history: (path) => ['scan', '--no-validate', '--no-update-check', '--format', 'jsonl', path],
    countFindings: countLines,
  },
  { name: 'ripsecrets', program: 'ripsecrets', tree: (path) => [path], countFindings: countLines },
  {
    name: 'detect-secrets',
    program: 'detect-secrets',
    tree: (path) => ['-C', path, 'scan', '--all-files', '--no-verify', '.'],
    countFindings: (stdout) =>
      Object.values(readJson<{ results?: object }>(stdout)?.results ?? {}).flat().length,
  },
  {
    name: 'secretlint',
    program: 'secretlint',
    tree: (path) => ['--format', 'json', '--no-gitignore', `${path}/**/*`],
    countFindings: (stdout) =>
      (readJson<{ messages: unknown[] }[]>(stdout) ?? []).reduce(
        (sum, { messages }) => sum + messages.length,
        0,
      ),
  },
];

/** Where a peer reports to a file only: in the folder that a run has for itself. */
const REPORT = 'report.json';

function countLines(stdout: string): number {
  return stdout.split('\n').filter((line) => line.trim() !== '').length;
}

function readJson<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

/** Commands of the installed peers for a tree or a history. */
export function listPeers(kind: 'tree' | 'history', path: string): Command[] {
  const folders = [process.env['NHI_SCAN_BENCH_PATH'], process.env['PATH']].join(delimiter).split(delimiter);
  return PEERS.flatMap(({ name, program, countFindings, [kind]: toArgs }) => {
    const found = folders.map((folder) => join(folder, program)).find(isExecutable);
    if (!toArgs || found === undefined) return [];
    return { name, program: found, args: toArgs(resolve(path)), ...(countFindings ? { countFindings } : {}) };
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
