// The worker's entry: scans the inputs of each job it is sent.
import { parentPort, workerData } from 'node:worker_threads';
import type { InputScanner, ScanEngine } from './input-scanner.ts';
import { createInputScanner, createScanEngine } from './input-scanner.ts';
import type { Job, PackedJob, WorkerAnswer, WorkerData } from './worker-protocol.ts';
import { ANSWER_CELL, INPUT_CELL, packOutcome, RULE_CELL, STEP_CELL, unpackJob } from './worker-protocol.ts';

const { setups, cells } = workerData as WorkerData;
const trace = cells.subarray(RULE_CELL, STEP_CELL + 1);
const scanners: InputScanner[] = [];
let engine: ScanEngine | undefined;

function scannerFor({ setup: index, withoutRules }: Job): InputScanner {
  const setup = setups[index]!;
  if (withoutRules.length > 0) return createInputScanner(setup, createScanEngine(setup, trace, withoutRules));
  engine ??= createScanEngine(setup, trace);
  return (scanners[index] ??= createInputScanner(setup, engine));
}

parentPort!.on('message', (packed: PackedJob) => {
  const job = unpackJob(packed);
  const scanner = scannerFor(job);
  const answer: WorkerAnswer = job.inputs.map((input) => {
    Atomics.add(cells, INPUT_CELL, 1);
    return packOutcome(scanner.scan(input));
  });
  Atomics.store(cells, ANSWER_CELL, 1);
  parentPort!.postMessage(answer);
  Atomics.store(cells, ANSWER_CELL, 0);
});
