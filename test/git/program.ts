// Runs the built program as a user would, with an environment that says nothing else.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expandTemplate } from '../../src/rules/template.ts';
import { createFolder, GIT_ENVIRONMENT } from './repository.ts';

const PROGRAM: string = resolve('bin/nhi-scan.js');

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const HOME = createFolder();

const ENVIRONMENT: Readonly<Record<string, string>> = { ...GIT_ENVIRONMENT, HOME, USER: 'tester' };

export function run(
  folder: string,
  args: readonly string[],
  options: { input?: string; environment?: Readonly<Record<string, string>> } = {},
): Run {
  return spawn(process.execPath, [PROGRAM, ...args], { folder, ...options });
}

/** Git as a user runs it: with the hooks of the repository. */
export function runGit(folder: string, args: readonly string[], environment = {}): Run {
  return spawn('git', args, { folder, environment });
}

function spawn(
  file: string,
  args: readonly string[],
  options: { folder: string; input?: string; environment?: Readonly<Record<string, string>> },
): Run {
  const result = spawnSync(file, args, {
    cwd: options.folder,
    input: options.input ?? '',
    encoding: 'utf8',
    env: { ...ENVIRONMENT, ...options.environment },
  });
  return { code: result.status, stdout: result.stdout, stderr: result.stderr };
}

/** A line that holds a credential of a built-in rule; another one for another seed. */
export function credentialLine(seed: string): string {
  return `SLACK_TOKEN=${expandTemplate('xoxb-<digit:12>-<digit:12>-<alnum:24>', { seed })}\n`;
}
