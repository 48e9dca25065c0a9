// Scans in this thread, where workers would cost more than they save. It can be watched as workers are: V8 stops what runs
// too long, patterns too, and the input is tried again by itself, without the rule that was at work.
import { Script } from 'node:vm';
import { displayPath } from '../model/blob.ts';
import type { Input } from '../sources/input.ts';
import type { InputScanner, ScanSetup } from './input-scanner.ts';
import { createInputScanner } from './input-scanner.ts';
import type { InputOutcome } from './outcome.ts';

type OnOutcome = (input: Input, outcome: InputOutcome) => void;

export interface InlineScanner {
  /** Calls `onOutcome` for every input, in their order. */
  scan(inputs: readonly Input[], onOutcome: OnOutcome): void;
  /** As `scan`, watched. A watch costs 0.1 to 0.2 ms: many inputs should share one. */
  scanWatched(inputs: readonly Input[], onOutcome: OnOutcome): void;
}

/** @param inputBudgetMs time that one input may take */
export function createInlineScanner(setup: ScanSetup, inputBudgetMs: number): InlineScanner {
  const trace = new Int32Array(2);
  const ruleAtWork = (): string => setup.rules.ids[trace[0]!] ?? 'unknown';
  let scanner: InputScanner | undefined;
  const tryInput = (input: Input): InputOutcome => {
    scanner ??= createInputScanner(setup, trace);
    try {
      return scanner.scan(input);
    } catch (error) {
      scanner = undefined;
      return fail(input, (error as Error).message);
    }
  };
  return {
    scan: (inputs, onOutcome) => {
      for (const input of inputs) onOutcome(input, tryInput(input));
    },
    scanWatched: (inputs, onOutcome) => {
      for (let next = 0; next < inputs.length;) {
        // What is done with outcomes must not be stopped halfway.
        const outcomes: InputOutcome[] = [];
        const isDone = runWithin(inputBudgetMs, () => {
          for (let at = next; at < inputs.length; at++) outcomes.push(tryInput(inputs[at]!));
        });
        for (const outcome of outcomes) onOutcome(inputs[next++]!, outcome);
        if (isDone) continue;
        scanner = undefined;
        const slow = inputs[next++];
        if (slow) onOutcome(slow, scanAlone(slow, { setup, trace, inputBudgetMs, ruleAtWork }));
      }
    },
  };
}

interface Watched {
  readonly setup: ScanSetup;
  readonly trace: Int32Array;
  readonly inputBudgetMs: number;
  /** Id of the rule whose pattern ran last. */
  readonly ruleAtWork: () => string;
}

/** With the whole time for itself; without one rule more each time that it takes too long. */
function scanAlone(input: Input, { setup, trace, inputBudgetMs, ruleAtWork }: Watched): InputOutcome {
  const withoutRules: string[] = [];
  for (;;) {
    let outcome: InputOutcome | undefined;
    const isDone = runWithin(inputBudgetMs, () => {
      outcome = createInputScanner(setup, trace, withoutRules).scan(input);
    });
    if (isDone && outcome) return outcome;
    if (withoutRules.includes(ruleAtWork())) return fail(input, 'it took too long');
    withoutRules.push(ruleAtWork());
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
