// `nhi-scan hook`: puts the scan before commits, pushes and what a server receives, and takes it away again.
import { accessSync, chmodSync, constants, existsSync, lstatSync, mkdirSync } from 'node:fs';
import { readdirSync, readFileSync, realpathSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../model/user-error.ts';
import { EXIT } from '../exit-code.ts';
import { addBlock, hasBlock, removeBlock } from '../hook-block.ts';
import type { HookPlace } from '../hook-place.ts';
import { findHookPlace } from '../hook-place.ts';
import type { HookType } from '../hook-script.ts';
import { createHookScript, HOOK_TYPES, recognizeScript } from '../hook-script.ts';
import { keepEarlier, putBackEarlier } from '../kept-hook.ts';
import { OutputFailure } from '../output-failure.ts';
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
    throw new UserError(`core.hooksPath names ${place.hooks}, which other repositories may use`, {
      hint: '--force installs it there all the same',
    });
  }
  refuseDangling(join(place.folder, type));
  refuseDangling(join(place.hooks, type));
  return place.manager === 'husky' ? installBlock(place, type) : installScript(place.hooks, type);
}

/** It may lead to a disk that is not there now: what it says is not known, and it must not be lost. */
function refuseDangling(file: string): void {
  const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  if (!isLink || existsSync(file)) return;
  throw new UserError(`${file} is a link that leads nowhere`, {
    hint: 'remove it, or put in place what it leads to',
  });
}

function installBlock({ folder, hooks }: HookPlace, type: HookType): number {
  // Earlier versions did not know every folder of husky's.
  removeScript(hooks, type);
  const file = join(folder, type);
  const present = readScript(file);
  const script = addBlock(present ?? '', type);
  if (script === present) return say(`${type}: installed already (${file})`);
  // What husky reads need not be executable, and its mode is the team's.
  if (present !== undefined && folder !== hooks) writeFileAtomically(file, script);
  else writeScript(file, script);
  return say(`${type}: installed (${file}); commit that file to share it`);
}

function installScript(folder: string, type: HookType): number {
  const file = join(folder, type);
  const script = createHookScript(type, { node: process.execPath, script: realpathSync(process.argv[1]!) });
  const present = readScript(file);
  const owner = present === undefined ? undefined : recognizeScript(present, type);
  if (owner === 'changed') throw explainChanged(file);
  if (owner === 'ours') {
    if (present !== script) writeScript(file, script);
    return say(`${type}: installed already (${file})`);
  }
  const kept = present === undefined ? '' : `; ${describeKept(file)}`;
  const advice = placeScript({ folder, type, script }, present);
  return say(`${type}: installed (${file})${kept}${advice === undefined ? '' : `; ${advice}`}`);
}

/** All or nothing: without ours in its place, the hook that was there stays there. */
function placeScript(
  { folder, type, script }: { folder: string; type: HookType; script: string },
  present: string | undefined,
): string | undefined {
  const file = join(folder, type);
  return explainFailure(file, () => {
    mkdirSync(folder, { recursive: true });
    const advice = present === undefined ? undefined : keepEarlier(folder, type, present);
    try {
      writeScript(file, script);
    } catch (error) {
      if (present !== undefined) putBackEarlier(folder, type);
      throw error;
    }
    return advice;
  });
}

/** Git, too, runs only what is executable. */
function describeKept(file: string): string {
  try {
    accessSync(file, constants.X_OK);
    return 'the hook that was there runs before it';
  } catch {
    return 'the hook that was there is kept, but does not run: it is not executable';
  }
}

function explainFailure<T>(file: string, change: () => T): T {
  try {
    return change();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === undefined ? error : new OutputFailure(file, code);
  }
}

function explainChanged(file: string): UserError {
  return new UserError(`${file} is not as nhi-scan wrote it`, {
    hint: 'move what was added elsewhere, or remove the file',
  });
}

function explainLefthook(type: HookType): UserError {
  const input = type === 'pre-push' ? ['      use_stdin: true'] : [];
  const command = type === 'pre-push' ? `${type} {0}` : type;
  const run = `      run: npx nhi-scan hook run ${command}`;
  const lines = [`${type}:`, '  commands:', '    nhi-scan:', run, ...input];
  return new UserError('lefthook keeps the hooks of this repository', {
    hint: `add to lefthook.yml:\n    ${lines.join('\n    ')}`,
  });
}

export function uninstallHook(type: HookType): number {
  const { folder, hooks, isOwnOfGit, isShared } = findHookPlace(process.cwd());
  const isScriptRemoved = removeScript(hooks, type);
  const isBlockRemoved = removeFromScript(join(folder, type), type);
  if (!isScriptRemoved && !isBlockRemoved) return say(`${type}: not installed`);
  // Git keeps no empty folder: it was made for the script.
  const isLeftOver = isScriptRemoved && !isOwnOfGit && !isShared;
  if (isLeftOver && readdirSync(hooks).length === 0) rmdirSync(hooks);
  return say(`${type}: removed (${join(isScriptRemoved ? hooks : folder, type)})`);
}

/** A script that is not ours, or not ours alone, is left as it is. */
function removeScript(folder: string, type: HookType): boolean {
  const file = join(folder, type);
  const present = readScript(file);
  const owner = present === undefined ? 'other' : recognizeScript(present, type);
  if (owner === 'changed') throw explainChanged(file);
  if (owner === 'other') return false;
  explainFailure(file, () => {
    if (!putBackEarlier(folder, type)) rmSync(file);
  });
  return true;
}

function removeFromScript(file: string, type: HookType): boolean {
  const present = readScript(file) ?? '';
  if (!hasBlock(present, type)) return false;
  const rest = removeBlock(present, type);
  if (rest.trim() === '') explainFailure(file, () => rmSync(file));
  else writeFileAtomically(file, rest);
  return true;
}

export function showHooks(): number {
  const place = findHookPlace(process.cwd());
  for (const type of HOOK_TYPES) say(`${type}: ${describeHook(place, type)}`);
  if (place.manager === 'lefthook') say('lefthook keeps the hooks of this repository: see lefthook.yml');
  return EXIT.clean;
}

function describeHook({ folder, hooks }: HookPlace, type: HookType): string {
  const [shared, script] = [join(folder, type), join(hooks, type)];
  if (hasBlock(readScript(shared) ?? '', type)) return `installed (${shared})`;
  const text = readScript(script);
  const owner = text === undefined ? undefined : recognizeScript(text, type);
  if (owner === 'ours') return `installed (${script})`;
  if (owner === 'changed') return `installed, but not as nhi-scan wrote it (${script})`;
  return owner === undefined ? 'not installed' : 'not installed; another hook is there';
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
