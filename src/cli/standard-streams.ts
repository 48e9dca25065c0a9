// What the program prints. It is written at once and to its end: Node's own streams may lose what a pipe has not taken
// when the process ends, and cost a small scan more time to load than it takes.
import { fstatSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { OutputFailure } from './output-failure.ts';

const STDOUT = 1;
const STDERR = 2;

let isReaderGone = false;

/**
 * Writes to standard output, and waits until all is taken. A reader that has gone away is no error.
 * @throws OutputFailure where it cannot be written, as on a disk that is full
 */
export function print(chunks: string | Iterable<string>): void {
  for (const chunk of typeof chunks === 'string' ? [chunks] : chunks) {
    if (isReaderGone) return;
    const code = writeAll(STDOUT, chunk);
    if (code === 'EPIPE') isReaderGone = true;
    else if (code !== undefined) throw new OutputFailure('standard output', code);
  }
}

/** Writes to standard error, where there is one that takes it: the exit code says what happened all the same. */
export function complain(text: string): void {
  writeAll(STDERR, text);
}

/** Whether a person reads it. */
export function isTerminal(stream: 'stdout' | 'stderr'): boolean {
  const file = stream === 'stdout' ? STDOUT : STDERR;
  // Asked first, for it costs nothing: `isatty` loads what sockets need.
  return fstatSync(file).isCharacterDevice() && isatty(file);
}

const RETRY_MS = 1;

/** Returns the code of what went wrong. */
function writeAll(file: number, text: string): string | undefined {
  const bytes = Buffer.from(text, 'utf8');
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(file, bytes, written);
    } catch (error) {
      const { code = 'unknown' } = error as NodeJS.ErrnoException;
      if (code !== 'EAGAIN') return code;
      // A full pipe that another process has told not to wait.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
  return undefined;
}
