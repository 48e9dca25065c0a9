// One secret in several versions and under several paths: it is judged by the version and the path that show it best.
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
});
