// One secret in several versions and under several paths: it is judged by the version and the path that show it best.
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createPassword } from '../sample-secrets.ts';
import { run } from './program.ts';
import type { Repository } from './repository.ts';
import { createRepository, lineOf } from './repository.ts';
import { scanHistory } from './scan-repository.ts';

interface Reported {
  readonly path: string;
  readonly commit: string;
}

function scanBuiltIn({ folder }: Repository): { code: number | null; findings: Reported[] } {
  const { code, stdout } = run(folder, ['scan', '--history', '--no-cache', '--format', 'json']);
  return { code, findings: (JSON.parse(stdout) as { findings: Reported[] }).findings };
}

describe('a secret in several versions', () => {
  it('is reported from the oldest that is above the thresholds, and counts from the oldest of all', () => {
    const weak = ['summer', 'cacb'].join('');
    const repository = createRepository();
    repository.commit('in a test', {
      'a.js': `it("x", () => { login("bob", { password: "${weak}" }) })\n`,
    });
    const commit = repository.commit('in code', { 'a.js': `const c = { password: "${weak}" };\n` });
    repository.commit('and once more', { 'a.js': `\nconst c = { password: "${weak}" };\n` });
    const { code, findings } = scanBuiltIn(repository);
    expect(code).toBe(1);
    expect(findings.length).toBe(1);
    expect(findings[0]).toMatchObject({
      path: 'a.js',
      startLine: 1,
      commit,
      firstSeen: '2024-01-01T00:00:00Z',
      versions: 3,
      paths: 1,
    });
  });

  it('is reported under each file, with the contents that it stands in', async () => {
    const repository = createRepository();
    repository.commit('brings it', { 'a.env': lineOf('live') });
    repository.commit('changes it', { 'a.env': `#\n${lineOf('live')}` });
    repository.commit('copies it', { 'deploy.env': `#\n${lineOf('live')}` });
    rmSync(repository.path('a.env'));
    repository.commit('removes it');
    const { findings } = await scanHistory(repository.folder);
    expect(findings.map(({ location, history }) => [location.path, location.startLine, history])).toEqual([
      ['a.env', 1, { firstSeen: '2024-01-01T00:00:00Z', present: true, versions: 2, paths: 2 }],
      ['deploy.env', 2, { firstSeen: '2024-01-01T00:01:00Z', present: true, versions: 1, paths: 2 }],
    ]);
  });
});

describe('a content under several paths', () => {
  it('is reported under one that shows the secret', () => {
    const repository = createRepository();
    const content = `DB_PASSWORD=${createPassword('renamed')}\n`;
    const commit = repository.commit('as code', { 'f.js': content });
    repository.git('mv', 'f.js', 'a.env');
    repository.commit('renamed');
    const { code, findings } = scanBuiltIn(repository);
    expect(code).toBe(1);
    expect(findings.map(({ path, commit: by }) => [path, by])).toEqual([['a.env', commit]]);
  });

  it('is judged as each of them, whichever comes first', () => {
    const repository = createRepository();
    const content = `DB_PASSWORD=${createPassword('renamed')}\n`;
    const commit = repository.commit('as it is used', { 'a.env': content });
    repository.git('mv', 'a.env', 'f.js');
    repository.commit('renamed');
    const { code, findings } = scanBuiltIn(repository);
    expect(code).toBe(1);
    expect(findings.map(({ path, commit: by }) => [path, by])).toEqual([['a.env', commit]]);
  });

  it('is judged once for paths that say the same', () => {
    const repository = createRepository();
    repository.commit('three', { 'a/x.js': '// 1\n', 'b/y.js': '// 1\n', 'c/z.env': '// 1\n' });
    const { stdout } = run(repository.folder, ['scan', '--history', '--no-cache', '--format', 'json']);
    const { coverage } = JSON.parse(stdout) as { coverage: { files: { scanned: number } } };
    // As code and as settings; the message, and the names of files and refs.
    expect(coverage.files.scanned).toBe(5);
  });

  it('is a workflow where a workflow has its name', () => {
    const repository = createRepository();
    const workflow = [
      'jobs:',
      '  build:',
      '    steps:',
      '      - uses: aws-actions/configure-aws-credentials@v4',
      '        with:',
      '          aws-access-key-id: ${{ secrets.AWS_ACCESS_KEY_ID }}',
      '          aws-secret-access-key: ${{ secrets.AWS_SECRET_ACCESS_KEY }}',
      '',
    ];
    const files = { '.github/workflows/w.yml': workflow.join('\n'), 'w.yml': workflow.join('\n') };
    repository.commit('both', files);
    rmSync(repository.path('.github'), { recursive: true });
    repository.commit('one');
    const { findings } = scanBuiltIn(repository);
    expect(findings.map(({ path }) => path)).toEqual(['.github/workflows/w.yml']);
  });

  it('is the most severe of what it is under them', () => {
    const repository = createRepository();
    const content = `DB_PASSWORD=${createPassword('weighed')}\n`;
    repository.commit('published', { 'a/b.env': content });
    repository.commit('everywhere', { 'public/b.env': content, 'tests/b.env': content });
    const { findings } = scanBuiltIn(repository);
    expect(findings).toMatchObject([{ path: 'public/b.env', severity: 'critical' }]);
  });
});

describe('a small text', () => {
  it('is known by the name of its file', () => {
    const repository = createRepository();
    const key = createHash('md5').update('master').digest('hex');
    repository.commit('key', { 'config/master.key': key, 'a.txt': 'a\n' });
    expect(scanBuiltIn(repository).findings).toMatchObject([{ path: 'config/master.key' }]);
  });
});
