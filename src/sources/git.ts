// The one way to run git: object reads only, in an environment that a hostile repository cannot use.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { SourceFailure } from './source-failure.ts';

export interface GitContext {
  readonly folder: string;
  /** Folders of other users' repositories that the user has declared to be safe, in a configuration of their own. */
  readonly safeFolders?: readonly string[];
  /** True when git runs us as a hook: its variables name the index and the object store to read. */
  readonly isHook: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** No configuration but the repository's own is read, and none of what that can name is run by object reads. */
const SCRUBBED: Readonly<Record<string, string>> = {
  HOME: '/nonexistent',
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
  GIT_NO_REPLACE_OBJECTS: '1',
  // A graft hides the parents of a commit.
  GIT_GRAFT_FILE: process.platform === 'win32' ? 'NUL' : '/dev/null',
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: '',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  // Output goes out in blocks, not commit by commit.
  GIT_FLUSH: '0',
};

/** Variables by which git tells a hook where to read. */
const HOOK_VARIABLES: readonly string[] = [
  'GIT_INDEX_FILE',
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_QUARANTINE_PATH',
];

/** What a repository's own configuration must not decide: starting a process, hiding commits, filling the memory. */
const SETTINGS: readonly string[] = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  // Its files say who the parents of a commit are, and are not checked against the commit.
  'core.commitGraph=false',
  'core.bigFileThreshold=512m',
  // Several processes run at a time: what each keeps of a large pack in memory is bounded.
  'core.deltaBaseCacheLimit=32m',
  'core.packedGitLimit=64m',
  'core.packedGitWindowSize=16m',
  'core.precomposeUnicode=false',
  'protocol.allow=never',
].flatMap((setting) => ['-c', setting]);

const MAX_OUTPUT_BYTES = 1024 * 1024 * 1024;
const MAX_MESSAGE_LENGTH = 300;

/**
 * Runs git to its end.
 * @returns standard output
 * @throws SourceFailure when git is missing, fails or is killed
 */
export function runGit(context: GitContext, args: readonly string[], input?: string): Buffer {
  const command = createCommand(context, args);
  const result = spawnSync(command.file, command.args, {
    cwd: context.folder,
    env: command.environment,
    input: input ?? '',
    maxBuffer: MAX_OUTPUT_BYTES,
    windowsHide: true,
  });
  if (result.status === 0) return result.stdout;
  if (result.error && !result.signal)
    throw new SourceFailure('no-git', `git could not be run: ${result.error.message}`);
  throw explainEnd({ status: result.status, signal: result.signal, stderr: result.stderr?.toString('utf8') });
}

export interface GitCommand {
  /** Absolute path of the program. */
  readonly file: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** @throws SourceFailure when there is no git */
export function createCommand(context: GitContext, args: readonly string[]): GitCommand {
  return {
    file: findGit(context.environment),
    args: [...SETTINGS, ...listSafeFolders(context), ...args],
    environment: createEnvironment(context),
  };
}

function listSafeFolders({ safeFolders }: GitContext): string[] {
  return (safeFolders ?? []).flatMap((folder) => ['-c', `safe.directory=${folder}`]);
}

export interface ProcessEnd {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stderr: string | undefined;
}

/** Why git did not end well. A killed process says nothing on standard error: its signal is asked first. */
export function explainEnd({ status, signal, stderr }: ProcessEnd): SourceFailure {
  if (signal !== null) return new SourceFailure('git-failed', `git was killed by ${signal}`);
  const message = pickLines(stderr ?? '').slice(0, MAX_MESSAGE_LENGTH);
  return explain(message || `exit code ${status}`);
}

/** Without advice and warnings, where git says something else. */
function pickLines(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const telling = lines.filter((line) => !/^(hint|warning):/.test(line));
  return (telling.length > 0 ? telling : lines).join('\n').trim();
}

function createEnvironment({ environment, isHook }: GitContext): Record<string, string> {
  const scrubbed: Record<string, string> = { ...SCRUBBED, PATH: environment['PATH'] ?? '' };
  if (!isHook) return scrubbed;
  for (const name of HOOK_VARIABLES) {
    const value = environment[name];
    if (value !== undefined) scrubbed[name] = value;
  }
  return scrubbed;
}

/** Git from PATH, by its absolute path: never one that lies in the scanned folder. */
function findGit(environment: GitContext['environment']): string {
  const names = process.platform === 'win32' ? ['git.exe'] : ['git'];
  for (const folder of (environment['PATH'] ?? '').split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    for (const name of names) if (isExecutable(join(folder, name))) return join(folder, name);
  }
  throw new SourceFailure('no-git', 'git is not on PATH', 'install git, or scan the files');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function explain(message: string): SourceFailure {
  if (message.includes('dubious ownership')) {
    return new SourceFailure(
      'git-failed',
      `git refuses this repository: ${message.split('\n')[0]}`,
      'it belongs to another user; run as its owner, copy it, or add it to safe.directory of your global configuration',
    );
  }
  if (/not a git repository/i.test(message)) {
    return new SourceFailure('not-a-repository', 'this is not a git repository', 'run it within a work tree');
  }
  const [, promised] = /could not fetch ([0-9a-f]+) from promisor/.exec(message) ?? [];
  if (promised) return new SourceFailure('git-failed', `object ${promised} is not in this partial clone`);
  return new SourceFailure('git-failed', `git failed: ${message.split('\n')[0]}`);
}
