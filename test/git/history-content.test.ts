// Every place of a repository that can hold a secret is read, and nothing in the repository can hide one.
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Repository } from './repository.ts';
import { createRepository, lineOf, tokenOf } from './repository.ts';
import { findingOf, listMissing, scanHistory } from './scan-repository.ts';

describe('contents of history', () => {
  it('are found wherever a ref, a reflog or a message leads', async () => {
    const repository = createRepository();
    const cases: string[] = [];
    const plant = (name: string): string => {
      cases.push(name);
      return lineOf(name);
    };
    repository.commit('first', { 'a.txt': plant('first commit'), 'deleted.txt': plant('deleted file') });
    rmSync(repository.path('deleted.txt'));
    repository.commit('second');
    repository.commit(`message ${plant('commit message')}`);
    repository.git('commit', '--allow-empty', '-qm', 'x', `--author=${plant('author name').trim()} <a@b>`);
    hideFromDiffs(repository, plant);
    plantMerges(repository, plant);
    plantTags(repository, plant);
    plantStashes(repository, plant);
    repository.git('notes', 'add', '-m', plant('note'));
    plantRefs(repository, plant);
    symlinkSync(`/nowhere/${plant('symlink target').trim()}`, repository.path('link'));
    repository.commit('link', {
      'utf16.txt': Buffer.from(`\uFEFF${plant('utf-16')}`, 'utf16le'),
      [`name-${tokenOf('file name')}.txt`]: 'nothing\n',
      '.gitmodules': `[submodule "x"]\n\tpath = x\n\turl = https://x:${tokenOf('module url')}@example.com/x\n`,
    });
    cases.push('file name', 'module url');
    const report = await scanHistory(repository.folder);
    expect(report.diagnostics).toEqual([]);
    expect(listMissing(report, cases)).toEqual([]);
    expect(report.complete).toBe(true);
    const { listed, scanned, failed } = report.coverage.files;
    expect([listed, failed]).toEqual([scanned, 0]);
  });

  it('are found under replaced and grafted commits', async () => {
    const repository = createRepository();
    const hidden = repository.commit('hidden', { 'a.txt': lineOf('replaced blob') });
    const blob = repository.git('rev-parse', 'HEAD:a.txt');
    const other = repository.feed('harmless\n', 'hash-object', '-w', '--stdin');
    repository.git('replace', blob, other);
    rmSync(repository.path('a.txt'));
    const last = repository.commit('last');
    mkdirSync(repository.path('.git', 'info'), { recursive: true });
    writeFileSync(repository.path('.git', 'info', 'grafts'), `${last}\n`);
    const report = await scanHistory(repository.folder);
    expect(findingOf(report, 'replaced blob')?.provenance).toMatchObject({ commit: hidden });
  });

  it('are not called unreachable for being left out', async () => {
    const repository = createRepository();
    repository.commit('first', { 'a.txt': lineOf('left out') });
    repository.git('tag', '-a', '-m', lineOf('tagged'), 'v1');
    repository.commit('second', { 'b.txt': 'nothing\n' });
    repository.feed(lineOf('lost'), 'hash-object', '-w', '--stdin');
    const scope = { kind: 'all', since: 'v1', unreachable: true } as const;
    const report = await scanHistory(repository.folder, { scope });
    expect(listMissing(report, ['lost', 'tagged'])).toEqual([]);
    expect(findingOf(report, 'tagged')?.location.path).not.toContain('unreachable');
    expect([report.findings.length, report.complete]).toEqual([2, true]);
  });

  it('are unreachable only on request', async () => {
    const repository = createRepository();
    repository.commit('first', { 'a.txt': 'nothing\n' });
    repository.feed(lineOf('unreachable'), 'hash-object', '-w', '--stdin');
    const tree = repository.git('rev-parse', 'HEAD^{tree}');
    repository.feed(lineOf('unreachable message'), 'commit-tree', tree);
    const cases = ['unreachable', 'unreachable message'];
    expect(listMissing(await scanHistory(repository.folder), cases)).toEqual(cases);
    const report = await scanHistory(repository.folder, { scope: { kind: 'all', unreachable: true } });
    expect(listMissing(report, cases)).toEqual([]);
    expect(findingOf(report, 'unreachable')?.provenance.kind).toBe('object');
    expect(findingOf(report, 'unreachable')?.history).toMatchObject({ present: false });
  });

  it('are read once, however many commits, paths and refs hold them', async () => {
    const repository = createRepository();
    repository.commit('first', { 'a.txt': 'same\n', 'b.txt': 'same\n' });
    repository.commit('second', { 'a.txt': 'other\n' });
    repository.commit('third', { 'a.txt': 'same\n', 'c/d.txt': 'other\n' });
    const report = await scanHistory(repository.folder);
    // Two contents, three messages, the names of files and of refs.
    expect(report.coverage.files).toMatchObject({ listed: 7, scanned: 7 });
  });
});

type Plant = (name: string) => string;

function hideFromDiffs(repository: Repository, plant: Plant): void {
  const attributes = '*.env -diff\n*.bin binary\n*.x diff=x filter=x working-tree-encoding=UTF-16\n';
  repository.commit('attributes', { '.gitattributes': '*.env -diff\n', 'sub/.gitattributes': attributes });
  mkdirSync(repository.path('.git', 'info'), { recursive: true });
  repository.commit('hidden', {
    'deploy.env': plant('-diff attribute'),
    'sub/file.bin': plant('binary attribute'),
  });
  writeFileSync(repository.path('.git', 'info', 'attributes'), '* -diff\n');
  for (const [key, value] of [
    ['diff.noprefix', 'true'],
    ['diff.mnemonicPrefix', 'true'],
    ['diff.renames', 'copies'],
    ['diff.context', '0'],
    ['color.ui', 'always'],
    ['core.quotePath', 'off'],
    ['core.bigFileThreshold', '1'],
    ['log.date', 'relative'],
    ['i18n.logOutputEncoding', 'UTF-16'],
  ] as const) {
    repository.git('config', key, value);
  }
}

function plantMerges(repository: Repository, plant: Plant): void {
  for (const side of ['left', 'right']) {
    repository.git('checkout', '-q', '-b', side, 'main');
    repository.commit(side, { [`${side}.txt`]: plant(`only on ${side}`) });
  }
  repository.git('checkout', '-q', 'main');
  repository.commit('main goes on', { 'main.txt': 'main\n' });
  repository.git('merge', '-q', '--no-ff', '--no-commit', 'left');
  repository.commit('evil merge', { 'evil.txt': plant('in the merge only') });
  repository.git('merge', '-q', '--no-ff', '--no-commit', 'right');
  repository.commit('changed in the merge', { 'right.txt': plant('changed in the merge') });
}

function plantTags(repository: Repository, plant: Plant): void {
  repository.git('tag', '-a', 'v1', '-m', plant('tag message'));
  const blob = repository.feed(plant('tagged blob'), 'hash-object', '-w', '--stdin');
  repository.git('tag', 'light', blob);
  repository.git('tag', '-a', 'annotated-blob', '-m', 'blob', blob);
  const nested = repository.feed(plant('in a tagged tree'), 'hash-object', '-w', '--stdin');
  const tree = repository.feed(`100644 blob ${nested}\tfile\n`, 'mktree');
  repository.git('tag', '-a', 'tree-tag', '-m', 'tree', tree);
  repository.git('tag', '-a', 'tag-of-tag', '-m', plant('tag of a tag'), 'tree-tag');
}

function plantStashes(repository: Repository, plant: Plant): void {
  for (const stash of ['older', 'newer']) {
    repository.write('a.txt', plant(`${stash} stash`));
    repository.write('untracked.txt', plant(`untracked in the ${stash} stash`));
    repository.git('stash', 'push', '-q', '--include-untracked');
  }
  // What only the reflog remembers.
  repository.commit('amended', { 'lost.txt': plant('amended away') });
  repository.git('reset', '-q', '--hard', 'HEAD~1');
}

function plantRefs(repository: Repository, plant: Plant): void {
  repository.git('checkout', '-q', '--orphan', 'orphan');
  const orphan = repository.commit('orphan', { 'orphan.txt': plant('orphan branch') });
  repository.git('update-ref', 'refs/pull/1/head', orphan);
  repository.git('checkout', '-q', '-f', 'main');
  repository.git('branch', '-q', '-D', 'orphan');
  repository.git('branch', `feature-${plant('ref name').split(' ')[1]}`);
  repository.git('pack-refs', '--all');
}
