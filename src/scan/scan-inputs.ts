// Decides who scans: a small job in this thread, for a worker costs more to start than it saves; a large one in workers.
import { availableParallelism } from 'node:os';
import type { Input } from '../sources/input.ts';
import { sizeOf } from '../sources/read-file.ts';
import type { ScanSetup } from './input-scanner.ts';
import { createInputScanner } from './input-scanner.ts';
import type { InputOutcome } from './outcome.ts';
import type { InputFeed } from './pool.ts';

const MAX_WORKERS = 8;
const MAX_INLINE_INPUTS = 2000;
const MAX_INLINE_BYTES = 24 * 1024 * 1024;

export interface ScanInputsOptions {
  readonly setup: ScanSetup;
  /** Workers; 0 for none. As many as there are processors, up to a limit, where it is left out. */
  readonly jobs?: number;
  readonly inputBudgetMs: number;
  readonly onOutcome: (input: Input, outcome: InputOutcome) => void;
}

export async function scanInputs(inputs: Iterable<Input>, options: ScanInputsOptions): Promise<void> {
  const { setup, jobs, onOutcome } = options;
  const iterator = inputs[Symbol.iterator]();
  const first = jobs === 0 ? [] : takeFirst(iterator, MAX_INLINE_INPUTS + 1);
  if (jobs === 0 || isSmall(first)) {
    const scanner = createInputScanner(setup);
    for (const input of chain(first, iterator)) onOutcome(input, scanner.scan(input));
    return;
  }
  await scanInWorkers(chain(first, iterator), options);
}

/** As `scanInputs`, for a source that another process feeds, group by group. */
export async function scanGroups(
  groups: AsyncIterable<readonly Input[]>,
  options: ScanInputsOptions,
): Promise<void> {
  const { setup, jobs, onOutcome } = options;
  const iterator = groups[Symbol.asyncIterator]();
  const first = jobs === 0 ? [] : await takeFirstGroups(iterator);
  if (jobs !== 0 && !isSmall(first)) return scanInWorkers(chainGroups(first, iterator), options);
  const scanner = createInputScanner(setup);
  for await (const group of chainGroups(first, iterator)) {
    for (const input of group) onOutcome(input, scanner.scan(input));
  }
  return undefined;
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

async function scanInWorkers(inputs: InputFeed, options: ScanInputsOptions): Promise<void> {
  const { setup, inputBudgetMs, onOutcome } = options;
  const workers = options.jobs ?? Math.min(availableParallelism(), MAX_WORKERS);
  const { scanInPool } = await import('./pool.ts');
  const workerUrl = new URL('./worker.cjs', import.meta.url);
  await scanInPool(inputs, { setup, workers, inputBudgetMs, workerUrl }, onOutcome);
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
