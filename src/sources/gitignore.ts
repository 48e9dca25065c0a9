// Nested .gitignore files, as git reads them, for a walk that goes from folder to folder.
import { lstatSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { joinPath, toPrefix } from './folder.ts';
import type { FilePath } from './input.ts';
import type { IgnoreRules, IgnoreSubject } from './ignore-rules.ts';
import { parseIgnoreRules } from './ignore-rules.ts';
import { toByteText } from './name-bytes.ts';
import { readFileInto } from './read-file.ts';

/** A longer file of patterns is not read: it would only serve to slow the walk down. */
const MAX_IGNORE_FILE_BYTES = 512 * 1024;

/** The patterns of one file, and the less weighty ones of the files above it. */
export interface IgnoreChain {
  readonly rules: IgnoreRules;
  /** Where paths that are relative to this file's folder begin in paths that are relative to the top. */
  readonly from: number;
  readonly above: IgnoreChain | undefined;
}

/** True when git would ignore this path. The folders above it are known not to be ignored. */
export function isIgnored(chain: IgnoreChain | undefined, subject: IgnoreSubject): boolean {
  for (let link = chain; link; link = link.above) {
    const verdict = link.rules.judge(subject, link.from);
    if (verdict) return verdict === 'ignored';
  }
  return false;
}

/**
 * The chain with the patterns of a file before it; the chain itself where there are none or the file cannot be read.
 * A link is not followed, as in git.
 */
export function addIgnoreFile(
  file: FilePath,
  from: number,
  above: IgnoreChain | undefined,
): IgnoreChain | undefined {
  const text = readText(file);
  const rules = text === undefined ? undefined : parseIgnoreRules(text);
  return rules ? { rules, from, above } : above;
}

let buffer: Buffer | undefined;

/** In bytes, one character each. */
function readText(file: FilePath): string | undefined {
  buffer ??= Buffer.allocUnsafeSlow(MAX_IGNORE_FILE_BYTES);
  const result = readFileInto(file, buffer);
  if (result.status !== 'read' || result.count === buffer.length) return undefined;
  return buffer.toString('latin1', 0, result.count);
}

/** The nearest folder, from this one upwards, that git has made a work tree. */
export function findRepositoryTop(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (lstatSync(resolve(at, '.git'), { throwIfNoEntry: false })) return at;
    if (dirname(at) === at) return undefined;
  }
}

/**
 * What holds in `folder` from above: `.git/info/exclude`, and the .gitignore files from the repository's top down to
 * the folder's parent. Paths in the chain are relative to the top.
 */
export function findIgnoresAbove(folder: string, top: string): IgnoreChain | undefined {
  let chain = addExcludeFile(toPrefix(top));
  const parts = relative(top, folder).split(sep);
  let at = top;
  let path = '';
  for (const part of folder === top ? [] : parts) {
    chain = addIgnoreFile(resolve(at, '.gitignore'), path.length, chain);
    at = resolve(at, part);
    path += `${toByteText(part)}/`;
  }
  return chain;
}

/** The patterns of a repository that are not part of its tree. In a linked work tree or a submodule `.git` is a file. */
export function addExcludeFile(topPrefix: FilePath): IgnoreChain | undefined {
  return (
    addIgnoreFile(joinPath(topPrefix, '.git/info/exclude'), 0, undefined) ?? addLinkedExcludeFile(topPrefix)
  );
}

function addLinkedExcludeFile(topPrefix: FilePath): IgnoreChain | undefined {
  const pointer = readText(joinPath(topPrefix, '.git'));
  const target = pointer?.match(/^gitdir: (.+?)\r?\n?$/)?.[1];
  if (target === undefined || typeof topPrefix !== 'string') return undefined;
  const gitFolder = resolve(topPrefix, Buffer.from(target, 'latin1').toString('utf8'));
  const common = readText(resolve(gitFolder, 'commondir'))?.trim() ?? '.';
  return addIgnoreFile(resolve(gitFolder, common, 'info', 'exclude'), 0, undefined);
}
