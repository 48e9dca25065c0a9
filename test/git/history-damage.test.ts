// A repository that is damaged, cut or borrowed: the rest is scanned, and the report says that it is not all.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import type { Repository } from './repository.ts';
import { corruptObject, createFolder, createRepository } from './repository.ts';
import { importCommits, lineOf, looseObject } from './repository.ts';
import type { ScanChanges } from './scan-repository.ts';
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

  it('lacks its trees: what is there is scanned, and what is not is said', async () => {
    const repository = createRepository();
    const commits = Array.from({ length: 230 }, (_, commit) => ({
      seconds: 1_600_000_000 + commit,
      message: commit === 5 ? lineOf('old message') : 'said',
      files: { 'a.txt': commit === 229 ? lineOf('here') : `${commit}\n` },
    }));
    importCommits(repository, 'main', commits);
    repository.git('config', 'uploadpack.allowFilter', 'true');
    const clone = join(createFolder(), 'c');
    repository.git('clone', '-q', '--filter=tree:0', `file://${repository.folder}`, clone);
    rmSync(repository.folder, { recursive: true });
    const report = await scanHistory(clone);
    expect(listMissing(report, ['old message', 'here'])).toEqual([]);
    expect(findingOf(report, 'here')?.location.path).toBe('a.txt');
    expect(report.complete).toBe(false);
    const [more, ...commitsOf] = errorsOf(report);
    expect(more).toMatch(/^\d+ more of its commits could not be compared/);
    expect(commitsOf.length).toBe(20);
    expect(commitsOf.every((said) => said.endsWith('is not in this partial clone'))).toBe(true);
  });

  it('is damaged: what is outside of the part that is asked for is not reported', async () => {
    const repository = createRepository();
    const base = repository.commit('base', { 'base.txt': lineOf('base') });
    repository.commit('own', { 'own.txt': lineOf('own') });
    repository.git('checkout', '-q', '-b', 'side', base);
    repository.commit('foreign', { 'foreign.txt': lineOf('foreign') });
    repository.git('checkout', '-q', 'main');
    repository.commit('more', { 'more.txt': '' });
    repository.commit('last', { 'last.txt': '' });
    rmSync(looseObject(repository, repository.git('rev-parse', 'main~1^{tree}')));
    const namesIn = async (scope: NonNullable<ScanChanges['scope']>): Promise<string[]> => {
      const report = await scanHistory(repository.folder, { scope });
      expect(report.complete).toBe(false);
      return ['base', 'own', 'foreign'].filter((name) => findingOf(report, name));
    };
    expect(await namesIn({ kind: 'branch', name: 'main' })).toEqual(['base', 'own']);
    expect(await namesIn({ kind: 'range', range: 'side..main' })).toEqual(['own']);
    expect(await namesIn({ kind: 'range', range: 'main~2..main' })).toEqual([]);
    expect(await namesIn({ kind: 'all', unreachable: false, since: 'main~2' })).toEqual(['foreign']);
    const tip = repository.git('rev-parse', 'main');
    const commits = { kind: 'commits', include: [{ id: tip }], exclude: [base] } as const;
    expect(await namesIn({ ...commits, known: [] })).toEqual(['own']);
    expect(await namesIn({ ...commits, known: ['--branches=side'] })).toEqual(['own']);
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
