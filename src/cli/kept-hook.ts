// The hook that was there before ours: where it is kept, and how it is put back.
import { existsSync, lstatSync, mkdirSync, readdirSync, readlinkSync, renameSync, rmdirSync } from 'node:fs';
import { rmSync, symlinkSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { UserError } from '../model/user-error.ts';
import type { HookType } from './hook-script.ts';
import { EARLIER_FOLDER, earlierHookName } from './hook-script.ts';

/** How a script asks for the folder in which it lies. */
const OWN_FOLDER =
  /\bdirname\b["'(\s-]*(?:\$0|\$\{0\}|\$\{?BASH_SOURCE[^\s")]*|__file__)|\$\{0%\/\*\}|\b__dirname\b/g;
/** How it asks what it is called, and other uses of its path. */
const OWN_NAME = /\$0|\$\{0|BASH_SOURCE|\bbasename\b|\b__file(?:name)?\b|\bargv\b/;

/**
 * @param folder of the hooks
 * @param text what the hook holds
 * @returns what the user should look at, where the hook asks for its folder and for its name: one of them is another now
 * @throws UserError where an earlier one is kept already
 */
export function keepEarlier(folder: string, type: HookType, text: string): string | undefined {
  const present = findEarlier(folder, type);
  if (present !== undefined) {
    throw new UserError(`there is a hook to keep, but ${present} exists already`, {
      hint: 'move one of them out of the way',
    });
  }
  const rest = text.replaceAll(OWN_FOLDER, '');
  const isFolderAsked = rest !== text;
  const isNameAsked = OWN_NAME.test(rest);
  const [beside, below] = listPlaces(folder, type);
  const place = isFolderAsked && !isNameAsked ? beside : below;
  mkdirSync(dirname(place), { recursive: true });
  moveHook(join(folder, type), place);
  return isFolderAsked && isNameAsked
    ? `it lies in ${dirname(place)} now, and may look there for files beside it: try it`
    : undefined;
}

/** @returns whether there was one */
export function putBackEarlier(folder: string, type: HookType): boolean {
  const kept = findEarlier(folder, type);
  if (kept === undefined) return false;
  moveHook(kept, join(folder, type));
  const below = join(folder, EARLIER_FOLDER);
  if (existsSync(below) && readdirSync(below).length === 0) rmdirSync(below);
  return true;
}

function findEarlier(folder: string, type: HookType): string | undefined {
  return listPlaces(folder, type).find((place) => lstatSync(place, { throwIfNoEntry: false }) !== undefined);
}

function listPlaces(folder: string, type: HookType): [beside: string, below: string] {
  return [join(folder, earlierHookName(type)), join(folder, EARLIER_FOLDER, type)];
}

/** A link goes on to lead where it led. */
function moveHook(from: string, to: string): void {
  const target = lstatSync(from).isSymbolicLink() ? readlinkSync(from) : '/';
  if (isAbsolute(target)) {
    renameSync(from, to);
    return;
  }
  rmSync(to, { force: true });
  symlinkSync(relative(dirname(to), resolve(dirname(from), target)), to);
  rmSync(from);
}
