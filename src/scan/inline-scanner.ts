// Scans in this thread, where workers would cost more than they save. V8 stops what runs too long, patterns too; but it
// cannot be told whether that was at work or hung, nor to wait: what was stopped is left to a worker, which is watched.
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
  /**
   * As `scan`, watched. A watch costs 0.1 to 0.2 ms: many inputs should share one.
   * @returns those that took too long: they have no outcome yet
   */
  scanWatched(inputs: readonly Input[], setup: number, onOutcome: OnOutcome): Input[];
}

/**
 * @param setups alike but for their analysis
 * @param limitMs time that inputs which share a watch may take together
 */
export function createInlineScanner(setups: readonly ScanSetup[], limitMs: number): InlineScanner {
  let engine: ScanEngine | undefined;
  let scanners: InputScanner[] = [];
  /** What was stopped halfway is not used again. */
  const discard = (): void => {
    engine = undefined;
    scanners = [];
  };
  const tryInput = (input: Input, index: number): InputOutcome => {
    const setup = setups[index]!;
    engine ??= createScanEngine(setup);
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
      const slow: Input[] = [];
      for (let next = 0; next < inputs.length;) {
        // What is done with outcomes must not be stopped halfway.
        const outcomes: InputOutcome[] = [];
        const isDone = runWithin(limitMs, () => {
          for (let at = next; at < inputs.length; at++) outcomes.push(tryInput(inputs[at]!, setup));
        });
        for (const outcome of outcomes) onOutcome(inputs[next++]!, outcome);
        if (isDone) continue;
        discard();
        if (next < inputs.length) slow.push(inputs[next++]!);
      }
      return slow;
    },
  };
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
