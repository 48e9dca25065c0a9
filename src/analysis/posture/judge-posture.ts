// How CI and infrastructure handle credentials: which matches of posture rules stand where the rule says they are wrong.
import { displayPath } from '../../model/blob.ts';
import type { Match } from '../../model/match.ts';
import type { RuleTable } from '../../model/packed-rules.ts';
import type { PostureCondition, RuleMatcher } from '../../model/rule.ts';
import type { ScannedText } from '../candidate.ts';
import { findFirst } from '../find-first.ts';
import { splitPath } from '../place/file-name.ts';
import type { PathTable } from '../place/path-table.ts';
import { createPathTable } from '../place/path-table.ts';
import type { KeyedValue } from '../structure/key-paths.ts';
import { listValues } from '../structure/key-paths.ts';
import type { KeyPattern } from './key-pattern.ts';
import { compileKeyPattern, listEnclosing } from './key-pattern.ts';

/** A match that stands where its rule says. */
export interface PostureMatch {
  readonly rule: RuleMatcher;
  readonly match: Match;
  readonly keyPath?: string;
}

export interface PostureJudge {
  /** @param matches any: those of other rules are left out */
  judge(text: ScannedText, matches: readonly Match[]): PostureMatch[];
}

interface Compiled {
  readonly rule: RuleMatcher;
  readonly fitsFile: PathTable<true>;
  readonly fitsKey?: KeyPattern;
  readonly near: readonly CompiledCondition[];
  readonly differs?: string;
}

interface CompiledCondition {
  readonly key: string;
  readonly has?: RegExp;
  readonly lacks?: RegExp;
}

export function createPostureJudge(rules: RuleTable): PostureJudge {
  const compiled = new Map<string, Compiled>();
  const compile = (id: string): Compiled | undefined => {
    const rule = rules.find(id);
    if (rule?.kind === 'posture' && !compiled.has(id)) compiled.set(id, compileRule(rule));
    return compiled.get(id);
  };
  return {
    judge: (text, matches) => {
      // What a test or a document shows hands on no credential.
      if (text.place === 'test' || text.place === 'docs') return [];
      const path = displayPath(text.provenance);
      const [dir, name] = splitPath(path);
      const here = matches.flatMap((match) => {
        const found = compile(match.ruleId);
        return found?.fitsFile(dir, name) ? [{ compiled: found, match }] : [];
      });
      // Most files have no match of these rules: only then is anything read.
      if (here.length === 0) return [];
      const values = createValues(path, text);
      const standing = here.flatMap(({ compiled: found, match }) =>
        standsWhereItShould(found, match, values),
      );
      return keepDiffering(standing, values);
    },
  };
}

function compileRule(rule: RuleMatcher): Compiled {
  const { files, key, near, differs } = rule.posture!;
  return {
    rule,
    fitsFile: createPathTable([[true, files.join(' ').toLowerCase()]]),
    ...(key === undefined ? {} : { fitsKey: compileKeyPattern(key) }),
    near: near.map(compileCondition),
    ...(differs === undefined ? {} : { differs }),
  };
}

function compileCondition({ key, has, lacks }: PostureCondition): CompiledCondition {
  return {
    key,
    ...(has === undefined ? {} : { has: new RegExp(has) }),
    ...(lacks === undefined ? {} : { lacks: new RegExp(lacks) }),
  };
}

/** The values of a text, read once. */
interface Values {
  at(offset: number): KeyedValue | undefined;
  /** Those whose path fits a pattern, of those whose path begins so; in order of place. */
  select(pattern: string, beginning: string): readonly KeyedValue[];
}

function createValues(path: string, { bytes, origin }: ScannedText): Values {
  const all = origin.line === 1 && origin.column === 1 ? listValues(path, bytes) : [];
  const byPath = once(() => [...all].sort((a, b) => compareTexts(a.keyPath, b.keyPath) || a.start - b.start));
  const selected = new Map<string, readonly KeyedValue[]>();
  return {
    at: (offset) => {
      const value = all[findFirst(all, ({ start }) => start > offset) - 1];
      return value && offset < value.end ? value : undefined;
    },
    select: (pattern, beginning) => {
      const known = selected.get(pattern);
      if (known) return known;
      const fits = compileKeyPattern(pattern);
      const found = listBeginning(byPath(), beginning).filter(({ keyPath }) => fits(keyPath));
      found.sort((a, b) => a.start - b.start);
      selected.set(pattern, found);
      return found;
    },
  };
}

function listBeginning(byPath: readonly KeyedValue[], beginning: string): KeyedValue[] {
  const first = findFirst(byPath, ({ keyPath }) => keyPath >= beginning);
  const found: KeyedValue[] = [];
  for (let at = first; byPath[at]?.keyPath.startsWith(beginning) === true; at++) found.push(byPath[at]!);
  return found;
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function standsWhereItShould(compiled: Compiled, match: Match, values: Values): Standing[] {
  const { rule, fitsKey, near } = compiled;
  // A match may begin with its key; what it captures stands in the value.
  const value = values.at(match.secretSpan.start);
  if (fitsKey && (!value || !fitsKey(value.keyPath))) return [];
  const keyPath = value?.keyPath ?? '';
  if (!near.every((condition) => holds(condition, keyPath, values))) return [];
  return [{ compiled, found: { rule, match, ...(value ? { keyPath } : {}) } }];
}

/** Looks at the nearest enclosing mapping that has the key at all. */
function holds({ key, has, lacks }: CompiledCondition, keyPath: string, values: Values): boolean {
  const near = findNear(key, keyPath, values);
  if (has) return near.some(({ value }) => has.test(value));
  return !near.some(({ value }) => lacks?.test(value) === true);
}

function findNear(key: string, keyPath: string, values: Values): readonly KeyedValue[] {
  for (const enclosing of listEnclosing(keyPath)) {
    const beginning = enclosing === '' ? '' : `${escapeStars(enclosing)}.`;
    const near = values.select(`${beginning}${key}`, beginning);
    if (near.length > 0) return near;
  }
  return [];
}

/** A star that stands in a key itself is no wildcard; it is rare, and takes part in nothing. */
function escapeStars(keyPath: string): string {
  return keyPath.replaceAll('*', '?');
}

interface Standing {
  readonly compiled: Compiled;
  readonly found: PostureMatch;
}

/** Of rules that compare, only what occurs under different values of the key that they name. */
function keepDiffering(standing: readonly Standing[], values: Values): PostureMatch[] {
  const seen = new Map<Compiled, Map<string, Set<string>>>();
  const valuesOf = ({ compiled, found }: Standing): Set<string> => {
    const bySecret = seen.get(compiled) ?? new Map<string, Set<string>>();
    const known = bySecret.get(found.match.secret) ?? new Set<string>();
    seen.set(compiled, bySecret.set(found.match.secret, known));
    return known;
  };
  const ownOf = ({ compiled: { differs }, found }: Standing): string | undefined =>
    differs === undefined ? undefined : nearValue(differs, found, values);
  const own = standing.map(ownOf);
  standing.forEach((each, index) => {
    const value = own[index];
    if (value !== undefined) valuesOf(each).add(value);
  });
  return standing
    .filter((each, index) => {
      if (each.compiled.differs === undefined) return true;
      return own[index] !== undefined && valuesOf(each).size > 1;
    })
    .map(({ found }) => found);
}

function nearValue(key: string, { keyPath = '' }: PostureMatch, values: Values): string | undefined {
  return findNear(key, keyPath, values)[0]?.value;
}
