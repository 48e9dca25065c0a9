// Hooks as tests make, install and run them.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import type { Run } from './program.ts';
import { run, runGit } from './program.ts';
import type { Repository } from './repository.ts';
import { createFolder } from './repository.ts';

export function writeHook(file: string, body: string, interpreter = '#!/bin/sh\n'): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${interpreter}${body}\n`);
  chmodSync(file, 0o755);
  return readFileSync(file, 'utf8');
}

export function read(file: string): string {
  return readFileSync(file, 'utf8');
}

/** What stands in for npx: it starts the program under test. */
export function createNpx(): { PATH: string } {
  const folder = createFolder();
  writeHook(join(folder, 'npx'), `shift 2\nexec '${process.execPath}' '${resolve('bin/nhi-scan.js')}' "$@"`);
  return { PATH: [folder, process.env['PATH']].join(delimiter) };
}

/** Husky's folder, with what its runners do. */
export function addHusky(repository: Repository, folder: string): void {
  repository.git('config', 'core.hooksPath', `${folder}/_`);
  for (const type of ['pre-commit', 'pre-push']) {
    writeHook(
      repository.path(folder, '_', type),
      'script=$(dirname "$(dirname "$0")")/$(basename "$0")\n[ ! -f "$script" ] || exec sh -e "$script" "$@"',
    );
  }
}

export function commit(repository: Repository, content: string, environment = {}): Run {
  repository.write('.env', content);
  repository.git('add', '-A');
  return runGit(repository.folder, ['commit', '-qm', 'x', '--allow-empty'], environment);
}

export function hook(repository: Repository, ...args: string[]): Run {
  return run(repository.folder, ['hook', ...args]);
}
