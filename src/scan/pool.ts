// Shares inputs out to worker threads, watches them, and replaces those that hang or die. A worker that has nothing left
// to do waits for the next feed: it has compiled by then what another would compile again.
// Nothing is lost: an input whose worker fails is tried once more by itself, then reported as failed.
import { Worker } from 'node:worker_threads';
import { displayPath } from '../model/blob.ts';
import type { Input } from '../sources/input.ts';
import type { ScanSetup } from './input-scanner.ts';
import type { InputOutcome } from './outcome.ts';
import type { Job, WorkerAnswer, WorkerData } from './worker-protocol.ts';
import {
  ANSWER_CELL,
  CELL_COUNT,
  INPUT_CELL,
  packJob,
  RULE_CELL,
  STEP_CELL,
  unpackOutcome,
} from './worker-protocol.ts';

const JOB_INPUTS = 64;
/** Jobs in a worker's hands at a time: one that it scans and one that waits. */
const JOBS_PER_WORKER = 2;
const WATCH_INTERVAL_MS = 250;
/** Rules that are left out for one input, one after another: each has taken the whole of its time. */
const MAX_LEFT_OUT = 3;
/** Room for what a file leaves behind: workers keep next to nothing, and their memory adds up. */
const YOUNG_MB = 16;

export interface PoolOptions {
  /** What feeds are scanned with: each names one of them. */
  readonly setups: readonly ScanSetup[];
  readonly workers: number;
  /** Time that a worker may spend on one step of its work before it is taken for hanging. */
  readonly inputBudgetMs: number;
  /** Module that a worker runs. */
  readonly workerUrl: URL;
}

/** One after another, or in groups from a source that another process feeds. */
export type InputFeed = Iterator<Input> | AsyncIterator<readonly Input[]>;

type OnOutcome = (input: Input, outcome: InputOutcome) => void;

export interface Pool {
  /**
   * Calls `onOutcome` for every input, in no particular order.
   * @param setup index of the setup that the inputs are scanned with
   */
  scan(inputs: InputFeed, setup: number, onOutcome: OnOutcome): Promise<void>;
  /** Ends the workers. */
  close(): Promise<unknown>;
}

export function createPool(options: PoolOptions): Pool {
  const idle: Hand[] = [];
  return {
    scan: async (inputs, setup, onOutcome) => {
      const feed: Feed = { queue: createJobQueue(inputs, setup), options, onOutcome, idle };
      await Promise.all(Array.from({ length: options.workers }, () => runCrew(feed)));
    },
    close: () => Promise.all(idle.splice(0).map(({ worker }) => worker.terminate())),
  };
}

/** A worker at hand. */
interface Hand {
  readonly worker: Worker;
  readonly cells: Int32Array;
  /** Inputs of the jobs that it has answered, of all feeds. */
  answered: number;
}

interface Feed {
  readonly queue: JobQueue;
  readonly options: PoolOptions;
  readonly onOutcome: OnOutcome;
  readonly idle: Hand[];
}

interface JobQueue {
  next(): Promise<Job | undefined>;
  putBack(job: Job): void;
}

function createJobQueue(inputs: InputFeed, setup: number): JobQueue {
  const returned: Job[] = [];
  return {
    putBack: (job) => void returned.push(job),
    next: async () => returned.pop() ?? collectJob(inputs, setup),
  };
}

async function collectJob(inputs: InputFeed, setup: number): Promise<Job | undefined> {
  const batch: Input[] = [];
  while (batch.length < JOB_INPUTS) {
    const next = inputs.next();
    const { value, done } = next instanceof Promise ? await next : next;
    if (done) break;
    if (!Array.isArray(value)) batch.push(value as Input);
    // A group is as large as its source wants its jobs.
    else if (value.length > 0) return createJob(value as readonly Input[], setup);
  }
  return batch.length === 0 ? undefined : createJob(batch, setup);
}

function createJob(inputs: readonly Input[], setup: number): Job {
  return { inputs, setup, withoutRules: [], isRetry: false };
}

/** One worker after another until the queue is empty. */
async function runCrew(feed: Feed): Promise<void> {
  const { queue } = feed;
  for (let job = await queue.next(); job; job = await queue.next()) {
    const accident = await runWorker(job, feed);
    if (accident) handleAccident(accident, feed);
  }
}

/** How a worker ended before its work was done. */
interface Accident {
  readonly kind: 'hung' | 'died';
  /** Jobs not answered; the first was being scanned. */
  readonly jobs: readonly Job[];
  /** Index, in the first job, of the input that was being scanned. */
  readonly inputIndex: number;
  /** Whose pattern ran; -1 where none did. */
  readonly ruleIndex: number;
  readonly message: string;
}

function hire({ workerUrl, setups }: PoolOptions): Hand {
  const cells = new Int32Array(new SharedArrayBuffer(CELL_COUNT * Int32Array.BYTES_PER_ELEMENT));
  const workerData: WorkerData = { setups, cells };
  const worker = new Worker(workerUrl, {
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    stdout: false,
    stderr: false,
  });
  return { worker, cells, answered: 0 };
}

function runWorker(first: Job, { queue, options, onOutcome, idle }: Feed): Promise<Accident | undefined> {
  const hand = idle.pop() ?? hire(options);
  const { worker, cells } = hand;
  worker.removeAllListeners();
  return new Promise((resolve, reject) => {
    const hands = createHands(queue, {
      send: (job) => worker.postMessage(packJob(job)),
      onEmpty: () => finish(),
      onError: reject,
    });
    const onHang = (): void => {
      // A worker without a job waits for its source, which may take its time.
      if (hands.jobs.length > 0) finish('hung', 'took too long');
    };
    const watch = watchProgress(cells, options.inputBudgetMs, onHang);
    const finish = (kind?: Accident['kind'], message = ''): void => {
      clearInterval(watch);
      worker.removeAllListeners();
      worker.on('error', () => undefined);
      const inputIndex = Math.max(0, Atomics.load(cells, INPUT_CELL) - hand.answered - 1);
      const jobs = [...hands.jobs];
      const accident = kind && { kind, jobs, inputIndex, ruleIndex: cells[RULE_CELL]! - 1, message };
      if (!accident) idle.push(hand);
      Promise.all([accident && worker.terminate(), hands.close()]).then(() => resolve(accident), reject);
    };
    worker.on('message', (answer: WorkerAnswer) => {
      const job = hands.jobs.shift()!;
      hand.answered += job.inputs.length;
      answer.forEach((outcome, index) => onOutcome(job.inputs[index]!, unpackOutcome(outcome)));
      hands.takeNext();
    });
    worker.on('error', (error: Error) => finish('died', error.message));
    worker.on('exit', (code: number) => finish('died', `exit code ${code}`));
    hands.take(first);
    for (let more = 1; more < JOBS_PER_WORKER; more++) hands.takeNext();
  });
}

/** The jobs of one worker. */
interface Hands {
  /** Sent and not answered, in this order. */
  readonly jobs: Job[];
  take(job: Job): void;
  /** Waits for the queue, which may be fed slowly. */
  takeNext(): void;
  /** Takes no more. Resolves when a job that was on its way is back in the queue, where other workers look for it. */
  close(): Promise<unknown>;
}

interface HandsOptions {
  readonly send: (job: Job) => void;
  /** Called when there is nothing left to do. */
  readonly onEmpty: () => void;
  readonly onError: (error: unknown) => void;
}

function createHands(queue: JobQueue, { send, onEmpty, onError }: HandsOptions): Hands {
  const jobs: Job[] = [];
  const onTheWay = new Set<Promise<void>>();
  let isClosed = false;
  const take = (job: Job): void => {
    jobs.push(job);
    send(job);
  };
  const waitForNext = async (): Promise<void> => {
    const next = await queue.next();
    if (next && isClosed) queue.putBack(next);
    else if (next) take(next);
  };
  return {
    jobs,
    take,
    takeNext: () => {
      const waiting = waitForNext().then(() => {
        onTheWay.delete(waiting);
        if (jobs.length === 0 && onTheWay.size === 0 && !isClosed) onEmpty();
      });
      onTheWay.add(waiting);
      waiting.catch(onError);
    },
    close: () => {
      isClosed = true;
      return Promise.all(onTheWay);
    },
  };
}

function watchProgress(cells: Int32Array, budgetMs: number, onHang: () => void): NodeJS.Timeout {
  let seen = -1;
  let idleMs = 0;
  return setInterval(() => {
    const begun = Atomics.load(cells, INPUT_CELL);
    const progress = begun + Atomics.load(cells, STEP_CELL);
    const isIdle = progress === seen && Atomics.load(cells, ANSWER_CELL) === 0;
    idleMs = isIdle ? idleMs + WATCH_INTERVAL_MS : 0;
    seen = progress;
    if (idleMs > budgetMs && begun > 0) onHang();
  }, WATCH_INTERVAL_MS);
}

function handleAccident(accident: Accident, { queue, options, onOutcome }: Feed): void {
  const [current, ...waiting] = accident.jobs;
  for (const job of waiting) queue.putBack(job);
  if (!current) return;
  const culprit = current.inputs[accident.inputIndex] ?? current.inputs[0]!;
  const others = current.inputs.filter((input) => input !== culprit);
  if (others.length > 0) queue.putBack({ ...current, inputs: others });
  const rule = options.setups[current.setup]!.rules.ids[accident.ruleIndex];
  const next = tryAgain(current, accident, rule);
  if (next) return queue.putBack({ ...next, inputs: [culprit] });
  const message = `not scanned: ${explain(current, accident, rule)}`;
  const subject = displayPath(culprit.provenance);
  return onOutcome(culprit, { status: 'failed', diagnostic: { level: 'error', subject, message } });
}

/** How an input is tried once more; undefined where it is not. */
function tryAgain(job: Job, { kind }: Accident, rule: string | undefined): Job | undefined {
  if (kind === 'died') return job.isRetry ? undefined : { ...job, isRetry: true };
  // What hangs without a pattern would hang again.
  if (rule === undefined || job.withoutRules.length >= MAX_LEFT_OUT) return undefined;
  return { ...job, withoutRules: [...job.withoutRules, rule], isRetry: true };
}

function explain(job: Job, { kind, message }: Accident, rule: string | undefined): string {
  if (kind === 'died') return message;
  if (rule === undefined) return 'it took too long';
  return `the patterns of ${[...job.withoutRules, rule].join(', ')} took too long`;
}
