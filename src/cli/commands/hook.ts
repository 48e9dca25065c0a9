// `nhi-scan hook`: puts the scan before commits, pushes and what a server receives, and takes it away again.
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../model/user-error.ts';
import { EXIT } from '../exit-code.ts';
import type { HookPlace } from '../hook-place.ts';
import { findHookPlace } from '../hook-place.ts';
import type { HookType } from '../hook-script.ts';
import {
  addBlock,
  createHookScript,
  earlierHookName,
  HOOK_TYPES,
  isOurScript,
  removeBlock,
} from '../hook-script.ts';
import { print } from '../standard-streams.ts';
import { writeFileAtomically } from '../write-output.ts';

export interface InstallOptions {
  /** Installs into a folder that serves other repositories, too. */
  readonly force?: boolean;
}

const EXECUTABLE = 0o755;

/** @throws UserError where another tool keeps the hooks in a file of its own */
export function installHook(type: HookType, options: InstallOptions): number {
  const place = findHookPlace(process.cwd());
  if (place.manager === 'lefthook') throw explainLefthook(type);
  if (place.isShared && !options.force) {
    throw new UserError(`core.hooksPath names ${place.folder}, which other repositories may use`, {
      hint: '--force installs it there all the same',
    });
  }
  const file = join(place.folder, type);
  const present = readScript(file);
  if (isOurScript(present ?? '')) return say(`${type}: installed already (${file})`);
  mkdirSync(place.folder, { recursive: true });
  if (place.manager === 'husky') {
    writeScript(file, addBlock(present ?? '', type));
    return say(`${type}: installed (${file}); commit that file to share it`);
  }
  if (present !== undefined) keepEarlier(place, type);
  const script = realpathSync(process.argv[1]!);
  writeScript(file, createHookScript(type, { node: process.execPath, script }));
  const kept = present === undefined ? '' : '; the hook that was there runs before it';
  return say(`${type}: installed (${file})${kept}`);
}

function explainLefthook(type: HookType): UserError {
  const lines = [`${type}:`, '  commands:', '    nhi-scan:', `      run: npx nhi-scan hook run ${type}`];
  return new UserError('lefthook keeps the hooks of this repository', {
    hint: `add to lefthook.yml:\n    ${lines.join('\n    ')}`,
  });
}

function keepEarlier({ folder }: HookPlace, type: HookType): void {
  const kept = join(folder, earlierHookName(type));
  if (existsSync(kept)) {
    throw new UserError(`there is a hook to keep, but ${kept} exists already`, {
      hint: 'move one of them out of the way',
    });
  }
  renameSync(join(folder, type), kept);
}

export function uninstallHook(type: HookType): number {
  const { folder, manager } = findHookPlace(process.cwd());
  const file = join(folder, type);
  const present = readScript(file);
  if (!isOurScript(present ?? '')) return say(`${type}: not installed`);
  const kept = join(folder, earlierHookName(type));
  const rest = manager === 'husky' ? removeBlock(present!) : '';
  if (rest.trim() !== '') writeScript(file, rest);
  else if (manager === 'own' && existsSync(kept)) renameSync(kept, file);
  else rmSync(file);
  return say(`${type}: removed (${file})`);
}

export function showHooks(): number {
  const { folder, manager } = findHookPlace(process.cwd());
  for (const type of HOOK_TYPES) {
    const text = readScript(join(folder, type));
    const other = text === undefined ? 'not installed' : 'not installed; another hook is there';
    say(`${type}: ${isOurScript(text ?? '') ? `installed (${join(folder, type)})` : other}`);
  }
  if (manager === 'lefthook') say('lefthook keeps the hooks of this repository: see lefthook.yml');
  return EXIT.clean;
}

function readScript(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new UserError(`cannot read ${file}: ${code}`);
  }
}

function writeScript(file: string, text: string): void {
  writeFileAtomically(file, text);
  chmodSync(file, EXECUTABLE);
}

function say(line: string): number {
  print(`${line}\n`);
  return EXIT.clean;
}
