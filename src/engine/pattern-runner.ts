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
      const at = find(text, offset - window.base);
      if (at === undefined) return undefined;
      return locate(text, at, window.base);
    },
  };
}

type Find = (text: string, keywordAt: number) => number | undefined;

function createStickyFind(rule: RuleMatcher): Find {
  let pattern: RegExp | undefined;
  return (text, keywordAt) => {
    pattern ??= new RegExp(rule.pattern, rule.ignoreCase ? 'yi' : 'y');
    pattern.lastIndex = keywordAt;
    return pattern.test(text) ? keywordAt : undefined;
  };
}

/** A match may begin up to `lookback` bytes before its keyword, and must hold it. */
function createSearchingFind(rule: RuleMatcher): Find {
  let pattern: RegExp | undefined;
  return (text, keywordAt) => {
    // A search with the flag `g` would go on behind the keyword, where no match that holds it begins.
    pattern ??= new RegExp(`([^]{0,${rule.lookback}}?)(?:${rule.pattern})`, rule.ignoreCase ? 'yi' : 'y');
    pattern.lastIndex = Math.max(0, keywordAt - rule.lookback);
    for (;;) {
      const found = pattern.exec(text);
      if (!found) return undefined;
      const at = found.index + found[1]!.length;
      if (at > keywordAt) return undefined;
      if (pattern.lastIndex > keywordAt) return at;
    }
  };
}

type Locate = (text: string, at: number, base: number) => Match;

// Positions of groups cost more than a plain test, so only texts known to match are asked for them.
function createLocator(rule: RuleMatcher): Locate {
  let pattern: RegExp | undefined;
  return (text, at, base) => {
    pattern ??= new RegExp(rule.pattern, rule.ignoreCase ? 'dyi' : 'dy');
    pattern.lastIndex = at;
    const found = pattern.exec(text)!;
    const whole: Span = { start: base + at, end: base + at + found[0].length };
    const group = found.indices?.groups?.['secret'];
    const secretSpan = group ? { start: base + group[0], end: base + group[1] } : whole;
    const { secret = found[0], ...others } = { ...found.groups };
    const captures = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined));
    return { ruleId: rule.id, span: whole, secretSpan, secret, captures, decodedBy: [] };
  };
}
