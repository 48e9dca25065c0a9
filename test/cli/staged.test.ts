// A staged change of a real repository: the index content, not the working copy, and the lines that it adds.
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createToken } from '../sample-secrets.ts';
import { createFolder, writeFiles } from '../temporary-folder.ts';
import { ENVIRONMENT, runProgram, scanToJson } from './run-program.ts';

function git(folder: string, ...args: string[]): void {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
  const environment = { ...ENVIRONMENT, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
  const { status, stderr } = spawnSync('git', [...identity, ...args], { cwd: folder, env: environment });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr.toString()}`);
}

/** A repository with one commit, and then what is staged on top of it. */
function stage(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): string {
  const folder = createFolder(before);
  git(folder, 'init', '-q');
  git(folder, 'add', '.');
  git(folder, 'commit', '-qm', 'first');
  writeFiles(folder, after);
  git(folder, 'add', '.');
  return folder;
}

const secret = (name: string): string => `tok = "${createToken(name)}"\n`;
const comment = '# nhi-scan:allow slack-bot-token -- a test\n';

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

  it.each([
    {
      name: 'the only comment',
      before: `x = 1\n${comment}${secret('a')}`,
      after: `x = 1\n${secret('a')}`,
      lines: [2],
    },
    {
      name: 'one of two',
      before: `${comment}${secret('a')}y\n${comment}${secret('b')}`,
      after: `${secret('a')}y\n${comment}${secret('b')}`,
      lines: [1],
    },
    {
      name: 'none, beside a secret without one',
      before: `${comment}${secret('a')}y\n${secret('b')}`,
      after: `${comment}${secret('a')}z\n${secret('b')}`,
      lines: [],
    },
    {
      name: 'none, with a copy of the secret',
      before: `${comment}${secret('a')}y\n${secret('a')}`,
      after: `${comment}${secret('a')}z\n${secret('a')}`,
      lines: [],
    },
  ])(
    'is reported where it takes away a comment that accepted a secret: $name',
    ({ before, after, lines }) => {
      const folder = stage({ 'a.py': before }, { 'a.py': after });
      const { run, report } = scanToJson(['--staged'], { folder });
      expect(report.findings.map(({ startLine }) => startLine)).toEqual(lines);
      expect(run.code).toBe(lines.length === 0 ? 0 : 1);
      const { stdout } = runProgram(['scan', '--staged'], { folder });
      expect(stdout.includes('takes away the comment')).toBe(lines.length > 0);
    },
  );

  it('is incomplete where a merge has left a conflict', () => {
    const folder = stage({ 'a.py': 'x\n' }, { 'a.py': 'y\n' });
    git(folder, 'checkout', '-qb', 'side');
    git(folder, 'commit', '-qm', 'side');
    git(folder, 'checkout', '-qb', 'other', 'HEAD~1');
    writeFiles(folder, { 'a.py': secret('conflict') });
    git(folder, 'commit', '-qam', 'other');
    expect(() => git(folder, 'merge', 'side')).toThrow('git merge');
    writeFiles(folder, { 'b.py': 'clean\n' });
    git(folder, 'add', 'b.py');
    const { run, report } = scanToJson(['--staged'], { folder });
    expect(run.code).toBe(3);
    expect(report.diagnostics).toMatchObject([{ level: 'error', subject: 'a.py' }]);
  });
});
