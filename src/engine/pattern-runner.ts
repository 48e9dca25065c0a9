// Runs one rule's pattern at one keyword hit, on bounded text.
import type { Match, Span } from '../model/match.ts';
import type { RuleMatcher } from '../model/rule.ts';
import type { TextWindow } from './text-window.ts';

/** Text before a match that its lookbehinds may see. The pattern lint holds rules to it. */
export const MAX_LOOKBEHIND_BYTES = 64;

export interface PatternRunner {
  /** The match of the keyword at `offset`, if the pattern matches there. */
  run(window: TextWindow, offset: number): Match | undefined;
}

/** Patterns are compiled at their first hit: most rules never have one. */
export function createPatternRunner(rule: RuleMatcher): PatternRunner {
  const find = rule.lookback === 0 ? createStickyFind(rule) : createSearchingFind(rule);
  const locate = createLocator(rule);
  return {
    run: (window, offset) => {
      const from = Math.max(0, offset - rule.lookback - MAX_LOOKBEHIND_BYTES);
      const text = window.cover(from, offset + rule.reach);
      const found = find(text, offset - window.base);
      return found && describe(rule, found, { base: window.base, locate: locate(text, found) });
    },
  };
}

type Groups = Readonly<Record<string, string | undefined>>;

/** What a pattern has matched, and where in the text. */
interface Found {
  readonly at: number;
  readonly matched: string;
  readonly groups: Groups | undefined;
}

type Find = (text: string, keywordAt: number) => Found | undefined;

const LONG_TEXT = ' '.repeat(1024);

/** V8 compiles to machine code for a text of 1,000 characters or more; for a shorter one, to bytecode first. */
function compile(source: string, ignoreCase: boolean): RegExp {
  const pattern = new RegExp(source, ignoreCase ? 'yi' : 'y');
  pattern.exec(LONG_TEXT);
  return pattern;
}

function createStickyFind(rule: RuleMatcher): Find {
  let pattern: RegExp | undefined;
  return (text, keywordAt) => {
    pattern ??= compile(rule.pattern, rule.ignoreCase);
    pattern.lastIndex = keywordAt;
    const found = pattern.exec(text);
    return found ? { at: keywordAt, matched: found[0], groups: found.groups } : undefined;
  };
}

/** A match may begin up to `lookback` bytes before its keyword, and must hold it. */
function createSearchingFind(rule: RuleMatcher): Find {
  let pattern: RegExp | undefined;
  return (text, keywordAt) => {
    // A search with the flag `g` would go on behind the keyword, where no match that holds it begins.
    pattern ??= compile(`([^]{0,${rule.lookback}}?)(?:${rule.pattern})`, rule.ignoreCase);
    pattern.lastIndex = Math.max(0, keywordAt - rule.lookback);
    for (;;) {
      const found = pattern.exec(text);
      if (!found) return undefined;
      const passedOver = found[1]!.length;
      const at = found.index + passedOver;
      if (at > keywordAt) return undefined;
      if (pattern.lastIndex > keywordAt) {
        return { at, matched: found[0].slice(passedOver), groups: found.groups };
      }
    }
  };
}

/** Where a secret begins in the text. */
type Locate = (secret: string) => number;

function describe(
  rule: RuleMatcher,
  { at, matched, groups }: Found,
  { base, locate }: { base: number; locate: Locate },
): Match {
  const span: Span = { start: base + at, end: base + at + matched.length };
  const secret = groups?.['secret'];
  const start = secret === undefined ? span.start : base + locate(secret);
  const { length } = secret ?? matched;
  return {
    ruleId: rule.id,
    span,
    secretSpan: { start, end: start + length },
    secret: secret ?? matched,
    captures: capturesOf(groups),
    decodedBy: [],
  };
}

function capturesOf(groups: Groups | undefined): Record<string, string> {
  const captures: Record<string, string> = {};
  for (const name in groups) {
    const value = groups[name];
    if (name !== 'secret' && value !== undefined) captures[name] = value;
  }
  return captures;
}

/**
 * Positions of groups cost many times the match itself: they are asked for where the secret's text stands twice in what
 * the pattern can see, which with its assertions is more than it matches.
 */
function createLocator(rule: RuleMatcher): (text: string, found: Found) => Locate {
  let pattern: RegExp | undefined;
  const seenBytes = rule.lookback + rule.reach + MAX_LOOKBEHIND_BYTES;
  return (text, { at }) =>
    (secret) => {
      const first = text.indexOf(secret, Math.max(0, at - MAX_LOOKBEHIND_BYTES));
      if (text.lastIndexOf(secret, at + seenBytes) === first) return first;
      pattern ??= new RegExp(rule.pattern, rule.ignoreCase ? 'dyi' : 'dy');
      pattern.lastIndex = at;
      return pattern.exec(text)!.indices!.groups!['secret']![0];
    };
}
