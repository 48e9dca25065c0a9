// A staged change of a real repository: the index content, not the working copy, and the lines that it adds.
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createToken } from '../sample-secrets.ts';
import { createFolder, writeFiles } from '../temporary-folder.ts';
import { ENVIRONMENT, scanToJson } from './run-program.ts';

function git(folder: string, ...args: string[]): void {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
  const environment = { ...ENVIRONMENT, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
  const { status, stderr } = spawnSync('git', [...identity, ...args], { cwd: folder, env: environment });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr.toString()}`);
}

describe('a staged change', () => {
  it('is scanned as the index holds it, on the lines that it adds', () => {
    const [old, added, unstaged] = ['old', 'added', 'unstaged'].map((name) => `s = "${createToken(name)}"\n`);
    const folder = createFolder({ 'a.py': `${old}x = 1\n` });
    git(folder, 'init', '-q');
    git(folder, 'add', '.');
    expect(scanToJson(['--staged'], { folder }).report.findings).toMatchObject([
      { path: 'a.py', startLine: 1 },
    ]);
    git(folder, 'commit', '-qm', 'first');
    writeFiles(folder, { 'a.py': `${old}x = 1\n${added}`, 'new\nname.py': added! });
    git(folder, 'add', '.');
    writeFiles(folder, { 'a.py': 'clean\n', 'b.py': unstaged! });
    const { run, report } = scanToJson(['--staged'], { folder });
    expect(run.code).toBe(1);
    expect(report.findings.map(({ path, startLine }) => [path, startLine])).toEqual([
      ['a.py', 3],
      ['new\nname.py', 1],
    ]);
    expect(scanToJson(['--staged', '--whole-files'], { folder }).report.findings).toHaveLength(3);
  });
});
