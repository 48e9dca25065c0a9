// The scanner finds nothing in its own repository, neither in its tree nor, where that is here, in its history.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Told {
  readonly findings: readonly {
    readonly ruleId: string;
    readonly path: string;
    readonly startLine: number;
  }[];
  readonly complete: boolean;
  readonly coverage: { readonly files: { readonly scanned: number } };
}

function scanSelf(args: readonly string[]): Told {
  const command = ['bin/nhi-scan.js', 'scan', '--format', 'json', ...args];
  const { stdout } = spawnSync(process.execPath, command, { encoding: 'utf8', maxBuffer: 1 << 28 });
  return JSON.parse(stdout) as Told;
}

function placesOf({ findings }: Told): string[] {
  return findings.map(({ ruleId, path, startLine }) => `${ruleId} ${path}:${startLine}`);
}

describe('this repository', () => {
  it('is clean', () => {
    const told = scanSelf(['.']);
    expect(placesOf(told)).toEqual([]);
    expect(told.complete).toBe(true);
    expect(told.coverage.files.scanned).toBeGreaterThan(1000);
  });

  // A package or an archive has no history.
  it.runIf(existsSync('.git'))('has a clean history', () => {
    const told = scanSelf(['--history', '--no-cache', '.']);
    expect(placesOf(told)).toEqual([]);
    expect(told.coverage.files.scanned).toBeGreaterThan(0);
  });
});
