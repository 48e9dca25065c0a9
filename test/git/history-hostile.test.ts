// What a repository or an environment tells git to run is not run, and a git that fails is never a clean result.
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFolder, createRepository, lineOf } from './repository.ts';
import { listMissing, scanHistory } from './scan-repository.ts';

/** Configuration by which a repository can name a program. `%` stands for one that leaves a marker. */
const VECTORS: readonly (readonly [key: string, value: string])[] = [
  ['diff.external', '%'],
  ['diff.x.command', '%'],
  ['diff.x.textconv', '%'],
  ['filter.x.clean', '%'],
  ['filter.x.smudge', '%'],
  ['filter.x.process', '%'],
  ['core.fsmonitor', '%'],
  ['core.pager', '%'],
  ['pager.diff-tree', '%'],
  ['pager.rev-list', '%'],
  ['pager.cat-file', '%'],
  ['core.editor', '%'],
  ['core.sshCommand', '%'],
  ['core.askPass', '%'],
  ['core.alternateRefsCommand', '%'],
  ['gpg.program', '%'],
  ['log.showSignature', 'true'],
  ['credential.helper', '!%'],
  ['uploadpack.packObjectsHook', '%'],
  ['alias.rev-list', '!%'],
  ['alias.cat-file', '!%'],
  ['trailer.x.command', '%'],
  ['trace2.normalTarget', '%.trace'],
  ['trace2.eventTarget', '%.trace'],
];

describe('a hostile repository', () => {
  it.each(VECTORS)('runs nothing by %s', async (key, value) => {
    const folder = createFolder();
    const [program, marker] = [join(folder, 'program'), join(folder, 'marker')];
    writeFileSync(program, `#!/bin/sh\n: > ${marker}\ncat\n`);
    chmodSync(program, 0o755);
    const repository = createRepository();
    repository.commit('x', { '.gitattributes': '* diff=x filter=x\n', 'a.txt': lineOf('a') });
    const hook = repository.path('.git', 'hooks', 'post-index-change');
    mkdirSync(repository.path('.git', 'hooks'), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\n: > ${marker}\n`);
    chmodSync(hook, 0o755);
    repository.git('config', key, value.replace('%', program));
    const report = await scanHistory(repository.folder);
    expect(listMissing(report, ['a'])).toEqual([]);
    expect(report.complete).toBe(true);
    expect([existsSync(marker), existsSync(`${program}.trace`)]).toEqual([false, false]);
  });

  it('cannot point elsewhere', async () => {
    const repository = createRepository();
    repository.commit('x', { 'a.txt': lineOf('a') });
    repository.git('config', 'core.worktree', createFolder());
    repository.git('config', 'include.path', '/nowhere/config');
    expect(listMissing(await scanHistory(repository.folder), ['a'])).toEqual([]);
  });
});

describe('a hostile environment', () => {
  it('changes nothing', async () => {
    const repository = createRepository();
    repository.commit('x', { 'a.txt': lineOf('a') });
    const other = createRepository();
    const folder = createFolder();
    const marker = join(folder, 'marker');
    const names = 'EXTERNAL_DIFF PAGER EDITOR SSH_COMMAND SSH PROXY_COMMAND ASKPASS TRACE TRACE2 TRACE_SETUP';
    const programs = Object.fromEntries(names.split(' ').map((name) => [`GIT_${name}`, marker]));
    const report = await scanHistory(repository.folder, {
      environment: {
        PATH: process.env['PATH'],
        ...programs,
        GIT_DIR: other.path('.git'),
        GIT_WORK_TREE: other.folder,
        GIT_INDEX_FILE: marker,
        GIT_OBJECT_DIRECTORY: other.path('.git', 'objects'),
        GIT_ALTERNATE_OBJECT_DIRECTORIES: other.path('.git', 'objects'),
        GIT_CEILING_DIRECTORIES: repository.folder,
        GIT_NAMESPACE: 'other',
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'core.fsmonitor',
        GIT_CONFIG_VALUE_0: marker,
        GIT_CONFIG_PARAMETERS: `'core.pager=${marker}'`,
        GIT_EXEC_PATH: folder,
        GIT_REPLACE_REF_BASE: 'refs/heads/',
        GIT_DEFAULT_HASH: 'sha256',
        GIT_LITERAL_PATHSPECS: '1',
      },
    });
    expect([report.diagnostics, listMissing(report, ['a'])]).toEqual([[], []]);
    expect(existsSync(marker)).toBe(false);
  });
});

/** A git that works for one command less than the real one. */
function createFakeGit(script: string): Readonly<Record<string, string>> {
  const folder = createFolder();
  writeFileSync(
    join(folder, 'git'),
    `#!/bin/sh\nreal() { PATH="${process.env['PATH']}" exec git "$@"; }\n${script}\n`,
  );
  chmodSync(join(folder, 'git'), 0o755);
  return { PATH: [folder, process.env['PATH'] ?? ''].join(delimiter) };
}

const FAKES: readonly (readonly [what: string, script: string])[] = [
  ['fails at once', 'echo "fatal: no" >&2; exit 128'],
  ['is killed at once, without a word', 'kill -9 $$'],
  ['lists no commit and is killed', 'case "$*" in *rev-list*) kill -9 $$;; *) real "$@";; esac'],
  ['compares nothing and fails', 'case "$*" in *diff-tree*) exit 1;; *) real "$@";; esac'],
  ['compares nothing, successfully', 'case "$*" in *diff-tree*) cat >/dev/null;; *) real "$@";; esac'],
  ['reads nothing and is killed', 'case "$*" in *cat-file*) kill -9 $$;; *) real "$@";; esac'],
  ['reads nothing, successfully', 'case "$*" in *cat-file*) cat >/dev/null;; *) real "$@";; esac'],
  ['cannot list refs', 'case "$*" in *for-each-ref*) exit 1;; *) real "$@";; esac'],
];

describe('a git that', () => {
  it.each(FAKES)('%s leaves the report incomplete', async (_, script) => {
    const repository = createRepository();
    repository.commit('x', { 'a.txt': 'a\n' });
    repository.commit('y', { 'b.txt': 'b\n' });
    const report = await scanHistory(repository.folder, { environment: createFakeGit(script) });
    expect(report.findings).toEqual([]);
    expect(report.complete).toBe(false);
  });

  it('is not there leaves the report incomplete', async () => {
    const repository = createRepository();
    rmSync(repository.path('.git', 'hooks'), { recursive: true, force: true });
    const report = await scanHistory(repository.folder, { environment: { PATH: createFolder() } });
    expect(report.diagnostics).toMatchObject([
      { level: 'error', message: expect.stringContaining('not on PATH') },
    ]);
  });
});
