// A worker for tests of the pool: it dies or hangs where the content of an input says so.
import { parentPort, workerData } from 'node:worker_threads';

const { cells } = workerData;
let died = 0;
const wait = (timeoutMs) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, timeoutMs);

parentPort.on('message', (job) => {
  const answer = job.inputs.map((input) => {
    Atomics.add(cells, 0, 1);
    const word = Buffer.from(input.bytes).toString('utf8');
    if (word === 'die') process.exit(9);
    if (word === 'throw' && ++died > 0) throw new Error('thrown');
    if (word === 'die once' && !job.isRetry) process.exit(9);
    if (word === 'hang') wait();
    if (word === 'hang by rule' && job.withoutRules.length === 0) {
      cells[1] = 1;
      wait();
    }
    if (word === 'hang by every rule') {
      cells[1] = 1 + job.withoutRules.length;
      wait();
    }
    // Many times the budget, of which no step takes much.
    if (word === 'work long') {
      for (let step = 0; step < 60; step++) {
        cells[2]++;
        wait(30);
      }
    }
    return { status: 'scanned', bytes: input.bytes.length, analyses: [], diagnostics: [] };
  });
  parentPort.postMessage(answer);
});
