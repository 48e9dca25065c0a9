// Builds real repositories for tests, with real git, in temporary folders that are removed again.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

/** A unique token for each case: one look at what was found says which cases were seen. */
export function tokenOf(name: string): string {
  return `hzrd_${createHash('sha256').update(name).digest('hex').slice(0, 24)}`;
}

export function lineOf(name: string): string {
  return `credential ${tokenOf(name)} end\n`;
}

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}, 60_000);

export function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nhi-scan-test-'));
  folders.push(folder);
  return folder;
}

export interface Repository {
  readonly folder: string;
  /** Runs git and returns what it says, without the line feed at its end. */
  git(...args: string[]): string;
  /** As `git`, with standard input. */
  feed(input: string | Buffer, ...args: string[]): string;
  write(path: string, content: string | Buffer): void;
  /** Writes files and commits everything. */
  commit(message: string, files?: Readonly<Record<string, string | Buffer>>): string;
  path(...parts: string[]): string;
}

export const GIT_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ann Author',
  GIT_AUTHOR_EMAIL: 'ann@example.com',
  GIT_COMMITTER_NAME: 'Carl Committer',
  GIT_COMMITTER_EMAIL: 'carl@example.com',
};

/** 2024-01-01, and a minute more for each commit. */
const FIRST_DATE = 1_704_067_200;

export function createRepository(options: { init?: string[]; folder?: string } = {}): Repository {
  const folder = options.folder ?? createFolder();
  let commits = 0;
  const run = (input: string | Buffer, args: string[]): string => {
    const date = `${FIRST_DATE + 60 * commits} +0000`;
    const result = spawnSync('git', args, {
      cwd: folder,
      input,
      env: { ...GIT_ENVIRONMENT, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
    });
    if (result.status !== 0) throw new Error(`git ${args.join(' ')}: ${result.stderr.toString()}`);
    return result.stdout.toString().trimEnd();
  };
  const repository: Repository = {
    folder,
    git: (...args) => run('', args),
    feed: (input, ...args) => run(input, args),
    path: (...parts) => join(folder, ...parts),
    write: (path, content) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    },
    commit: (message, files = {}) => {
      for (const [path, content] of Object.entries(files)) repository.write(path, content);
      run('', ['add', '-A']);
      run('', ['commit', '--quiet', '--allow-empty', '--no-verify', '-m', message]);
      commits++;
      return run('', ['rev-parse', 'HEAD']);
    },
  };
  run('', ['init', '--quiet', '--initial-branch=main', ...(options.init ?? [])]);
  return repository;
}

export interface ImportedCommit {
  /** Since 1970. */
  readonly seconds: number;
  readonly message?: string;
  /** All that its tree holds. */
  readonly files: Readonly<Record<string, string>>;
}

/** A line of commits without a work tree, at any time. @returns their ids */
export function importCommits(
  repository: Repository,
  branch: string,
  commits: readonly ImportedCommit[],
): string[] {
  const parts = commits.map(({ seconds, files, message = 'imported' }) => {
    const entries = Object.entries(files).map(([path, text]) => `M 644 inline ${path}\n${data(text)}`);
    const head = `commit refs/heads/${branch}\ncommitter Ann <ann@example.com> ${seconds} +0000\n`;
    return `${head}${data(message)}deleteall\n${entries.join('')}`;
  });
  repository.feed(parts.join(''), 'fast-import', '--quiet');
  return repository.git('rev-list', '--reverse', branch).split('\n').slice(-commits.length);
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

/** The path of a loose object. */
export function looseObject(repository: Repository, id: string): string {
  return repository.path('.git', 'objects', id.slice(0, 2), id.slice(2));
}

/** Damages an object: its file stays, its content cannot be inflated. */
export function corruptObject(repository: Repository, id: string): void {
  const file = looseObject(repository, id);
  chmodSync(file, 0o644);
  const bytes = readFileSync(file);
  bytes.fill(0xff, Math.floor(bytes.length / 2));
  writeFileSync(file, bytes);
}
