// Decides who scans: a small job in this thread, for a worker costs more to start than it saves; a large one in workers.
import { availableParallelism } from 'node:os';
import type { Input } from '../sources/input.ts';
import { sizeOf } from '../sources/read-file.ts';
import type { InputScanner, ScanSetup } from './input-scanner.ts';
import { createInputScanner } from './input-scanner.ts';
import type { InputOutcome } from './outcome.ts';
import type { InputFeed, Pool } from './pool.ts';

const MAX_WORKERS = 8;
const MAX_INLINE_INPUTS = 2000;
const MAX_INLINE_BYTES = 24 * 1024 * 1024;

export interface ScannersOptions {
  /** What inputs are scanned with: each call names one of them. */
  readonly setups: readonly ScanSetup[];
  /** Workers; 0 for none. As many as there are processors, up to a limit, where it is left out. */
  readonly jobs?: number;
  /** Time, in milliseconds, that a worker may spend on one input. */
  readonly inputBudgetMs: number;
}

type OnOutcome = (input: Input, outcome: InputOutcome) => void;

/** The scanners of one run, in this thread or in workers: what they have made and compiled serves all its rounds. */
export interface Scanners {
  scanInputs(inputs: Iterable<Input>, setup: number, onOutcome: OnOutcome): Promise<void>;
  /** For a source that another process feeds, group by group. */
  scanGroups(groups: AsyncIterable<readonly Input[]>, setup: number, onOutcome: OnOutcome): Promise<void>;
  /** To be called at the end, however it comes: waiting workers would keep the process. */
  close(): Promise<unknown>;
}

export function createScanners({ setups, jobs, inputBudgetMs }: ScannersOptions): Scanners {
  const inline: InputScanner[] = [];
  const inlineScanner = (setup: number): InputScanner =>
    (inline[setup] ??= createInputScanner(setups[setup]!));
  let pool: Pool | undefined;
  const scanInWorkers = async (inputs: InputFeed, setup: number, onOutcome: OnOutcome): Promise<void> => {
    pool ??= await startPool({ setups, inputBudgetMs, ...(jobs === undefined ? {} : { jobs }) });
    await pool.scan(inputs, setup, onOutcome);
  };
  const isUndecided = (): boolean => jobs !== 0 && !pool;
  return {
    scanInputs: async (inputs, setup, onOutcome) => {
      const iterator = inputs[Symbol.iterator]();
      const first = isUndecided() ? takeFirst(iterator, MAX_INLINE_INPUTS + 1) : [];
      if (jobs !== 0 && (pool || !isSmall(first))) {
        return scanInWorkers(chain(first, iterator), setup, onOutcome);
      }
      const scanner = inlineScanner(setup);
      for (const input of chain(first, iterator)) onOutcome(input, scanner.scan(input));
      return undefined;
    },
    scanGroups: async (groups, setup, onOutcome) => {
      const iterator = groups[Symbol.asyncIterator]();
      const first = isUndecided() ? await takeFirstGroups(iterator) : [];
      if (jobs !== 0 && (pool || !isSmall(first))) {
        return scanInWorkers(chainGroups(first, iterator), setup, onOutcome);
      }
      const scanner = inlineScanner(setup);
      for await (const group of chainGroups(first, iterator)) {
        for (const input of group) onOutcome(input, scanner.scan(input));
      }
      return undefined;
    },
    close: async () => pool?.close(),
  };
}

async function startPool({ setups, jobs, inputBudgetMs }: ScannersOptions): Promise<Pool> {
  const workers = jobs ?? Math.min(availableParallelism(), MAX_WORKERS);
  const { createPool } = await import('./pool.ts');
  const workerUrl = new URL('./worker.cjs', import.meta.url);
  return createPool({ setups, workers, inputBudgetMs, workerUrl });
}

async function takeFirstGroups(iterator: AsyncIterator<readonly Input[]>): Promise<Input[]> {
  const taken: Input[] = [];
  while (isSmall(taken)) {
    const { value, done } = await iterator.next();
    if (done) break;
    taken.push(...value);
  }
  return taken;
}

function takeFirst(iterator: Iterator<Input>, count: number): Input[] {
  const taken: Input[] = [];
  while (taken.length < count) {
    const { value, done } = iterator.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}

function isSmall(inputs: readonly Input[]): boolean {
  if (inputs.length > MAX_INLINE_INPUTS) return false;
  let bytes = 0;
  for (const input of inputs) {
    bytes += input.kind === 'bytes' ? input.bytes.length : sizeOf(input.absolutePath);
    if (bytes > MAX_INLINE_BYTES) return false;
  }
  return true;
}

function* chain(first: readonly Input[], rest: Iterator<Input>): Generator<Input> {
  yield* first;
  for (let next = rest.next(); !next.done; next = rest.next()) yield next.value;
}

async function* chainGroups(
  first: readonly Input[],
  rest: AsyncIterator<readonly Input[]>,
): AsyncGenerator<readonly Input[]> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
