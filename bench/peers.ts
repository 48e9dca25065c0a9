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
  /** Of runs that did their work, where that is not 0 alone. */
  readonly exitCodes?: readonly number[];
  readonly countFindings?: (stdout: string) => number;
}

/** A literal that stands nowhere: the floor for anything that reads every byte. */
const LITERAL = 'nhi scan bench floor';

const PEERS: readonly Peer[] = [
  {
    name: 'rg -c LITERAL',
    program: 'rg',
    tree: (path) => ['-uu', '-c', LITERAL, path],
    exitCodes: [0, 1],
  },
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
    exitCodes: [0, 200],
    countFindings: countLines,
  },
  {
    name: 'noseyparker',
    program: 'noseyparker',
    tree: (path) => ['scan', '--datastore', DATASTORE, '--git-history', 'none', path],
    history: (path) => ['scan', '--datastore', DATASTORE, path],
  },
  {
    name: 'titus',
    program: 'titus',
    tree: (path) => ['scan', '--format', 'json', '--output', DATASTORE, path],
    history: (path) => ['scan', '--git', '--format', 'json', '--output', DATASTORE, path],
  },
  {
    name: 'ripsecrets',
    program: 'ripsecrets',
    tree: (path) => [path],
    exitCodes: [0, 1],
    countFindings: countLines,
  },
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
    tree: (path) => ['--format', 'json', '--secretlintrcJSON', SECRETLINT_RULES, `${path}/**/*`],
    exitCodes: [0, 1],
    countFindings: (stdout) =>
      (readJson<{ messages: unknown[] }[]>(stdout) ?? []).reduce(
        (sum, { messages }) => sum + messages.length,
        0,
      ),
  },
];

/** Where a peer reports to a file only: in the folder that a run has for itself. */
const REPORT = 'report.json';
const DATASTORE = 'datastore';

/** It has no rules of its own; this is the set that its documentation recommends. */
const SECRETLINT_RULES = JSON.stringify({ rules: [{ id: '@secretlint/secretlint-rule-preset-recommend' }] });

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
  return PEERS.flatMap(({ program, [kind]: toArgs, ...peer }) => {
    const found = folders.map((folder) => join(folder, program)).find(isExecutable);
    if (!toArgs || found === undefined) return [];
    return { ...peer, program: found, args: toArgs(resolve(path)) };
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
