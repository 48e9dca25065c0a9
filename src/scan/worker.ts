// The worker's entry: scans the inputs of each job it is sent.
import { parentPort, workerData } from 'node:worker_threads';
import { createInputScanner } from './input-scanner.ts';
import type { Job, WorkerAnswer, WorkerData } from './worker-protocol.ts';
import { INPUT_CELL, MEMBER_CELL, packOutcome, RULE_CELL } from './worker-protocol.ts';

const { setup, cells } = workerData as WorkerData;
const trace = cells.subarray(RULE_CELL, MEMBER_CELL + 1);
const scanner = createInputScanner(setup, trace);

parentPort!.on('message', (job: Job) => {
  const current =
    job.withoutRules.length === 0 ? scanner : createInputScanner(setup, trace, job.withoutRules);
  const answer: WorkerAnswer = job.inputs.map((input) => {
    Atomics.add(cells, INPUT_CELL, 1);
    return packOutcome(current.scan(input));
  });
  parentPort!.postMessage(answer);
});
