// Whole processes, measured from outside: wall and processor time, peak memory; medians of runs taken in turn.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Command {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Of runs that did their work; 0 alone unless given. What ends otherwise is no figure to compare with. */
  readonly exitCodes?: readonly number[];
  /** How many findings a run has reported, from its standard output; absent where it says none. */
  readonly countFindings?: (stdout: string) => number;
}

export interface Measured {
  readonly name: string;
  readonly seconds: number;
  readonly fastest: number;
  readonly slowest: number;
  /** User and system time of the process and its children, in seconds. */
  readonly cpuSeconds: number;
  /** Of the largest single process, in megabytes (10^6 bytes); absent where the machine cannot say. */
  readonly peakMegabytes?: number;
  readonly findings?: number;
  readonly problem?: string;
}

interface Run {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes?: number;
  readonly stdout: string;
  readonly problem?: string;
}

export interface MeasureOptions {
  /** Counted runs of each command, after one that is not. */
  readonly runs: number;
  /** A run beyond this is ended, and its command not run again. */
  readonly timeoutMs: number;
}

/** Runs the commands in turn, A B C A B C …, so that a drift of the machine meets them all alike. */
export function measure(commands: readonly Command[], { runs, timeoutMs }: MeasureOptions): Measured[] {
  const results = commands.map((): Run[] => []);
  for (let round = 0; round <= runs; round++) {
    commands.forEach((command, index) => {
      if (results[index]!.some(({ problem }) => problem)) return;
      const run = runOnce(command, timeoutMs);
      // The first round only fills the caches, unless it is all that there is.
      if (round > 0 || run.problem || runs === 0) results[index]!.push(run);
    });
  }
  return commands.map((command, index) => summarise(command, results[index]!));
}

const TIME = '/usr/bin/time';
/** What a shell says of a process that was killed. */
const KILLED = 137;
const MAX_OUTPUT_BYTES = 1024 ** 3;

function runOnce(command: Command, timeoutMs: number): Run {
  const folder = mkdtempSync(join(tmpdir(), 'nhi-scan-bench-'));
  const figures = join(folder, 'figures');
  const timed = existsSync(TIME) ? [TIME, '-q', '-o', figures, '-f', '%U %S %M'] : [];
  // `timeout` ends what `time` has started, too.
  const limited = ['timeout', '--signal=KILL', `${Math.ceil(timeoutMs / 1000)}`, command.program];
  const [program, ...args] = [...timed, ...limited, ...command.args];
  const begun = performance.now();
  const { stdout, stderr, error, signal, status } = spawnSync(program!, args, {
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
    cwd: folder,
  });
  const seconds = (performance.now() - begun) / 1000;
  const [cpuSeconds, kilobytes] = readFigures(figures);
  rmSync(folder, { recursive: true });
  const problem = error?.message ?? describeEnd(command, signal === null ? status! : KILLED);
  return {
    seconds,
    cpuSeconds,
    stdout: stdout || stderr,
    ...(Number.isNaN(kilobytes) ? {} : { peakMegabytes: (kilobytes * 1024) / 1e6 }),
    ...(problem === undefined ? {} : { problem }),
  };
}

function describeEnd({ exitCodes = [0] }: Command, status: number): string | undefined {
  if (status === KILLED) return 'took too long';
  return exitCodes.includes(status) ? undefined : `exit code ${status}`;
}

/** Processor time in seconds and peak memory in kilobytes; NaN where they are not known. */
function readFigures(file: string): [cpuSeconds: number, kilobytes: number] {
  if (!existsSync(file)) return [NaN, NaN];
  const [user = NaN, system = NaN, kilobytes = NaN] = readFileSync(file, 'utf8')
    .trim()
    .split(' ')
    .map(Number);
  return [user + system, kilobytes];
}

function summarise({ name, countFindings }: Command, runs: readonly Run[]): Measured {
  const last = runs.at(-1)!;
  const walls = runs.map(({ seconds }) => seconds);
  const peaks = runs.flatMap(({ peakMegabytes }) => peakMegabytes ?? []);
  return {
    name,
    seconds: median(walls),
    fastest: Math.min(...walls),
    slowest: Math.max(...walls),
    cpuSeconds: median(runs.map(({ cpuSeconds }) => cpuSeconds)),
    ...(peaks.length === 0 ? {} : { peakMegabytes: Math.max(...peaks) }),
    ...(countFindings && !last.problem ? { findings: countFindings(last.stdout) } : {}),
    ...(last.problem === undefined ? {} : { problem: last.problem }),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
