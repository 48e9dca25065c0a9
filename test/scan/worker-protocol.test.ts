import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/scan/worker-protocol.ts';
import { packJob, unpackJob } from '../../src/scan/worker-protocol.ts';
import type { Input } from '../../src/sources/input.ts';

const file = (folder: string, path: string): Input => ({
  kind: 'path',
  provenance: { kind: 'file', path },
  absolutePath: folder + path,
});
const jobOf = (...inputs: Input[]): Job => ({
  inputs,
  setup: 1,
  withoutRules: ['some-rule'],
  isRetry: false,
});

describe('jobs on their way to a worker', () => {
  it('are the same there', () => {
    const job = jobOf(
      file('/project/', 'a.ts'),
      file('/project/', 'b c/ü\n.ts'),
      file('/project/', 'project/a.ts'),
    );
    expect(packJob(job).inputs).toStrictEqual({
      folder: '/project/',
      paths: 'a.ts\0b c/ü\n.ts\0project/a.ts',
    });
    expect(unpackJob(packJob(job))).toStrictEqual(job);
  });

  it('are sent as they are where more is to be said than paths below one folder', () => {
    const others: Input[] = [
      file('/other/', 'a.ts'),
      {
        kind: 'path',
        provenance: { kind: 'file', path: 'a.ts', untracked: true },
        absolutePath: '/project/a.ts',
      },
      {
        kind: 'path',
        provenance: { kind: 'file', path: 'a.ts' },
        absolutePath: Buffer.from('/project/a.ts'),
      },
      { kind: 'path', provenance: { kind: 'file', path: 'shown.ts' }, absolutePath: '/project/a.ts' },
      { kind: 'bytes', provenance: { kind: 'staged', path: 'a.ts' }, bytes: Buffer.from('text') },
    ];
    for (const other of others) {
      const job = jobOf(file('/project/', 'b.ts'), other);
      expect(packJob(job)).toBe(job);
      expect(unpackJob(packJob(job))).toStrictEqual(job);
    }
  });
});
