// Decides who scans: a small job in this thread, for a worker costs more to start than it saves; a large one in workers,
// and whatever takes long here.
import { availableParallelism } from 'node:os';
import type { Input } from '../sources/input.ts';
import { sizeOf } from '../sources/read-file.ts';
import { createInlineScanner } from './inline-scanner.ts';
import type { ScanSetup } from './input-scanner.ts';
import type { InputOutcome } from './outcome.ts';
import type { InputFeed, Pool } from './pool.ts';

const MAX_WORKERS = 8;
/** Where another process feeds a scan, it needs a processor, and so does this thread: fewer leave none for workers. */
const MIN_PROCESSORS_FOR_FED_WORKERS = 3;
const MAX_INLINE_INPUTS = 2000;
const MAX_INLINE_BYTES = 24 * 1024 * 1024;
/** Of the time for one step in a worker: what is stopped in this thread is begun anew in one. */
const INLINE_SHARE = 0.25;
const MAX_INLINE_GROUPS = 16;
const MAX_INLINE_GROUP_BYTES = 2 * 1024 * 1024;

export interface ScannersOptions {
  /** What inputs are scanned with: each call names one of them. They are alike but for their analysis. */
  readonly setups: readonly ScanSetup[];
  /** Workers; 0 for none but one for what is slow. Up to a limit as many as there are processors, where it is left out. */
  readonly jobs?: number;
  /** Time, in milliseconds, that a worker may spend on one step of its work: see `STEP_CELL`. */
  readonly inputBudgetMs: number;
}

type OnOutcome = (input: Input, outcome: InputOutcome) => void;

/** The scanners of one run, in this thread or in workers: what they have made and compiled serves all its rounds. */
export interface Scanners {
  scanInputs(inputs: Iterable<Input>, setup: number, onOutcome: OnOutcome): Promise<void>;
  /** Whether groups may go to workers, for which their memory should be one that threads share. */
  readonly feedsWorkers: boolean;
  /** For a source that another process feeds, group by group. */
  scanGroups(groups: AsyncIterable<readonly Input[]>, setup: number, onOutcome: OnOutcome): Promise<void>;
  /** To be called at the end, however it comes: waiting workers would keep the process. */
  close(): Promise<unknown>;
}

export function createScanners({ setups, jobs, inputBudgetMs }: ScannersOptions): Scanners {
  const inline = createInlineScanner(setups, inputBudgetMs * INLINE_SHARE);
  let pool: Pool | undefined;
  const scanInWorkers = async (inputs: InputFeed, setup: number, onOutcome: OnOutcome): Promise<void> => {
    pool ??= await startPool({ setups, inputBudgetMs, ...(jobs === undefined ? {} : { jobs }) });
    await pool.scan(inputs, setup, onOutcome);
  };
  /** What takes long here goes to a worker, of which the watchdog sees whether it goes on. */
  const scanHere = async (inputs: readonly Input[], setup: number, onOutcome: OnOutcome): Promise<void> => {
    const slow = inline.scanWatched(inputs, setup, onOutcome);
    if (slow.length > 0) await scanInWorkers(slow[Symbol.iterator](), setup, onOutcome);
  };
  const feedsWorkers =
    jobs === undefined
      ? availableParallelism() >= MIN_PROCESSORS_FOR_FED_WORKERS || !areProven(setups)
      : jobs > 0;
  return {
    feedsWorkers,
    scanInputs: async (inputs, setup, onOutcome) => {
      const iterator = inputs[Symbol.iterator]();
      const first = jobs !== 0 && !pool ? takeFirst(iterator, MAX_INLINE_INPUTS + 1) : [];
      if (jobs !== 0 && (pool || !isSmall(first))) {
        return scanInWorkers(chain(first, iterator), setup, onOutcome);
      }
      for (const batch of toBatches(chain(first, iterator))) await scanHere(batch, setup, onOutcome);
      return undefined;
    },
    scanGroups: async (groups, setup, onOutcome) => {
      const iterator = groups[Symbol.asyncIterator]();
      const first = !pool && feedsWorkers ? await takeFirstGroups(iterator) : [];
      if (feedsWorkers && (pool || !isShort(first))) {
        return scanInWorkers(chainGroups(first, iterator), setup, onOutcome);
      }
      const scanGroup = areProven(setups) ? inline.scan : scanHere;
      for await (const group of chainGroups(first, iterator)) await scanGroup(group, setup, onOutcome);
      return undefined;
    },
    close: async () => pool?.close(),
  };
}

/** Of the built-in rules, whose tables are made ahead of time, the tests bound the steps of every pattern: none runs away. */
function areProven(setups: readonly ScanSetup[]): boolean {
  return setups.every(({ prefilter }) => prefilter !== undefined);
}

async function startPool({ setups, jobs, inputBudgetMs }: ScannersOptions): Promise<Pool> {
  const workers = jobs !== undefined ? Math.max(1, jobs) : Math.min(availableParallelism(), MAX_WORKERS);
  const { createPool } = await import('./pool.ts');
  const workerUrl = new URL('./worker.cjs', import.meta.url);
  return createPool({ setups, workers, inputBudgetMs, workerUrl });
}

async function takeFirstGroups(iterator: AsyncIterator<readonly Input[]>): Promise<(readonly Input[])[]> {
  const taken: (readonly Input[])[] = [];
  while (isShort(taken)) {
    const { value, done } = await iterator.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}

/** Nothing is scanned until this is decided, while the other process has begun its work: so it is decided soon. */
function isShort(groups: readonly (readonly Input[])[]): boolean {
  let bytes = 0;
  for (const input of groups.flat()) bytes += input.kind === 'bytes' ? input.bytes.length : 0;
  return groups.length <= MAX_INLINE_GROUPS && bytes <= MAX_INLINE_GROUP_BYTES;
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

const BATCH_INPUTS = 64;

function* toBatches(inputs: Iterable<Input>): Generator<readonly Input[]> {
  let batch: Input[] = [];
  for (const input of inputs) {
    batch.push(input);
    if (batch.length < BATCH_INPUTS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function* chain(first: readonly Input[], rest: Iterator<Input>): Generator<Input> {
  yield* first;
  for (let next = rest.next(); !next.done; next = rest.next()) yield next.value;
}

async function* chainGroups(
  first: readonly (readonly Input[])[],
  rest: AsyncIterator<readonly Input[]>,
): AsyncGenerator<readonly Input[]> {
  yield* first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
