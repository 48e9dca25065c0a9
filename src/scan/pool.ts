// Shares inputs out to worker threads, watches them, and replaces those that hang or die.
// Nothing is lost: an input whose worker fails is tried once more by itself, then reported as failed.
import { Worker } from 'node:worker_threads';
import { displayPath } from '../model/blob.ts';
import type { Input } from '../sources/input.ts';
import type { ScanSetup } from './input-scanner.ts';
import type { InputOutcome } from './outcome.ts';
import type { Job, WorkerAnswer } from './worker-protocol.ts';
import { CELL_COUNT, INPUT_CELL, MEMBER_CELL, RULE_CELL } from './worker-protocol.ts';

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

/** Calls `onOutcome` for every input, in no particular order. */
export async function scanInPool(
  inputs: Iterator<Input>,
  options: PoolOptions,
  onOutcome: (input: Input, outcome: InputOutcome) => void,
): Promise<void> {
  const queue = createJobQueue(inputs);
  const crews = Array.from({ length: options.workers }, () => runCrew(queue, options, onOutcome));
  await Promise.all(crews);
}

interface JobQueue {
  next(): Job | undefined;
  putBack(job: Job): void;
}

function createJobQueue(inputs: Iterator<Input>): JobQueue {
  const returned: Job[] = [];
  return {
    putBack: (job) => returned.push(job),
    next: () => returned.pop() ?? collectJob(inputs),
  };
}

function collectJob(inputs: Iterator<Input>): Job | undefined {
  const batch: Input[] = [];
  while (batch.length < JOB_INPUTS) {
    const { value, done } = inputs.next();
    if (done) break;
    batch.push(value);
  }
  return batch.length === 0 ? undefined : { inputs: batch, withoutRules: [], isRetry: false };
}

/** One worker after another until the queue is empty. */
async function runCrew(
  queue: JobQueue,
  options: PoolOptions,
  onOutcome: (input: Input, outcome: InputOutcome) => void,
): Promise<void> {
  for (let job = queue.next(); job; job = queue.next()) {
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
  return new Promise((resolve) => {
    const watch = watchProgress(cells, options.inputBudgetMs, () => finish('hung', 'took too long'));
    const send = (job: Job): void => {
      inHand.push(job);
      worker.postMessage(job);
    };
    const finish = (kind?: Accident['kind'], message = ''): void => {
      clearInterval(watch);
      worker.removeAllListeners();
      worker.on('error', () => undefined);
      const inputIndex = Math.max(0, Atomics.load(cells, INPUT_CELL) - answered - 1);
      const accident = kind && { kind, jobs: [...inHand], inputIndex, ruleIndex: cells[RULE_CELL]!, message };
      void worker.terminate().then(() => resolve(accident));
    };
    worker.on('message', (answer: WorkerAnswer) => {
      const job = inHand.shift()!;
      answered += job.inputs.length;
      answer.forEach((outcome, index) => onOutcome(job.inputs[index]!, outcome));
      const next = queue.next();
      if (next) send(next);
      else if (inHand.length === 0) finish();
    });
    worker.on('error', (error: Error) => finish('died', error.message));
    worker.on('exit', (code: number) => finish('died', `exit code ${code}`));
    send(first);
    for (let more = 1; more < JOBS_PER_WORKER; more++) {
      const next = queue.next();
      if (next) send(next);
    }
  });
}

function watchProgress(cells: Int32Array, budgetMs: number, onHang: () => void): NodeJS.Timeout {
  let seen = -1;
  let idleMs = 0;
  return setInterval(() => {
    const begun = Atomics.load(cells, INPUT_CELL);
    const progress = begun + Atomics.load(cells, MEMBER_CELL);
    idleMs = progress === seen ? idleMs + WATCH_INTERVAL_MS : 0;
    seen = progress;
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
