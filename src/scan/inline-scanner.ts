// Scans in this thread, where workers would cost more than they save. It can be watched as workers are: V8 stops what runs
// too long, patterns too, and the input is tried again by itself, without the rule that was at work.
import { Script } from 'node:vm';
import { displayPath } from '../model/blob.ts';
import type { Input } from '../sources/input.ts';
import type { InputScanner, ScanEngine, ScanSetup } from './input-scanner.ts';
import { createInputScanner, createScanEngine } from './input-scanner.ts';
import type { InputOutcome } from './outcome.ts';

type OnOutcome = (input: Input, outcome: InputOutcome) => void;

export interface InlineScanner {
  /** Calls `onOutcome` for every input, in their order. */
  scan(inputs: readonly Input[], setup: number, onOutcome: OnOutcome): void;
  /** As `scan`, watched. A watch costs 0.1 to 0.2 ms: many inputs should share one. */
  scanWatched(inputs: readonly Input[], setup: number, onOutcome: OnOutcome): void;
}

/**
 * @param setups alike but for their analysis
 * @param inputBudgetMs time that one input may take
 */
export function createInlineScanner(setups: readonly ScanSetup[], inputBudgetMs: number): InlineScanner {
  const trace = new Int32Array(2);
  const watched = { trace, inputBudgetMs };
  let engine: ScanEngine | undefined;
  let scanners: InputScanner[] = [];
  /** What was stopped halfway is not used again. */
  const discard = (): void => {
    engine = undefined;
    scanners = [];
  };
  const tryInput = (input: Input, index: number): InputOutcome => {
    const setup = setups[index]!;
    engine ??= createScanEngine(setup, trace);
    const scanner = (scanners[index] ??= createInputScanner(setup, engine));
    try {
      return scanner.scan(input);
    } catch (error) {
      discard();
      return fail(input, (error as Error).message);
    }
  };
  return {
    scan: (inputs, setup, onOutcome) => {
      for (const input of inputs) onOutcome(input, tryInput(input, setup));
    },
    scanWatched: (inputs, setup, onOutcome) => {
      for (let next = 0; next < inputs.length;) {
        // What is done with outcomes must not be stopped halfway.
        const outcomes: InputOutcome[] = [];
        const isDone = runWithin(inputBudgetMs, () => {
          for (let at = next; at < inputs.length; at++) outcomes.push(tryInput(inputs[at]!, setup));
        });
        for (const outcome of outcomes) onOutcome(inputs[next++]!, outcome);
        if (isDone) continue;
        discard();
        const slow = inputs[next++];
        if (slow) onOutcome(slow, scanAlone(slow, setups[setup]!, watched));
      }
    },
  };
}

interface Watched {
  /** In its first cell the index of the rule whose pattern ran last. */
  readonly trace: Int32Array;
  readonly inputBudgetMs: number;
}

/** With the whole time for itself; without one rule more each time that it takes too long. */
function scanAlone(input: Input, setup: ScanSetup, { trace, inputBudgetMs }: Watched): InputOutcome {
  const withoutRules: string[] = [];
  for (;;) {
    let outcome: InputOutcome | undefined;
    const isDone = runWithin(inputBudgetMs, () => {
      outcome = createInputScanner(setup, createScanEngine(setup, trace, withoutRules)).scan(input);
    });
    if (isDone && outcome) return outcome;
    const ruleAtWork = setup.rules.ids[trace[0]!] ?? 'unknown';
    if (withoutRules.includes(ruleAtWork)) return fail(input, 'it took too long');
    withoutRules.push(ruleAtWork);
  }
}

function fail(input: Input, message: string): InputOutcome {
  const subject = displayPath(input.provenance);
  return { status: 'failed', diagnostic: { level: 'error', subject, message: `not scanned: ${message}` } };
}

/** Only what a script calls is stopped by its time limit, and only what is global it can call. */
const RUN = Symbol.for('nhi-scan.run');
const SCRIPT = new Script("globalThis[Symbol.for('nhi-scan.run')]()");

/** False when it was stopped, wherever that was. */
function runWithin(timeoutMs: number, run: () => void): boolean {
  const place = globalThis as { [RUN]?: () => void };
  place[RUN] = run;
  try {
    SCRIPT.runInThisContext({ timeout: timeoutMs });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
    throw error;
  } finally {
    delete place[RUN];
  }
}
