// The allowlists of a `.gitleaks.toml` → entries of `allow`. What cannot be said there, or only more widely, is left out.
import type { AllowEntry } from '../model/config.ts';
import type { TomlTable, TomlText } from './read-toml-tables.ts';
import { readTomlTables } from './read-toml-tables.ts';

export interface CarriedAllowlist {
  readonly entries: readonly AllowEntry[];
  /** What was left out, and why. Patterns are told by their lines: they may be secrets. */
  readonly left: readonly string[];
}

export interface AllowlistJudge {
  /** Why a pattern is refused; undefined when it is safe to run. */
  readonly lintPattern: (pattern: string) => { problem: string } | undefined;
  /** True for a text which must not stand in a file of the project. */
  readonly isSecret: (text: string) => boolean;
}

/**
 * @param file name for messages
 * @throws UserError for what is no TOML
 */
export function carryAllowlists(text: string, file: string, judge: AllowlistJudge): CarriedAllowlist {
  const entries: AllowEntry[] = [];
  const left: string[] = [];
  for (const table of readTomlTables(text, file)) {
    if (
      /^rules(?:\.|$)/.test(table.name) &&
      !table.name.endsWith('.allowlist') &&
      !table.name.endsWith('.allowlists')
    )
      continue;
    if (!/(?:^|\.)allowlists?$/.test(table.name)) continue;
    const problem = explainTable(table);
    if (problem === undefined) carryTable(table, { entries, left, ...judge });
    else left.push(`[${table.name}]: ${problem}`);
  }
  return { entries, left };
}

function explainTable({ name, values }: TomlTable): string | undefined {
  if (name.startsWith('rules')) return 'it is about one rule of the other tool';
  if (values.has('targetRules')) return 'it is about some rules of the other tool';
  const conditions = ['paths', 'regexes', 'stopwords', 'commits'].filter((key) => values.has(key));
  if (values.get('condition')?.[0]?.text.toUpperCase() === 'AND' && conditions.length > 1)
    return 'all its conditions must hold at once';
  return undefined;
}

interface Carrying extends AllowlistJudge {
  readonly entries: AllowEntry[];
  readonly left: string[];
}

const HELD = 'it holds a secret; a comment beside that, or a baseline, accepts it';

function carryTable({ values }: TomlTable, { entries, left, ...judge }: Carrying): void {
  const list = (key: string): readonly TomlText[] => values.get(key) ?? [];
  const first = (key: string, otherwise: string): string => list(key)[0]?.text || otherwise;
  const reason = first('description', 'carried over from .gitleaks.toml');
  for (const { text: path, line } of list('paths')) {
    const glob = toGlob(path);
    if (judge.isSecret(path)) left.push(`the path in line ${line}: ${HELD}`);
    else if (glob === undefined) left.push(`path '${path}': no glob says the same`);
    else entries.push({ paths: [glob], reason });
  }
  const target = first('regexTarget', 'secret');
  for (const { text: pattern, line } of list('regexes')) {
    const problem = explainPattern(pattern, target, judge);
    if (problem === undefined) entries.push({ pattern, reason });
    else left.push(`the pattern in line ${line}: ${problem}`);
  }
  for (const { text: word, line } of list('stopwords')) {
    if (judge.isSecret(word)) left.push(`the word in line ${line}: ${HELD}`);
    else entries.push({ pattern: word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), reason });
  }
  for (const { text: commit } of list('commits'))
    left.push(`commit ${commit}: findings are accepted, not commits`);
}

function explainPattern(
  pattern: string,
  target: string,
  { lintPattern, isSecret }: AllowlistJudge,
): string | undefined {
  if (target !== 'secret') return `it is tried on the ${target}, not on the secret`;
  try {
    RegExp(pattern);
  } catch {
    return 'it is no JavaScript regular expression';
  }
  return lintPattern(pattern)?.problem ?? (isSecret(withoutSyntax(pattern)) ? HELD : undefined);
}

/** The text that a pattern spells out, where it does. */
function withoutSyntax(pattern: string): string {
  return pattern.replace(/^\^|^\\b|\$$|\\b$/g, '').replaceAll(/\\([^\w])/g, '$1');
}

/** A glob that fits nothing which the pattern does not fit; undefined where there is none. */
function toGlob(pattern: string): string | undefined {
  const isAnchored = pattern.startsWith('^');
  const body = pattern
    .replace(/^\^/, '')
    .replace(/^\(\?:\^\|\/\)|^\(\^\|\/\)/, '')
    .replace(/^(?:\(\.\*\??\)|\.\*\??)/, isAnchored ? '^' : '');
  const isFree = !isAnchored || body.startsWith('^');
  const end = body.endsWith('$');
  const core = body.replace(/^\^/, '').replace(/(?:\(\.\*\??\)|\.\*\??)?\$?$/, '');
  const literal = core.replaceAll(/\\([./_-])/g, '$1');
  // An unescaped dot is any character in a pattern and a dot in a glob: the glob is the narrower of the two.
  if (!/^[\w./@-]+$/.test(literal)) return undefined;
  if (literal.endsWith('/')) return isFree ? `**/${literal.replace(/^\//, '')}` : `/${literal}`;
  if (end && literal.startsWith('.')) return `*${literal}`;
  return isFree ? `**/${literal.replace(/^\//, '')}` : `/${literal}`;
}
