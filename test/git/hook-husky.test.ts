// A repository whose hooks husky looks after: the scan joins its scripts.
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addHusky, commit, createNpx, hook, read, writeHook } from './hooks.ts';
import { credentialLine, runGit } from './program.ts';
import { createRepository } from './repository.ts';

describe('with husky', () => {
  it.each(['.husky', 'frontend/.husky'])(
    'comes first in the script of %s, which may end itself',
    (folder) => {
      const environment = createNpx();
      const repository = createRepository();
      addHusky(repository, folder);
      const file = repository.path(folder, 'pre-commit');
      const before = writeHook(file, 'exit 0');
      const runner = read(repository.path(folder, '_', 'pre-commit'));
      expect(hook(repository, 'install').code).toBe(0);
      expect(commit(repository, credentialLine('a'), environment).code).toBe(1);
      expect(commit(repository, 'clean\n', environment)).toMatchObject({ code: 0 });
      expect(read(repository.path(folder, '_', 'pre-commit'))).toBe(runner);
      const after = read(file);
      expect(hook(repository, 'install').stdout).toContain('installed already');
      expect(read(file)).toBe(after);
      expect(hook(repository, 'status').stdout).toContain('pre-commit: installed (');
      hook(repository, 'uninstall');
      expect(read(file)).toBe(before);
    },
  );

  it('moves the block that an earlier version put last', () => {
    const repository = createRepository();
    addHusky(repository, '.husky');
    const block =
      '# nhi-scan hook\nnpx --no-install nhi-scan hook run pre-push "$@" || exit $?\n# end of nhi-scan hook\n';
    const file = repository.path('.husky', 'pre-push');
    const before = writeHook(
      file,
      '. "$(dirname -- "$0")/_/husky.sh"\n\nnpm test',
      '#!/usr/bin/env sh\n# ours\n',
    );
    writeFileSync(file, before + block);
    hook(repository, 'install', 'pre-push');
    expect(read(file)).toMatch(/^#!.*\n# ours\n\. .*husky\.sh"\n# nhi-scan hook\n/);
    expect(read(file)).toMatch(/# end of nhi-scan hook\n\nnpm test\n$/);
    hook(repository, 'uninstall', 'pre-push');
    expect(read(file)).toBe(before);
  });

  it('hands on what git says of a push', () => {
    const environment = createNpx();
    const repository = createRepository();
    const remote = createRepository({ init: ['--bare'] });
    addHusky(repository, '.husky');
    const said = repository.path('.git', 'said');
    writeHook(repository.path('.husky', 'pre-push'), `cat > '${said}'`);
    hook(repository, 'install', 'pre-push');
    const push = (): number | null =>
      runGit(repository.folder, ['push', '-q', remote.folder, 'main'], environment).code;
    const id = repository.commit('clean', { 'a.txt': 'a\n' });
    expect(push()).toBe(0);
    expect(read(said)).toBe(`refs/heads/main ${id} refs/heads/main ${'0'.repeat(40)}\n`);
    expect(push()).toBe(0);
    expect(read(said)).toBe('');
    repository.commit('leak', { 'b.txt': credentialLine('leak') });
    expect(push()).toBe(1);
  });

  it('stops a push of which an earlier line has read all that git says', () => {
    const environment = createNpx();
    const repository = createRepository();
    const remote = createRepository({ init: ['--bare'] });
    addHusky(repository, '.husky');
    const file = repository.path('.husky', 'pre-push');
    hook(repository, 'install', 'pre-push');
    writeHook(file, `cat >/dev/null\n${read(file)}`);
    repository.commit('leak', { 'b.txt': credentialLine('leak') });
    const { code, stderr } = runGit(repository.folder, ['push', '-q', remote.folder, 'main'], environment);
    expect(code).toBe(1);
    expect(stderr).toContain('did not say what is pushed');
  });

  it('is not put into a script of another language', () => {
    const repository = createRepository();
    addHusky(repository, '.husky');
    const file = repository.path('.husky', 'pre-commit');
    const before = writeHook(file, '0', '#!/usr/bin/env node\n');
    expect(hook(repository, 'install').code).toBe(2);
    expect(read(file)).toBe(before);
  });
});
