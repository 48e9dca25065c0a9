// Git as a running process: its output is read as it comes, and how it ended is always asked.
import { spawn } from 'node:child_process';
import type { GitContext } from './git.ts';
import { createCommand, explainEnd } from './git.ts';
import { SourceFailure } from './source-failure.ts';

export interface GitStream {
  readonly output: AsyncIterable<Buffer>;
  /** Resolves when git can take more; false when it has ended. */
  write(text: string | Buffer): Promise<boolean>;
  endInput(): void;
  /** Resolves when git has ended and its output is closed: with nothing when all went well. */
  readonly ended: Promise<SourceFailure | undefined>;
  /** Ends git, whatever it is doing. */
  stop(): void;
}

const MAX_STDERR_BYTES = 4096;

/** @throws SourceFailure when there is no git */
export function startGit(context: GitContext, args: readonly string[]): GitStream {
  const command = createCommand(context, args);
  const child = spawn(command.file, command.args, {
    cwd: context.folder,
    env: command.environment,
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stderr = '';
  let isOpen = true;
  child.stderr.on('data', (chunk: Buffer) => {
    if (stderr.length < MAX_STDERR_BYTES) stderr += chunk.toString('utf8');
  });
  // That it takes no more is seen where its end is.
  child.stdin.on('error', () => {
    isOpen = false;
  });
  const ended = new Promise<SourceFailure | undefined>((resolve) => {
    child.on('error', (error) =>
      resolve(new SourceFailure('no-git', `git could not be run: ${error.message}`)),
    );
    child.on('close', (status, signal) => {
      isOpen = false;
      resolve(status === 0 ? undefined : explainEnd({ status, signal, stderr }));
    });
  });
  return {
    output: child.stdout as AsyncIterable<Buffer>,
    ended,
    stop: () => child.kill('SIGKILL'),
    endInput: () => child.stdin.end(),
    write: async (text) => {
      if (!isOpen) return false;
      if (child.stdin.write(text)) return true;
      await Promise.race([new Promise((resolve) => child.stdin.once('drain', resolve)), ended]);
      return isOpen;
    },
  };
}
