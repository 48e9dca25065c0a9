// What a push publishes is found out from what git says of it, and from nothing that another remote has.
import { describe, expect, it } from 'vitest';
import type { Run } from './program.ts';
import { credentialLine, run, runGit } from './program.ts';
import type { Repository } from './repository.ts';
import { createRepository } from './repository.ts';

const ZEROS = '0'.repeat(40);

/** A clean commit that `origin` has, one with a credential that only `main` has, and the hook. */
function createPushed(): Repository {
  const repository = createRepository();
  addRemote(repository, 'origin');
  repository.commit('clean', { 'a.txt': 'a\n' });
  repository.git('push', '-q', 'origin', 'main');
  repository.commit('leak', { 'b.txt': credentialLine('leak') });
  expect(run(repository.folder, ['hook', 'install', 'pre-push'])).toMatchObject({ code: 0, stderr: '' });
  return repository;
}

/** Returns its address. */
function addRemote(repository: Repository, name: string): string {
  const { folder } = createRepository({ init: ['--bare'] });
  repository.git('remote', 'add', name, folder);
  return folder;
}

function push(repository: Repository, ...args: string[]): Run {
  return runGit(repository.folder, ['push', '-q', ...args]);
}

describe('a push', () => {
  it('is seen whatever names its source', () => {
    const repository = createPushed();
    const sources = [repository.git('rev-parse', 'HEAD'), 'HEAD', 'main@{0}', ':/leak', 'HEAD@{0 days ago}'];
    for (const source of sources) {
      const { code, stdout } = push(repository, 'origin', `${source}:refs/heads/new`);
      expect([source, code, stdout.includes('slack-bot-token')]).toEqual([source, 1, true]);
    }
    expect(push(repository, 'origin', `${repository.git('rev-parse', 'HEAD~1')}:refs/heads/new`).code).toBe(
      0,
    );
  });

  it('by address brings what other remotes have', () => {
    const repository = createPushed();
    push(repository, '--no-verify', 'origin', 'main');
    const address = addRemote(repository, 'public');
    expect(push(repository, address, 'main').code).toBe(1);
    expect(push(repository, address, 'HEAD~1:refs/heads/main').code).toBe(0);
    expect(push(repository, address, 'main').code).toBe(1);
    expect(push(repository, '--no-verify', address, 'main').code).toBe(0);
    repository.commit('clean again', { 'c.txt': 'c\n' });
    expect(push(repository, address, 'main').code).toBe(0);
  });

  it.each(['url', 'pushurl'])('to another address than the remote is read from (%s) brings all', (key) => {
    const repository = createPushed();
    push(repository, '--no-verify', 'origin', 'main');
    repository.git('config', '--add', `remote.origin.${key}`, addRemote(repository, 'public'));
    expect(push(repository, 'origin', 'main').code).toBe(1);
  });

  it('to the same place by another way does not', () => {
    const repository = createPushed();
    push(repository, '--no-verify', 'origin', 'main');
    repository.git('remote', 'set-url', 'origin', 'https://example.com/team/code.git');
    const id = repository.git('rev-parse', 'HEAD');
    const input = `main ${id} refs/heads/new ${ZEROS}\n`;
    const runFor = (address: string): number | null =>
      run(repository.folder, ['hook', 'run', 'pre-push', 'origin', address], { input }).code;
    for (const same of ['git@example.com:team/code.git', 'ssh://git@example.com/team/code/']) {
      expect([same, runFor(same)]).toEqual([same, 0]);
    }
    for (const other of [
      'git@example.org:team/code.git',
      'ssh://example.com:22/team/code',
      'https://example.com/code',
    ]) {
      expect([other, runFor(other)]).toEqual([other, 1]);
    }
  });

  it('brings what only a remote of a similar name has', () => {
    const repository = createPushed();
    for (const name of ['team', 'team/a', 'team/b', 'te']) addRemote(repository, name);
    push(repository, '--no-verify', 'team/a', 'main');
    for (const name of ['team', 'team/b', 'te'])
      expect([name, push(repository, name, 'main').code]).toEqual([name, 1]);
    expect(push(repository, 'team/a', 'main:other').code).toBe(0);
  });
});

/** Tags a clean file, a folder, and files and a folder with a credential, some of them through tags of tags. */
function createTags(repository: Repository): void {
  const { git, feed } = repository;
  git('tag', 'clean-file', feed('hi\n', 'hash-object', '-w', '--stdin'));
  git('tag', 'clean-tree', 'HEAD~1^{tree}');
  git('tag', '-a', '-m', 'x', 'clean-tag', 'clean-file');
  git('tag', 'file', feed(credentialLine('file'), 'hash-object', '-w', '--stdin'));
  git('tag', 'tree', 'HEAD^{tree}');
  git('tag', '-a', '-m', 'x', 'one', 'file');
  for (let depth = 0; depth < 20; depth++)
    git('tag', '-f', '-a', '-m', 'x', 'deep', depth === 0 ? 'file' : 'deep');
}

describe('refs', () => {
  const token = credentialLine('name').trim().split('=')[1]!;

  it('to files and trees can be pushed, and are scanned', () => {
    const repository = createPushed();
    createTags(repository);
    expect(push(repository, 'origin', 'clean-file', 'clean-tree', 'clean-tag')).toMatchObject({ code: 0 });
    for (const tag of ['file', 'tree', 'one', 'deep'])
      expect([tag, push(repository, 'origin', tag).code]).toEqual([tag, 1]);
    expect(push(repository, 'origin', ':clean-file').code).toBe(0);
  });

  it('to files and trees can be received, by an empty repository, too', () => {
    const server = createRepository({ init: ['--bare'] });
    run(server.folder, ['hook', 'install', 'pre-receive']);
    const repository = createPushed();
    createTags(repository);
    expect(push(repository, '--no-verify', server.folder, 'clean-file')).toMatchObject({ code: 0 });
    expect(push(repository, '--no-verify', server.folder, 'clean-tree', 'clean-tag').code).toBe(0);
    for (const tag of ['file', 'tree', 'one', 'deep']) {
      expect([tag, push(repository, '--no-verify', server.folder, tag).code]).toEqual([tag, 1]);
    }
  });

  it('have names, which are published, too', () => {
    const server = createRepository({ init: ['--bare'] });
    run(server.folder, ['hook', 'install', 'pre-receive']);
    const repository = createPushed();
    const target = `HEAD~1:refs/heads/à/${token}`;
    expect(push(repository, server.folder, target).code).toBe(1);
    const { code, stderr } = push(repository, '--no-verify', server.folder, target);
    expect(code).toBe(1);
    expect(stderr).toContain('(ref names)');
    expect(push(repository, server.folder, 'HEAD~1:refs/heads/à').code).toBe(0);
    server.git('update-ref', `refs/heads/${token}`, 'refs/heads/à');
    repository.git('checkout', '-q', 'HEAD~1');
    repository.commit('clean', { 'c.txt': 'c\n' });
    expect(push(repository, server.folder, `HEAD:refs/heads/${token}`)).toMatchObject({ code: 0 });
  });
});

describe('the input of a hook', () => {
  it('that is none of git’s stops the push, and is not shown', () => {
    const { folder, git } = createPushed();
    const id = git('rev-parse', 'HEAD');
    const pushed = `main ${id} refs/heads/main ${ZEROS}\n`;
    const received = `${ZEROS} ${id} refs/heads/main\n`;
    for (const [type, input] of [
      ['pre-push', received],
      ['pre-push', `${pushed}refs/heads/x\n`],
      ['pre-push', `main ${id.slice(1)} refs/heads/main ${ZEROS}\n`],
      ['pre-receive', pushed],
      ['pre-receive', '\n'],
    ] as const) {
      const { code, stderr } = run(folder, ['hook', 'run', type, 'origin', 'address'], { input });
      expect([input, code]).toEqual([input, 2]);
      expect(stderr).toContain('standard input');
      expect(stderr).not.toContain('refs/heads');
    }
  });

  it('that is empty says nothing: all that could be pushed is looked at', () => {
    const repository = createPushed();
    const runEmpty = (...args: string[]): Run => run(repository.folder, ['hook', 'run', 'pre-push', ...args]);
    const address = repository.git('remote', 'get-url', 'origin');
    const { code, stderr } = runEmpty('origin', address);
    expect(code).toBe(1);
    expect(stderr).toContain('did not say what is pushed');
    push(repository, '--no-verify', 'origin', 'main');
    expect(runEmpty('origin', address).code).toBe(0);
    expect(runEmpty(address, address).code).toBe(1);
    repository.git('checkout', '-q', '--detach');
    repository.commit('on no branch', { 'c.txt': credentialLine('c') });
    expect(runEmpty('origin', address).code).toBe(1);
  });
});
