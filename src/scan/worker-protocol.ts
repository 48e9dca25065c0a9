// What main thread and workers say to each other.
import type { Input } from '../sources/input.ts';
import type { InputOutcome } from './outcome.ts';
import type { ScanSetup } from './input-scanner.ts';

/** Inputs for one worker, answered as a whole. */
export interface Job {
  readonly inputs: readonly Input[];
  /** Index of the setup that they are scanned with. */
  readonly setup: number;
  /** Ids of rules that are left out, because one of them ran over its time on this input. */
  readonly withoutRules: readonly string[];
  /** True for an input whose first worker died: it is tried once more, by itself. */
  readonly isRetry: boolean;
}

/** Files below one folder, as nearly all inputs are: one text crosses threads at a tenth of the cost of many objects. */
interface PackedFiles {
  /** What the absolute paths begin with. */
  readonly folder: string;
  /** The paths below it, separated by NUL. */
  readonly paths: string;
}

export type PackedJob = Omit<Job, 'inputs'> & { readonly inputs: readonly Input[] | PackedFiles };

export function packJob(job: Job): PackedJob {
  const folder = folderOf(job.inputs[0]!);
  if (folder === undefined || job.inputs.some((input) => folderOf(input) !== folder)) return job;
  return {
    ...job,
    inputs: { folder, paths: job.inputs.map(({ provenance }) => provenance.path).join('\0') },
  };
}

export function unpackJob({ inputs, ...job }: PackedJob): Job {
  if (!('folder' in inputs)) return { ...job, inputs };
  const { folder, paths } = inputs;
  return {
    ...job,
    inputs: paths.split('\0').map((path) => ({
      kind: 'path',
      provenance: { kind: 'file', path },
      absolutePath: folder + path,
    })),
  };
}

/** What the path of a file is relative to; undefined for an input of which more is to be said than its path. */
function folderOf(input: Input): string | undefined {
  if (input.kind !== 'path' || typeof input.absolutePath !== 'string') return undefined;
  const { absolutePath, provenance } = input;
  if (provenance.kind !== 'file' || provenance.untracked || !absolutePath.endsWith(provenance.path))
    return undefined;
  return absolutePath.slice(0, absolutePath.length - provenance.path.length);
}

export interface WorkerData {
  /** Alike but for their analysis. */
  readonly setups: readonly ScanSetup[];
  /** Cells that the worker keeps current: see `INPUT_CELL` and those below it. */
  readonly cells: Int32Array;
}

/** Counts the inputs begun by the worker, over all its jobs. */
export const INPUT_CELL = 0;
/** One more than the index of the rule whose pattern runs; 0 while none does. */
export const RULE_CELL = 1;
/**
 * Counts steps: members of containers, chunks, runs of patterns, candidates looked at. A file may be large and full of
 * findings, and take its time; what hangs is a step that does not end.
 */
export const STEP_CELL = 2;
/** 1 while an answer is written, which takes as long as it is large, and does not hang. */
export const ANSWER_CELL = 3;
export const CELL_COUNT = 4;

/** Nearly all inputs hold nothing: of those only their size is told. */
export type WorkerAnswer = readonly (InputOutcome | number)[];

export function packOutcome(outcome: InputOutcome): InputOutcome | number {
  if (outcome.status !== 'scanned') return outcome;
  const isPlain = outcome.analyses.length + outcome.diagnostics.length === 0 && !outcome.members;
  return isPlain ? outcome.bytes : outcome;
}

export function unpackOutcome(packed: InputOutcome | number): InputOutcome {
  if (typeof packed !== 'number') return packed;
  return { status: 'scanned', bytes: packed, analyses: [], diagnostics: [] };
}
