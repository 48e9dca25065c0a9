// The worker's entry: scans the inputs of each job it is sent.
import { parentPort, workerData } from 'node:worker_threads';
import type { InputScanner } from './input-scanner.ts';
import { createInputScanner } from './input-scanner.ts';
import type { Job, WorkerAnswer, WorkerData } from './worker-protocol.ts';
import { INPUT_CELL, MEMBER_CELL, packOutcome, RULE_CELL } from './worker-protocol.ts';

const { setups, cells } = workerData as WorkerData;
const trace = cells.subarray(RULE_CELL, MEMBER_CELL + 1);
const scanners: InputScanner[] = [];

function scannerFor({ setup, withoutRules }: Job): InputScanner {
  if (withoutRules.length > 0) return createInputScanner(setups[setup]!, trace, withoutRules);
  return (scanners[setup] ??= createInputScanner(setups[setup]!, trace));
}

parentPort!.on('message', (job: Job) => {
  const scanner = scannerFor(job);
  const answer: WorkerAnswer = job.inputs.map((input) => {
    Atomics.add(cells, INPUT_CELL, 1);
    return packOutcome(scanner.scan(input));
  });
  parentPort!.postMessage(answer);
});
