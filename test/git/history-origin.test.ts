// Who brought a secret, under which paths, since when, and whether it still stands.
import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRepository, importCommits, lineOf } from './repository.ts';
import { findingOf, scanHistory } from './scan-repository.ts';

describe('the origin of a finding', () => {
  it('is the oldest commit that brought the secret, whatever was changed around it later', async () => {
    const repository = createRepository();
    repository.commit('before');
    const first = repository.commit('brings it', { 'a.txt': lineOf('kept') });
    repository.commit('moves the line', { 'a.txt': `more\n${lineOf('kept')}` });
    repository.commit('moves it again', { 'a.txt': `more\nand more\n${lineOf('kept')}` });
    const report = await scanHistory(repository.folder);
    expect(report.findings.length).toBe(1);
    expect(report.findings[0]).toMatchObject({
      provenance: {
        kind: 'commit',
        path: 'a.txt',
        commit: first,
        author: 'Ann Author <ann@example.com>',
        date: '2024-01-01T00:01:00Z',
      },
      location: { path: 'a.txt', startLine: 1 },
      history: { firstSeen: '2024-01-01T00:01:00Z', present: true, versions: 3, paths: 1 },
    });
  });

  it('says when the current tree no longer holds it', async () => {
    const repository = createRepository();
    repository.commit('brings both', { 'a.txt': lineOf('removed'), 'b.txt': lineOf('moved') });
    rmSync(repository.path('a.txt'));
    rmSync(repository.path('b.txt'));
    repository.commit('removes one', { 'c/renamed.txt': `changed\n${lineOf('moved')}` });
    const report = await scanHistory(repository.folder);
    expect(findingOf(report, 'removed')?.history?.present).toBe(false);
    expect(findingOf(report, 'moved')?.history?.present).toBe(true);
  });

  it('is the first of two times', async () => {
    const repository = createRepository();
    const first = repository.commit('brings it', { 'a.txt': lineOf('again') });
    rmSync(repository.path('a.txt'));
    repository.commit('removes it');
    repository.commit('brings it back', { 'a.txt': lineOf('again') });
    const finding = findingOf(await scanHistory(repository.folder), 'again');
    expect(finding?.provenance).toMatchObject({ commit: first });
    expect(finding?.history).toMatchObject({ present: true, versions: 1 });
  });

  it('is the parent of a child, of the same second or of an earlier one', async () => {
    for (const [index, step] of [0, -60].entries()) {
      const repository = createRepository();
      const commits = Array.from({ length: 6 }, (_, commit) => ({
        seconds: 1_700_000_000 + commit * step,
        files: commit % 2 === 0 ? {} : { 'a.txt': lineOf(`kept ${index}`) },
      }));
      const ids = importCommits(repository, 'main', commits);
      // Each commit is where a walk begins.
      ids.forEach((id, at) => repository.git('branch', `b${(at * 5) % 6}`, id));
      const finding = findingOf(await scanHistory(repository.folder), `kept ${index}`);
      expect(finding?.provenance).toMatchObject({ commit: ids[1] });
    }
  });

  it('makes an old secret more severe where the project says so', async () => {
    const repository = createRepository();
    repository.commit('brings it', { 'a.txt': lineOf('old') });
    // The scan is at 2026-01-01, two years later.
    const severityAt = async (maxAgeDays: number): Promise<unknown> => {
      const finding = findingOf(await scanHistory(repository.folder, { config: { maxAgeDays } }), 'old')!;
      return [finding.severity, finding.standards.owaspNhi2025.includes('NHI7:2025')];
    };
    expect(await severityAt(800)).toEqual(['high', false]);
    expect(await severityAt(730)).toEqual(['critical', true]);
  });
});

describe('path rules', () => {
  it('exclude a content only where they exclude all its paths', async () => {
    const repository = createRepository();
    repository.commit('one content, two paths', {
      'aa_fixtures/k': lineOf('in both'),
      'aa_fixtures/only': lineOf('in fixtures'),
      'src/k': lineOf('in both'),
    });
    const report = await scanHistory(repository.folder, { config: { exclude: ['aa_fixtures/'] } });
    expect(report.findings.map(({ location }) => location.path)).toEqual(['src/k']);
    expect(findingOf(report, 'in both')?.history?.paths).toBe(2);
    expect(report.coverage.files.skipped).toEqual({ excluded: 1 });
  });

  it('accept a content only where they accept it under all its paths', async () => {
    const repository = createRepository();
    const content = lineOf('everywhere');
    repository.commit('three paths', { 'a/k': content, 'b/k': content, 'c/k': content });
    const scanWith = async (...paths: string[]): Promise<string[]> => {
      const allow = paths.map((path) => ({ paths: [path], reason: 'sample' }));
      const wrongRule = { paths: ['c/'], rules: ['another-rule'], reason: 'not this one' };
      const report = await scanHistory(repository.folder, { config: { allow: [...allow, wrongRule] } });
      return report.findings.map(({ location }) => location.path);
    };
    expect(await scanWith('a/')).toEqual(['b/k']);
    expect(await scanWith('a/', 'b/')).toEqual(['c/k']);
    expect(await scanWith('a/', 'b/', 'c/')).toEqual([]);
  });
});

describe('a part of history', () => {
  it('is a branch, a range, or what has come since', async () => {
    const repository = createRepository();
    repository.commit('one', { '1.txt': lineOf('one') });
    repository.git('tag', 'first');
    repository.commit('two', { '2.txt': lineOf('two') });
    repository.git('checkout', '-q', '-b', 'side', 'first');
    repository.commit('three', { '3.txt': lineOf('three') });
    repository.git('checkout', '-q', 'main');
    const listCases = async (scope: Parameters<typeof scanHistory>[1]): Promise<string[]> => {
      const report = await scanHistory(repository.folder, scope);
      expect(report.diagnostics).toEqual([]);
      return ['one', 'two', 'three'].filter((name) => findingOf(report, name));
    };
    expect(await listCases({ scope: { kind: 'branch', name: 'side' } })).toEqual(['one', 'three']);
    expect(await listCases({ scope: { kind: 'range', range: 'first..main' } })).toEqual(['two']);
    expect(await listCases({ scope: { kind: 'range', range: 'first..' } })).toEqual(['two']);
    const since = { kind: 'all', since: 'first', unreachable: false } as const;
    expect(await listCases({ scope: since })).toEqual(['two', 'three']);
  });

  it('knows what stands in a tree that it does not reach', async () => {
    const repository = createRepository();
    repository.commit('zero');
    repository.commit('one', { 'a.txt': lineOf('stays') });
    repository.commit('two', { 'a.txt': `changed\n${lineOf('stays')}` });
    const report = await scanHistory(repository.folder, {
      scope: { kind: 'range', range: 'HEAD~2..HEAD~1' },
    });
    expect(findingOf(report, 'stays')?.history).toMatchObject({ present: true, versions: 1 });
  });

  it.each(['nowhere', '--output=x', 'HEAD:a.txt', '', ' '])(
    'is refused where %j names none',
    async (name) => {
      const repository = createRepository();
      repository.commit('one', { 'a.txt': 'a\n' });
      const scope = { kind: 'branch', name } as const;
      await expect(scanHistory(repository.folder, { scope })).rejects.toThrow('there is no commit');
    },
  );

  it.each(['main', 'a..b..c', 'a...b'])('is refused where %j is no range', async (range) => {
    const repository = createRepository();
    repository.commit('one', { 'a.txt': 'a\n' });
    const scope = { kind: 'range', range } as const;
    await expect(scanHistory(repository.folder, { scope })).rejects.toThrow('is no range');
  });
});
