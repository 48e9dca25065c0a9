// Runs the built program in a folder, in an environment that holds nothing of the developer's.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROGRAM: string = resolve(fileURLToPath(import.meta.url), '../../../bin/nhi-scan.js');

export const ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  LC_ALL: 'C.UTF-8',
};

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly folder: string;
  readonly input?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
}

export function runProgram(args: readonly string[], { folder, input, environment }: RunOptions): Run {
  const result = spawnSync(process.execPath, [PROGRAM, ...args], {
    cwd: folder,
    env: { ...ENVIRONMENT, ...environment },
    input: input ?? '',
    maxBuffer: 256 * 1024 * 1024,
  });
  return {
    code: result.status,
    stdout: result.stdout.toString('utf8'),
    stderr: result.stderr.toString('utf8'),
  };
}

/** The parsed JSON report of a scan. */
export function scanToJson(args: readonly string[], options: RunOptions): { run: Run; report: JsonReport } {
  const run = runProgram(['scan', '--format', 'json', ...args], options);
  return { run, report: JSON.parse(run.stdout) as JsonReport };
}

/** What tests read of a JSON report. */
export interface JsonReport {
  readonly complete: boolean;
  readonly coverage: {
    readonly files: {
      readonly listed: number;
      readonly scanned: number;
      readonly failed: number;
      readonly skipped: Record<string, number>;
    };
  };
  readonly findings: readonly {
    readonly ruleId: string;
    readonly path: string;
    readonly startLine: number;
    readonly startColumn: number;
    readonly severity: string;
    readonly secret: string;
  }[];
  readonly suppressed: { readonly total: number; readonly by: Record<string, number> };
  readonly diagnostics: readonly {
    readonly level: string;
    readonly subject: string;
    readonly message: string;
  }[];
}
