// Hooks stop a real `git commit` and `git push`, let clean ones pass, and leave what was there before in its place.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { credentialLine, run, runGit } from './program.ts';
import type { Repository } from './repository.ts';
import { createFolder, createRepository } from './repository.ts';

const CLEAN = 'PORT=8080\n';

function install(repository: Repository, type = 'pre-commit'): void {
  expect(run(repository.folder, ['hook', 'install', type])).toMatchObject({ code: 0, stderr: '' });
}

/** Stages a file and commits with hooks: the exit code, and what was said. */
function tryCommit(
  folder: string,
  content: string,
  ...args: string[]
): { code: number | null; said: string } {
  writeFileSync(join(folder, '.env'), content);
  runGit(folder, ['add', '-A']);
  const { code, stdout, stderr } = runGit(folder, ['commit', '-qm', 'x', ...args]);
  return { code, said: stdout + stderr };
}

function writeHook(file: string, body: string): void {
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
}

describe('the pre-commit hook', () => {
  it('stops a commit that would publish a credential, and no other', () => {
    const repository = createRepository();
    install(repository);
    const refused = tryCommit(repository.folder, credentialLine('a'));
    expect(refused.code).toBe(1);
    expect(refused.said).toContain('slack-bot-token');
    expect(refused.said).toContain('the commit was stopped');
    expect(refused.said).not.toContain(credentialLine('a').trim().slice('SLACK_TOKEN='.length));
    expect(tryCommit(repository.folder, CLEAN).code).toBe(0);
    expect(repository.git('status', '--porcelain')).toBe('');
    expect(tryCommit(repository.folder, credentialLine('a'), '--no-verify').code).toBe(0);
  });

  it('looks at what is staged, not at what lies in the folder', () => {
    const repository = createRepository();
    install(repository);
    repository.write('.env', credentialLine('a'));
    runGit(repository.folder, ['add', '-A']);
    repository.write('.env', CLEAN);
    expect(runGit(repository.folder, ['commit', '-qm', 'x']).code).toBe(1);
    runGit(repository.folder, ['add', '-A']);
    repository.write('.env', credentialLine('a'));
    expect(runGit(repository.folder, ['commit', '-qm', 'x']).code).toBe(0);
    expect(runGit(repository.folder, ['commit', '-qam', 'x']).code).toBe(1);
  });

  it('lets an old credential stand, and stops a new one beside it', () => {
    const repository = createRepository();
    repository.commit('old', { '.env': credentialLine('old') });
    install(repository);
    expect(tryCommit(repository.folder, `${credentialLine('old')}MORE=1\n`).code).toBe(0);
    expect(tryCommit(repository.folder, credentialLine('old') + credentialLine('new')).code).toBe(1);
  });

  it('works in a work tree, a sub folder and a commit of nothing', () => {
    const repository = createRepository();
    repository.commit('first', { 'a/b.txt': 'x\n' });
    install(repository);
    const folder = join(createFolder(), 'tree');
    repository.git('worktree', 'add', '-q', '-b', 'other', folder);
    expect(tryCommit(folder, credentialLine('a')).code).toBe(1);
    expect(tryCommit(folder, CLEAN).code).toBe(0);
    expect(tryCommit(repository.path('a'), credentialLine('a')).code).toBe(1);
    expect(tryCommit(repository.path('a'), CLEAN).code).toBe(0);
    expect(runGit(repository.folder, ['commit', '--allow-empty', '-qm', 'x']).code).toBe(0);
  });

  it('fails where nhi-scan is gone', () => {
    const repository = createRepository();
    install(repository);
    const file = repository.path('.git', 'hooks', 'pre-commit');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^program=.*$/m, 'program=/nowhere'));
    const { code, said } = tryCommit(repository.folder, CLEAN);
    expect(code).toBe(1);
    expect(said).toContain('not found');
  });

  it('keeps the hook that was there, runs it first, and puts it back', () => {
    const repository = createRepository();
    const file = repository.path('.git', 'hooks', 'pre-commit');
    const marker = repository.path('.git', 'marker');
    writeHook(file, `: > ${marker}; test ! -e ${repository.path('.git', 'stop')}`);
    const before = readFileSync(file, 'utf8');
    install(repository);
    install(repository);
    expect(tryCommit(repository.folder, CLEAN).code).toBe(0);
    expect(existsSync(marker)).toBe(true);
    expect(tryCommit(repository.folder, credentialLine('a')).code).toBe(1);
    writeFileSync(repository.path('.git', 'stop'), '');
    expect(tryCommit(repository.folder, `${CLEAN}\n`).code).toBe(1);
    expect(run(repository.folder, ['hook', 'status']).stdout).toContain('pre-commit: installed');
    expect(run(repository.folder, ['hook', 'uninstall']).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(run(repository.folder, ['hook', 'status']).stdout).toContain('another hook is there');
  });

  it('goes where core.hooksPath says, but into a shared folder only when forced', () => {
    const repository = createRepository();
    repository.git('config', 'core.hooksPath', '.githooks');
    install(repository);
    expect(existsSync(repository.path('.githooks', 'pre-commit'))).toBe(true);
    expect(tryCommit(repository.folder, credentialLine('a')).code).toBe(1);
    const shared = createFolder();
    repository.git('config', 'core.hooksPath', shared);
    expect(run(repository.folder, ['hook', 'install'])).toMatchObject({ code: 2 });
    expect(existsSync(join(shared, 'pre-commit'))).toBe(false);
    expect(run(repository.folder, ['hook', 'install', '--force']).code).toBe(0);
    expect(tryCommit(repository.folder, credentialLine('a')).code).toBe(1);
  });

  it('leaves lefthook’s hooks alone, and says what to add', () => {
    const repository = createRepository();
    repository.write('lefthook.yml', 'pre-commit:\n');
    const { code, stderr } = run(repository.folder, ['hook', 'install']);
    expect(code).toBe(2);
    expect(stderr).toContain('run: npx nhi-scan hook run pre-commit');
  });

  it('is nothing outside of a repository', () => {
    expect(run(createFolder(), ['hook', 'install'])).toMatchObject({ code: 2 });
  });
});

describe('the hooks of a push', () => {
  it('stop what would leave this machine, and no other', () => {
    const repository = createRepository();
    const remote = createRepository({ init: ['--bare'] });
    repository.git('remote', 'add', 'origin', remote.folder);
    repository.commit('old', { '.env': credentialLine('old') });
    repository.git('push', '-q', 'origin', 'main');
    install(repository, 'pre-push');
    repository.commit('clean', { 'a.txt': 'a\n' });
    expect(runGit(repository.folder, ['push', '-q', 'origin', 'main']).code).toBe(0);
    repository.commit('leak', { 'b.txt': credentialLine('new') });
    repository.commit('removed again', { 'b.txt': 'gone\n' });
    const refused = runGit(repository.folder, ['push', '-q', 'origin', 'main']);
    expect(refused.code).toBe(1);
    expect(refused.stdout + refused.stderr).toContain('b.txt');
    expect(runGit(repository.folder, ['push', '-q', 'origin', 'main:new-branch']).code).toBe(1);
    expect(runGit(repository.folder, ['push', '-q', 'origin', 'HEAD~2:refs/heads/old-part']).code).toBe(0);
    expect(runGit(repository.folder, ['push', '-q', 'origin', ':old-part']).code).toBe(0);
    repository.git('tag', '-a', 'v1', '-m', 'nothing in it', 'HEAD~2');
    expect(runGit(repository.folder, ['push', '-q', 'origin', 'v1']).code).toBe(0);
    repository.git('tag', '-a', 'v2', '-m', credentialLine('in the message of a tag'), 'HEAD~2');
    expect(runGit(repository.folder, ['push', '-q', 'origin', 'v2']).code).toBe(1);
  });

  it('stop it on the server, where it lies in quarantine', () => {
    const remote = createRepository({ init: ['--bare'] });
    install(remote, 'pre-receive');
    const repository = createRepository();
    repository.git('remote', 'add', 'origin', remote.folder);
    repository.commit('clean', { 'a.txt': 'a\n' });
    expect(runGit(repository.folder, ['push', '-q', 'origin', 'main']).code).toBe(0);
    repository.commit('leak', { 'b.txt': credentialLine('new') });
    const refused = runGit(repository.folder, ['push', '-q', 'origin', 'main']);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('slack-bot-token');
    expect(remote.git('rev-list', '--count', 'main')).toBe('1');
    repository.git('commit', '-q', '--amend', '--allow-empty', '-m', 'x', '--', 'a.txt');
    repository.git('reset', '-q', '--hard', 'HEAD~1');
    repository.commit('clean again', { 'c.txt': 'c\n' });
    expect(runGit(repository.folder, ['push', '-q', 'origin', 'main']).code).toBe(0);
  });
});

describe('the hook for the pre-commit framework', () => {
  it('calls what this program has', () => {
    const text = readFileSync('.pre-commit-hooks.yaml', 'utf8');
    const entry = /^ {2}entry: nhi-scan (.+)$/m.exec(text)![1]!;
    const repository = createRepository();
    repository.write('.env', credentialLine('a'));
    repository.git('add', '-A');
    expect(run(repository.folder, entry.split(' ')).code).toBe(1);
    repository.write('.env', CLEAN);
    repository.git('add', '-A');
    expect(run(repository.folder, entry.split(' ')).code).toBe(0);
  });
});

describe('the environment of a hook', () => {
  it('needs no more than a path to git', () => {
    const repository = createRepository();
    install(repository);
    const PATH = (process.env['PATH'] ?? '')
      .split(delimiter)
      .filter((folder) => !folder.includes('node'))
      .join(delimiter);
    repository.write('.env', credentialLine('a'));
    runGit(repository.folder, ['add', '-A']);
    expect(runGit(repository.folder, ['commit', '-qm', 'x'], { PATH }).code).toBe(1);
  });
});
