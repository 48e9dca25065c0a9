// Writes a report where it belongs: a file, all or nothing, or standard output, to its end.
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../model/user-error.ts';

const NEW_FILE_MODE = 0o600;

/**
 * Writes beside the target and renames: whatever goes wrong, an old report stays as it was.
 * @throws UserError when the file cannot be written
 */
export function writeFileAtomically(path: string, chunks: string | Iterable<string>): void {
  const target = path;
  const temporary = join(dirname(target), `.nhi-scan-${process.pid}-${Date.now().toString(36)}.tmp`);
  try {
    mkdirSync(dirname(target), { recursive: true });
    const file = openSync(temporary, 'wx', modeOf(target));
    try {
      for (const chunk of typeof chunks === 'string' ? [chunks] : chunks) writeAll(file, chunk);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw new UserError(`cannot write ${path}: ${code}`, { place: path });
  }
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written);
}

function modeOf(path: string): number {
  try {
    return statSync(path).mode & 0o777;
  } catch {
    return NEW_FILE_MODE;
  }
}

/** Writes to standard output and waits until it is taken. A reader that has gone away is no error. */
export async function writeStdout(chunks: string | Iterable<string>): Promise<void> {
  for (const chunk of typeof chunks === 'string' ? [chunks] : chunks) {
    const isOpen = await new Promise<boolean>((resolve, reject) => {
      process.stdout.write(chunk, (error) => {
        if (!error) resolve(true);
        else if ((error as NodeJS.ErrnoException).code === 'EPIPE') resolve(false);
        else reject(error);
      });
    });
    if (!isOpen) return;
  }
}
