// The entry of the bundle: the command line, and in other threads a worker of its scan.
import { isMainThread } from '../scan/thread.ts';
import { reportFailure } from './report-failure.ts';
import { runProgram } from './program.ts';

if (isMainThread) startProgram();
else void import('../scan/worker.ts');

function startProgram(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  runProgram(process.argv.slice(2))
    .catch(reportFailure)
    .then((code) => {
      process.exitCode = code;
    });
}
