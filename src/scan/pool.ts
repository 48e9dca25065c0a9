// Shares inputs out to worker threads, watches them, and replaces those that hang or die.
// Nothing is lost: an input whose worker fails is tried once more by itself, then reported as failed.
import { Worker } from 'node:worker_threads';
import { displayPath } from '../model/blob.ts';
import type { Input } from '../sources/input.ts';
import type { ScanSetup } from './input-scanner.ts';
import type { InputOutcome } from './outcome.ts';
import type { Job, WorkerAnswer } from './worker-protocol.ts';
import { CELL_COUNT, INPUT_CELL, RULE_CELL } from './worker-protocol.ts';

const JOB_INPUTS = 64;
/** Jobs in a worker's hands at a time: one that it scans and one that waits. */
const JOBS_PER_WORKER = 2;
const WATCH_INTERVAL_MS = 250;

export interface PoolOptions {
  readonly setup: ScanSetup;
  readonly workers: number;
  /** Time that a worker may spend on one input before its rule is taken for hanging. */
  readonly inputBudgetMs: number;
  /** Module that a worker runs. */
  readonly workerUrl: URL;
}

/** One after another, or in groups from a source that another process feeds. */
export type InputFeed = Iterator<Input> | AsyncIterator<readonly Input[]>;

/** Calls `onOutcome` for every input, in no particular order. */
export async function scanInPool(
  inputs: InputFeed,
  options: PoolOptions,
  onOutcome: (input: Input, outcome: InputOutcome) => void,
): Promise<void> {
  const queue = createJobQueue(inputs);
  const crews = Array.from({ length: options.workers }, () => runCrew(queue, options, onOutcome));
  await Promise.all(crews);
}

interface JobQueue {
  next(): Promise<Job | undefined>;
  putBack(job: Job): void;
}

function createJobQueue(inputs: InputFeed): JobQueue {
  const returned: Job[] = [];
  return {
    putBack: (job) => returned.push(job),
    next: async () => returned.pop() ?? collectJob(inputs),
  };
}

async function collectJob(inputs: InputFeed): Promise<Job | undefined> {
  const batch: Input[] = [];
  while (batch.length < JOB_INPUTS) {
    const next = inputs.next();
    const { value, done } = next instanceof Promise ? await next : next;
    if (done) break;
    if (!Array.isArray(value)) batch.push(value as Input);
    // A group is as large as its source wants its jobs.
    else if (value.length > 0) return createJob(value as readonly Input[]);
  }
  return batch.length === 0 ? undefined : createJob(batch);
}

function createJob(inputs: readonly Input[]): Job {
  return { inputs, withoutRules: [], isRetry: false };
}

/** One worker after another until the queue is empty. */
async function runCrew(
  queue: JobQueue,
  options: PoolOptions,
  onOutcome: (input: Input, outcome: InputOutcome) => void,
): Promise<void> {
  for (let job = await queue.next(); job; job = await queue.next()) {
    const accident = await runWorker(job, { queue, options, onOutcome });
    if (accident) handleAccident(accident, { queue, options, onOutcome });
  }
}

interface Crew {
  readonly queue: JobQueue;
  readonly options: PoolOptions;
  readonly onOutcome: (input: Input, outcome: InputOutcome) => void;
}

/** How a worker ended before its work was done. */
interface Accident {
  readonly kind: 'hung' | 'died';
  /** Jobs not answered; the first was being scanned. */
  readonly jobs: readonly Job[];
  /** Index, in the first job, of the input that was being scanned. */
  readonly inputIndex: number;
  readonly ruleIndex: number;
  readonly message: string;
}

function runWorker(first: Job, { queue, options, onOutcome }: Crew): Promise<Accident | undefined> {
  const cells = new Int32Array(new SharedArrayBuffer(CELL_COUNT * Int32Array.BYTES_PER_ELEMENT));
  const worker = new Worker(options.workerUrl, {
    workerData: { setup: options.setup, cells },
    stdout: false,
    stderr: false,
  });
  const inHand: Job[] = [];
  let answered = 0;
  return new Promise((resolve, reject) => {
    let isOver = false;
    let taking: Promise<unknown> = Promise.resolve();
    const onHang = (): void => {
      // A worker without a job waits for its source, which may take its time.
      if (inHand.length > 0) finish('hung', 'took too long');
    };
    const watch = watchProgress(cells, options.inputBudgetMs, onHang);
    const send = (job: Job): void => {
      inHand.push(job);
      worker.postMessage(job);
    };
    const takeNext = (): void => {
      taking = Promise.all([taking, handNext()]);
      taking.catch(reject);
    };
    const handNext = async (): Promise<void> => {
      const next = await queue.next();
      if (next && isOver) queue.putBack(next);
      else if (next) send(next);
      else if (inHand.length === 0 && !isOver) finish();
    };
    const finish = (kind?: Accident['kind'], message = ''): void => {
      isOver = true;
      clearInterval(watch);
      worker.removeAllListeners();
      worker.on('error', () => undefined);
      const inputIndex = Math.max(0, Atomics.load(cells, INPUT_CELL) - answered - 1);
      const accident = kind && { kind, jobs: [...inHand], inputIndex, ruleIndex: cells[RULE_CELL]!, message };
      // A job that is on its way to a worker that failed must be back before others look for it.
      const returned = accident ? taking : undefined;
      Promise.all([worker.terminate(), returned]).then(() => resolve(accident), reject);
    };
    worker.on('message', (answer: WorkerAnswer) => {
      const job = inHand.shift()!;
      answered += job.inputs.length;
      answer.forEach((outcome, index) => onOutcome(job.inputs[index]!, outcome));
      takeNext();
    });
    worker.on('error', (error: Error) => finish('died', error.message));
    worker.on('exit', (code: number) => finish('died', `exit code ${code}`));
    send(first);
    for (let more = 1; more < JOBS_PER_WORKER; more++) takeNext();
  });
}

function watchProgress(cells: Int32Array, budgetMs: number, onHang: () => void): NodeJS.Timeout {
  let seen = -1;
  let idleMs = 0;
  return setInterval(() => {
    const begun = Atomics.load(cells, INPUT_CELL);
    idleMs = begun === seen ? idleMs + WATCH_INTERVAL_MS : 0;
    seen = begun;
    if (idleMs > budgetMs && begun > 0) onHang();
  }, WATCH_INTERVAL_MS);
}

function handleAccident(accident: Accident, { queue, options, onOutcome }: Crew): void {
  const [current, ...waiting] = accident.jobs;
  for (const job of waiting) queue.putBack(job);
  if (!current) return;
  const culprit = current.inputs[accident.inputIndex] ?? current.inputs[0]!;
  const others = current.inputs.filter((input) => input !== culprit);
  if (others.length > 0) queue.putBack({ ...current, inputs: others });
  const running = options.setup.rules.filter(({ id }) => !current.withoutRules.includes(id));
  const rule = running[accident.ruleIndex]?.id ?? 'unknown';
  if (accident.kind === 'hung' && !current.withoutRules.includes(rule)) {
    queue.putBack({ inputs: [culprit], withoutRules: [...current.withoutRules, rule], isRetry: true });
  } else if (accident.kind === 'died' && !current.isRetry) {
    queue.putBack({ inputs: [culprit], withoutRules: current.withoutRules, isRetry: true });
  } else {
    const message =
      accident.kind === 'hung' ? 'not scanned: it took too long' : `not scanned: ${accident.message}`;
    const subject = displayPath(culprit.provenance);
    onOutcome(culprit, { status: 'failed', diagnostic: { level: 'error', subject, message } });
  }
}
