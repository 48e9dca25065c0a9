// A project with two credentials that a baseline may accept.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { credentialLine } from './program.ts';
import { createFolder } from './repository.ts';

export const FILE = '.nhi-scan.baseline';

export function createProject(): { folder: string; write: (path: string, text: string) => void } {
  const folder = createFolder();
  const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);
  write('a.env', `${credentialLine('one')}${credentialLine('two')}`);
  return { folder, write };
}

export function secretOf(seed: string): string {
  return credentialLine(seed).trim().split('=')[1]!;
}

export function read(folder: string): string {
  return readFileSync(join(folder, FILE), 'utf8');
}
