// What the command line says of history: exit codes, ownership, and the words for a secret that was removed.
import { chmodSync, chownSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { credentialLine, run } from './program.ts';
import { createFolder, createRepository } from './repository.ts';

describe('nhi-scan scan --history', () => {
  it('says that a removed secret is still there, and what that means', () => {
    const repository = createRepository();
    repository.commit('brings it', { 'a.env': credentialLine('a') });
    rmSync(repository.path('a.env'));
    repository.commit('removes it');
    expect(run(repository.folder, ['scan']).code).toBe(3);
    const text = run(repository.folder, ['scan', '--history']);
    expect(text.code).toBe(1);
    const words = text.stdout.replace(/\s+/g, ' ');
    expect(words).toContain('since 2024-01-01, removed but still in history');
    expect(words).toContain('Revoke it first');
    const { findings } = JSON.parse(run(repository.folder, ['scan', '--history', '--format', 'json']).stdout);
    expect(findings).toMatchObject([
      { path: 'a.env', firstSeen: '2024-01-01T00:00:00Z', present: false, versions: 1, paths: 1 },
    ]);
  });

  it('finds the same with any number of workers, and with a cache', () => {
    const repository = createRepository();
    for (let commit = 0; commit < 30; commit++) {
      const files = Object.fromEntries(
        Array.from({ length: 10 }, (_, index) => [`${index}/f.txt`, `${commit} ${'x'.repeat(600)}\n`]),
      );
      repository.commit(`c${commit}`, {
        ...files,
        [`${commit}.env`]: `# ${commit}\n${credentialLine(`${commit % 7}`)}`,
      });
    }
    const scan = (...args: string[]): unknown => {
      const { stdout } = run(repository.folder, ['scan', '--history', '--format', 'json', ...args]);
      const { findings, complete, slots } = JSON.parse(stdout);
      return { findings, complete, slots };
    };
    const expected = scan('--jobs', '0', '--no-cache');
    expect((expected as { findings: unknown[] }).findings.length).toBe(30);
    for (const jobs of ['1', '3']) expect(scan('--jobs', jobs, '--no-cache')).toEqual(expected);
    expect([scan(), scan()]).toEqual([expected, expected]);
  });

  it.each([
    [['--since', 'nowhere'], 2],
    [['--branch', 'nowhere'], 2],
    [['--branch', '--all'], 2],
    [['--range', 'nowhere..HEAD'], 2],
    [['--range', 'HEAD'], 2],
    [['--range', '^HEAD..HEAD'], 2],
    [['--branch', '^HEAD'], 2],
    [['--since', 'HEAD^{tree}'], 2],
    [['--range', 'HEAD..HEAD'], 3],
    [['--branch', 'main', '--since', 'HEAD'], 2],
    [['a', 'b'], 2],
  ] as const)('%j ends with %i', (args, code) => {
    const repository = createRepository();
    repository.commit('one', { 'a.txt': 'a\n' });
    expect(run(repository.folder, ['scan', '--history', ...args]).code).toBe(code);
  });

  it('ends with 3 where there is no repository, no commit or no git, and with 2 for flags without it', () => {
    expect(run(createFolder(), ['scan', '--history']).code).toBe(3);
    expect(run(createFolder(), ['scan', '--since', 'HEAD']).code).toBe(2);
    const repository = createRepository();
    repository.commit('one', { 'a.txt': 'a\n' });
    const environment = { PATH: createFolder() };
    expect(run(repository.folder, ['scan', '--history'], { environment }).code).toBe(3);
  });

  it.runIf(process.getuid?.() === 0)(
    'reads a repository of another user only where the user trusts it',
    () => {
      const repository = createRepository();
      repository.commit('one', { 'a.env': credentialLine('a') });
      chownAll(repository.folder);
      const refused = run(repository.folder, ['scan', '--history']);
      expect([refused.code, refused.stdout.includes('safe.directory')]).toEqual([3, true]);
      const config = join(createFolder(), 'config');
      writeFileSync(config, `[safe]\n\tdirectory = ${repository.folder}\n`);
      const environment = { GIT_CONFIG_GLOBAL: config };
      expect(run(repository.folder, ['scan', '--history'], { environment }).code).toBe(1);
      // The repository cannot trust itself.
      writeFileSync(join(repository.folder, '.git', 'config'), `[safe]\n\tdirectory = *\n`, { flag: 'a' });
      expect(run(repository.folder, ['scan', '--history']).code).toBe(3);
    },
  );
});

const NOBODY = 65_534;

function chownAll(path: string): void {
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path)) chownAll(join(path, name));
    chmodSync(path, 0o755);
  }
  chownSync(path, NOBODY, NOBODY);
}
