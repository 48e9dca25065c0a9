// Bytes → matches: the kernel finds keywords, each hit runs its rules' patterns, once, sticky, within bounds.
import type { Match } from '../model/match.ts';
import type { RuleTable } from '../model/packed-rules.ts';
import type { PrefilterTables, RuleMatcher } from '../model/rule.ts';
import type { Kernel, Range } from './kernel.ts';
import { createKernel } from './kernel.ts';
import { createPrefilterTables } from './keyword-tables.ts';
import type { PatternRunner } from './pattern-runner.ts';
import { createPatternRunner, MAX_LOOKBEHIND_BYTES } from './pattern-runner.ts';
import type { TextWindow } from './text-window.ts';
import { createTextWindow } from './text-window.ts';
import type { Change, Hit, OnHit, Reach } from './versions.ts';
import { findChanged } from './versions.ts';

/** Longest atom offset in a keyword, plus the furthest that a match begins before its keyword and looks back. */
const BEFORE_BYTES = 256 + 256 + MAX_LOOKBEHIND_BYTES;

export interface ScannerOptions {
  /** Room for text, in bytes. Longer inputs are scanned in chunks. */
  readonly capacityBytes: number;
  /** The tables of these very rules, where they have been made already. */
  readonly prefilter?: PrefilterTables;
  /**
   * For a watchdog in another thread. The first cell holds one more than the index of the rule whose pattern runs, and 0
   * while none does; the second counts steps: texts and runs of patterns.
   */
  readonly trace?: Int32Array;
  /** Texts come as versions of each other: what one shares with the one before it is not searched again. */
  readonly hasVersions?: boolean;
  /** Counts that this scanner adds to, where it shares them with another. */
  readonly counters?: ScannerCounters;
}

/** Counts of work, for tests that bound it. */
export interface ScannerCounters {
  keywordHits: number;
  patternRuns: number;
}

export interface Scanner {
  /** Callers write text here. */
  readonly buffer: Uint8Array;
  /** Bytes that must follow a chunk's limit for matches near it to be seen whole. */
  readonly afterBytes: number;
  /** Bytes that must precede a chunk's start for matches near it to be seen whole. */
  readonly beforeBytes: number;
  readonly counters: ScannerCounters;
  /** Finds encoded text in the buffer. */
  readonly marks: Pick<Kernel, 'nextMark' | 'markKind'>;
  /**
   * The matches in a range of the buffer, in order of their keywords. Spans are offsets in the buffer.
   * @param movedBytes for a further chunk of one input: how far the bytes have moved towards the beginning
   */
  scan(range: Range, movedBytes?: number): Match[];
}

export interface PlainScanner extends Scanner {
  /** As `scan`, of a whole text, whose keywords are noted; only what has changed since the text before it is searched. */
  scanVersion(range: Range, change: Change | undefined): { readonly matches: Match[]; readonly hits: Hit[] };
}

export function createScanner(rules: RuleTable, options: ScannerOptions): PlainScanner {
  const tables = options.prefilter ?? createPrefilterTables(rules);
  const kernel = createKernel(tables, options.capacityBytes);
  const window = createTextWindow(kernel.buffer);
  const { keywordRules, keywordEnds } = tables;
  const counters: ScannerCounters = options.counters ?? { keywordHits: 0, patternRuns: 0 };
  const trace = options.trace ?? new Int32Array(2);
  const round = createRound({ rules, keywordRules, keywordEnds, window, counters, trace });
  const reach = createReach(rules, tables);
  return {
    buffer: kernel.buffer,
    beforeBytes: BEFORE_BYTES,
    afterBytes: rules.maxReachBytes + MAX_LOOKBEHIND_BYTES,
    counters,
    marks: kernel,
    scan: (range, movedBytes = Infinity) => {
      round.begin(range.end, movedBytes);
      kernel.find(range, round.tryHit);
      return round.finish();
    },
    scanVersion: (range, change) => {
      const hits: Hit[] = [];
      const onHit: OnHit = (offset, keywordId, isIdle) => {
        hits.push({ offset, keywordId, isIdle: isIdle || round.tryHit(offset, keywordId) });
      };
      round.begin(range.end, Infinity);
      if (change) findChanged(kernel, range, { change, reach, onHit });
      else kernel.find(range, (offset, keywordId) => onHit(offset, keywordId, false));
      return { matches: round.finish(), hits };
    },
  };
}

function createReach(rules: RuleTable, { keywordRules, keywordEnds }: PrefilterTables): Reach {
  const known: number[] = [];
  const measure = (keywordId: number): number => {
    const first = keywordId === 0 ? 0 : keywordEnds[keywordId - 1]!;
    const waiting = keywordRules.subarray(first, keywordEnds[keywordId]);
    return Math.max(...Array.from(waiting, (rule) => rules.at(rule)?.reach ?? 0));
  };
  return {
    beforeBytes: BEFORE_BYTES,
    behindBytes: (keywordId) => (known[keywordId] ??= measure(keywordId) + MAX_LOOKBEHIND_BYTES),
  };
}

interface RoundParts extends Pick<PrefilterTables, 'keywordRules' | 'keywordEnds'> {
  readonly rules: RuleTable;
  readonly window: TextWindow;
  readonly counters: ScannerCounters;
  readonly trace: Int32Array;
}

interface Round {
  begin(end: number, movedBytes: number): void;
  /** Whether all patterns that wait for the keyword were tried, and none matched. */
  tryHit(offset: number, keywordId: number): boolean;
  finish(): Match[];
}

// One object for all rounds: a scan of a million files must not make garbage for each.
function createRound({ rules, keywordRules, keywordEnds, window, counters, trace }: RoundParts): Round {
  const matchedTo = new Float64Array(rules.ids.length);
  const runners: PatternRunner[] = [];
  const runnerOf = (index: number): PatternRunner => (runners[index] ??= createRunner(rules.at(index)));
  const touched: number[] = [];
  let matches: Match[] = [];
  return {
    begin: (end, movedBytes) => {
      trace[0] = 0;
      trace[1]!++;
      window.reset(end);
      for (const rule of touched) matchedTo[rule] = Math.max(0, matchedTo[rule]! - movedBytes);
      if (movedBytes === Infinity) touched.length = 0;
      matches = [];
    },
    tryHit: (offset, keywordId) => {
      counters.keywordHits++;
      let isIdle = true;
      const end = keywordEnds[keywordId]!;
      for (let at = keywordId === 0 ? 0 : keywordEnds[keywordId - 1]!; at < end; at++) {
        const rule = keywordRules[at]!;
        // A hit within what the rule has matched already belongs to that match.
        if (offset < matchedTo[rule]!) {
          isIdle = false;
          continue;
        }
        counters.patternRuns++;
        trace[0] = rule + 1;
        trace[1]!++;
        const match = runnerOf(rule).run(window, offset);
        trace[0] = 0;
        if (!match) continue;
        isIdle = false;
        matchedTo[rule] = NAME.test(match.secret) ? match.secretSpan.start : match.span.end;
        touched.push(rule);
        matches.push(match);
      }
      return isIdle;
    },
    finish: () => matches,
  };
}

/** What is captured may be a name itself, with the secret behind it: `key = get("api_key", "…")`. */
const NAME = /^[A-Za-z][A-Za-z_.:-]{2,40}$/;

const NEVER: PatternRunner = { run: () => undefined };

function createRunner(rule: RuleMatcher | undefined): PatternRunner {
  return rule ? createPatternRunner(rule) : NEVER;
}
