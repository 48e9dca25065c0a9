// A repository that is damaged, cut or borrowed: the rest is scanned, and the report says that it is not all.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import type { Repository } from './repository.ts';
import { corruptObject, createFolder, createRepository, lineOf, looseObject } from './repository.ts';
import { findingOf, listMissing, scanHistory } from './scan-repository.ts';

const COUNT = 12;

function createChain(init: string[] = []): { repository: Repository; names: string[]; commits: string[] } {
  const repository = createRepository({ init });
  const names = Array.from({ length: COUNT }, (_, index) => `commit ${index}`);
  const commits = names.map((name) => repository.commit(name, { 'deep/file.txt': lineOf(name) }));
  return { repository, names, commits };
}

/** More files than git is started again for. */
function createFiles(version: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: 220 }, (_, at) => [`f${at}`, `version ${version} of ${at}\n`]),
  );
}

function errorsOf(report: Report): string[] {
  return report.diagnostics.filter(({ level }) => level === 'error').map(({ message }) => message);
}

/** Damages one object of a chain in two ways; whatever git makes of it, only what lay in the object may be missing. */
describe.each(['removed', 'corrupt'] as const)('an object that is %s', (damage) => {
  const harm = (repository: Repository, id: string): void => {
    if (damage === 'removed') rmSync(looseObject(repository, id));
    else corruptObject(repository, id);
  };

  it('costs a blob its finding, and no other', async () => {
    const { repository, names } = createChain();
    harm(repository, repository.git('rev-parse', 'HEAD~5:deep/file.txt'));
    const report = await scanHistory(repository.folder);
    expect(listMissing(report, names)).toEqual([names[COUNT - 6]]);
    expect(report.complete).toBe(false);
    expect(report.coverage.files.failed).toBe(1);
  });

  it.each(['HEAD~5:deep', 'HEAD~5^{tree}', 'HEAD~5'])('costs nothing where it is %s', async (revision) => {
    const { repository, names } = createChain();
    harm(repository, repository.git('rev-parse', revision));
    const report = await scanHistory(repository.folder);
    expect(listMissing(report, names)).toEqual([]);
    expect(report.complete).toBe(false);
    expect(errorsOf(report).length).toBeGreaterThan(0);
  });
});

describe('a current tree that cannot be read', () => {
  it.each(['HEAD^{tree}', 'HEAD:deep', 'HEAD'])('costs no finding where %s is damaged', async (revision) => {
    const { repository, names } = createChain();
    repository.git('branch', 'older', 'HEAD~1');
    corruptObject(repository, repository.git('rev-parse', revision));
    const report = await scanHistory(repository.folder, { cache: { folder: createFolder(), key: 'test' } });
    // Where the commit is damaged, nothing leads from it.
    expect(listMissing(report, names)).toEqual([]);
    expect(report.complete).toBe(false);
    expect(errorsOf(report).join()).toContain('the current tree could not be read');
  });

  it('is told in words of git that are no advice', async () => {
    const { repository } = createChain();
    repository.write('.git/info/grafts', 'none\n');
    repository.git('config', 'extensions.partialClone', 'origin');
    repository.git('config', 'core.repositoryFormatVersion', '1');
    corruptObject(repository, repository.git('rev-parse', 'HEAD:deep'));
    const said = errorsOf(await scanHistory(repository.folder)).join();
    expect(said).toContain('git failed: ');
    expect(said).not.toMatch(/hint:|warning:/);
  });
});

describe('a repository that is not whole', () => {
  it('is shallow, and says so', async () => {
    const { repository } = createChain();
    const clone = createFolder();
    repository.git('clone', '-q', '--depth=3', `file://${repository.folder}`, join(clone, 'c'));
    const report = await scanHistory(join(clone, 'c'));
    expect(report.findings.length).toBe(3);
    expect(errorsOf(report).join()).toContain('shallow');
    const range = await scanHistory(join(clone, 'c'), { scope: { kind: 'range', range: 'HEAD~1..HEAD' } });
    expect(range.complete).toBe(true);
    expect(range.findings.length).toBe(1);
  });

  it('lacks blobs, fetches none, and counts them as failed', async () => {
    const { repository } = createChain();
    repository.git('config', 'uploadpack.allowFilter', 'true');
    const clone = createFolder();
    const url = `file://${repository.folder}`;
    repository.git('clone', '-q', '--no-checkout', '--filter=blob:none', url, join(clone, 'c'));
    const report = await scanHistory(join(clone, 'c'));
    expect(report.coverage.files.failed).toBe(COUNT);
    expect(report.complete).toBe(false);
  });

  it('lacks more objects than git is started for, and reads all the others', async () => {
    const repository = createRepository();
    repository.commit('old', { ...createFiles(1), 'zz.txt': lineOf('not missing') });
    repository.commit('new', createFiles(2));
    repository.git('config', 'uploadpack.allowFilter', 'true');
    const clone = join(createFolder(), 'c');
    repository.git('clone', '-q', '--filter=blob:none', `file://${repository.folder}`, clone);
    const report = await scanHistory(clone);
    expect(findingOf(report, 'not missing')).toBeDefined();
    expect([report.coverage.files.failed, report.complete]).toEqual([220, false]);
    expect(errorsOf(report)[0]).toContain('is not in this partial clone');
  });

  it('starts nothing for a promised object', async () => {
    const { repository } = createChain();
    const marker = join(createFolder(), 'marker');
    const blob = repository.git('rev-parse', 'HEAD~5:deep/file.txt');
    rmSync(looseObject(repository, blob));
    repository.git('config', 'core.repositoryFormatVersion', '1');
    repository.git('config', 'extensions.partialClone', 'origin');
    repository.git('config', 'remote.origin.url', `ext::sh -c touch% ${marker}`);
    repository.git('config', 'remote.origin.promisor', 'true');
    repository.git('config', 'protocol.ext.allow', 'always');
    const report = await scanHistory(repository.folder);
    expect(report.coverage.files.failed).toBe(1);
    expect(existsSync(marker)).toBe(false);
  });

  it('borrows objects: those of others stay out', async () => {
    const victim = createRepository();
    victim.commit('secret', { 'a.txt': lineOf('of the victim') });
    const repository = createRepository();
    repository.commit('own', { 'b.txt': lineOf('own') });
    mkdirSync(repository.path('.git', 'objects', 'info'), { recursive: true });
    writeFileSync(
      repository.path('.git', 'objects', 'info', 'alternates'),
      `${victim.path('.git', 'objects')}\n`,
    );
    const plain = await scanHistory(repository.folder);
    expect([plain.complete, plain.findings.length]).toEqual([true, 1]);
    const report = await scanHistory(repository.folder, { scope: { kind: 'all', unreachable: true } });
    expect(findingOf(report, 'own')).toBeDefined();
    expect(findingOf(report, 'of the victim')).toBeUndefined();
    expect(errorsOf(report).join()).toContain('borrows');
  });

  it('has no commit', async () => {
    const report = await scanHistory(createRepository().folder);
    expect(report.findings).toEqual([]);
    expect(report.coverage.files.failed).toBe(0);
  });

  it('is none', async () => {
    const report = await scanHistory(createFolder());
    expect(report.complete).toBe(false);
    expect(errorsOf(report).join()).toContain('not a git repository');
  });
});

describe('a repository of another shape', () => {
  it('is bare, a mirror, a work tree, detached or within a submodule', async () => {
    const { repository, names } = createChain();
    const folder = createFolder();
    repository.git('clone', '-q', '--bare', repository.folder, join(folder, 'bare'));
    repository.git('worktree', 'add', '-q', '--detach', join(folder, 'tree'));
    const outer = createRepository();
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', repository.folder, 'inner');
    outer.commit('with a submodule', { 'own.txt': lineOf('outer') });
    for (const path of [
      join(folder, 'bare'),
      join(folder, 'tree'),
      repository.path('deep'),
      outer.path('inner'),
    ]) {
      const report = await scanHistory(path);
      expect([path, report.diagnostics, listMissing(report, names)]).toEqual([path, [], []]);
    }
    const report = await scanHistory(outer.folder);
    expect(report.findings.length).toBe(1);
    expect(report.coverage.files.skipped).toMatchObject({ submodule: 1 });
  });

  it('names its objects by SHA-256', async () => {
    const { repository, names } = createChain(['--object-format=sha256']);
    const report = await scanHistory(repository.folder);
    expect([report.diagnostics, listMissing(report, names)]).toEqual([[], []]);
  });
});
