// Loads the built-in rules, and a user's own from YAML files.
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { explainFileError } from '../model/file-error.ts';
import type { PackedRules } from '../model/packed-rules.ts';
import { listRules } from '../model/packed-rules.ts';
import type { ReferenceEntry } from '../model/reference.ts';
import type { PrefilterTables, Rule, RuleSet, RuleText } from '../model/rule.ts';
import { UserError } from '../model/user-error.ts';
import { checkRuleSet, createRuleSet, toMatcher } from './compile-rules.ts';
import type { PlacedRule } from './parse-rules.ts';

// What the build has written lies beside this file, or beside the bundle that it is part of.
const BUILT_IN = new URL('./built-in/', import.meta.url);

/** The built-in rules as the build writes them: what is long stands in files of its own. */
export interface BuiltInIndex {
  readonly hash: string;
  readonly rules: Omit<PackedRules, 'bytes'>;
  readonly layout: PrefilterTables['layout'];
  readonly keywords: number;
}

/** In memory that threads share. */
export function loadBuiltInRules(): RuleSet {
  const { hash, rules, layout, keywords } = readBuiltIn<BuiltInIndex>('index.json');
  const lists = readBytes('keywords.bin');
  const numbers = new Uint32Array(lists.buffer, 0, lists.length / Uint32Array.BYTES_PER_ELEMENT);
  return {
    hash,
    rules: { ...rules, bytes: readBytes('rules.json') },
    prefilter: {
      image: readBytes('prefilter.bin'),
      layout,
      keywordEnds: numbers.subarray(0, keywords),
      keywordRules: numbers.subarray(keywords),
    },
  };
}

/** Read to where it stays: a scan of a few files would feel the copy. */
function readBytes(name: string): Uint8Array {
  const file = openSync(new URL(name, BUILT_IN), 'r');
  try {
    const bytes = new Uint8Array(new SharedArrayBuffer(fstatSync(file).size));
    for (let at = 0; at < bytes.length;) {
      const count = readSync(file, bytes, at, bytes.length - at, at);
      if (count === 0) throw new Error(`${name} of the built-in rules is shorter than it was`);
      at += count;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}

export function loadBuiltInReferences(): ReferenceEntry[] {
  return readBuiltIn('references.json');
}

/** Texts are read only when there is something to say. */
export function loadBuiltInTexts(): RuleText[] {
  return readBuiltIn('texts.json');
}

function readBuiltIn<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, BUILT_IN), 'utf8')) as T;
}

/**
 * The rules of YAML files, and of the `*.yaml` and `*.yml` files of folders.
 * @throws UserError for a path that cannot be read and for rules that do not parse
 */
export async function readRuleFiles(paths: readonly string[]): Promise<PlacedRule[]> {
  const { parseRules } = await import('./parse-rules.ts');
  return paths.flatMap(listRuleFiles).flatMap((file) => parseRules(readRuleFile(file), file));
}

/**
 * A user's own rules, checked as a set beside the known ones.
 * @throws UserError as `readRuleFiles`, and for ids that stand twice or are missing
 */
export async function loadRuleFiles(paths: readonly string[], known: readonly string[]): Promise<PlacedRule[]> {
  const placed = await readRuleFiles(paths);
  checkRuleSet(placed, known);
  return placed;
}

/** The built-in rules without the disabled ones, with a user's own. */
export function combineRules(builtIn: RuleSet, own: readonly Rule[], disabled: readonly string[]): RuleSet {
  if (own.length === 0 && disabled.length === 0) return builtIn;
  if (own.length === 0) return disable(builtIn, disabled);
  const matchers = [...listRules(builtIn.rules), ...own.map(toMatcher)];
  return createRuleSet(matchers.filter((matcher) => !disabled.includes(matcher.id)));
}

function disable(set: RuleSet, ids: readonly string[]): RuleSet {
  const off = [...set.rules.off, ...ids];
  const hash = createHash('sha256').update(JSON.stringify([set.hash, off])).digest('hex').slice(0, set.hash.length);
  return { ...set, hash, rules: { ...set.rules, off } };
}

function listRuleFiles(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path).filter((name) => /\.ya?ml$/i.test(name));
    if (names.length === 0) throw new UserError(`no *.yaml file in ${path}`, { place: path });
    return names.sort().map((name) => join(path, name));
  } catch (error) {
    throw asUserError(error, path);
  }
}

function readRuleFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw asUserError(error, file);
  }
}

function asUserError(error: unknown, path: string): unknown {
  if (error instanceof UserError) return error;
  return new UserError(`cannot read rules: ${explainFileError(error)}`, { place: path });
}
