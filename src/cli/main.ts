// The entry of the bundle: the command line, or a worker of its scan.
import { reportFailure } from './report-failure.ts';
import { runProgram } from './program.ts';

/** Set by what starts the bundle: see launch.ts. */
declare const nhiRole: 'program' | 'worker';

if (nhiRole === 'worker') void import('../scan/worker.ts');
else startProgram();

function startProgram(): void {
  void runProgram(process.argv.slice(2))
    .catch(reportFailure)
    .then((code) => {
      process.exitCode = code;
    });
}
