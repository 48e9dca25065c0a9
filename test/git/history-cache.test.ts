// A second scan does only what is new, and says the same. A cache that is damaged, foreign or shared changes nothing.
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { buildZip } from '../sources/archives/build-archive.ts';
import { createPassword } from '../sample-secrets.ts';
import { credentialLine, run } from './program.ts';
import type { Repository } from './repository.ts';
import { createFolder, createRepository, importCommits, lineOf, tokenOf } from './repository.ts';
import type { ScanChanges } from './scan-repository.ts';
import { findingOf, scanHistory } from './scan-repository.ts';

const COMMITS = 10;

function createHistory(): Repository {
  const repository = createRepository();
  for (let commit = 0; commit < COMMITS; commit++) {
    const name = `secret ${commit}`;
    repository.commit(name, {
      'a.txt': `version ${commit}\n`,
      ...(commit % 4 === 0 ? { [`s${commit}.txt`]: lineOf(name) } : {}),
    });
  }
  return repository;
}

/** Cold, and then as often as wanted with the same cache. */
function scanner(
  repository: Repository,
  changes: ScanChanges = {},
): { folder: string; scan: () => Promise<Report> } {
  const folder = createFolder();
  return {
    folder,
    scan: () => scanHistory(repository.folder, { ...changes, cache: { folder, key: 'test' } }),
  };
}

async function expectSameAsCold(repository: Repository, report: Report): Promise<void> {
  const cold = await scanHistory(repository.folder);
  expect(report.findings).toEqual(cold.findings);
  expect(report.slots).toEqual(cold.slots);
  expect([report.diagnostics, report.complete]).toEqual([cold.diagnostics, cold.complete]);
}

describe('the cache of history', () => {
  it('leaves out what an earlier scan has seen', async () => {
    const repository = createHistory();
    const { scan } = scanner(repository);
    const first = await scan();
    expect(first.findings.length).toBe(3);
    const second = await scan();
    await expectSameAsCold(repository, second);
    // The contents with a finding, and the names of refs and files.
    expect(second.coverage.files.scanned).toBe(5);
    expect(second.coverage.files.skipped).toEqual({ unchanged: COMMITS * 2 });
  });

  it('looks at what has come since, under whatever ref', async () => {
    const repository = createHistory();
    const { scan } = scanner(repository);
    await scan();
    repository.commit('new', { 'new.txt': lineOf('new'), 'again.txt': lineOf('secret 4') });
    repository.git('checkout', '-q', '-b', 'side', 'HEAD~5');
    repository.commit('side', { 'side.txt': lineOf('side') });
    repository.git('tag', '-a', '-m', lineOf('tag'), 'v1');
    const report = await scan();
    await expectSameAsCold(repository, report);
    expect(findingOf(report, 'side')).toBeDefined();
    expect(findingOf(report, 'tag')).toBeDefined();
    await expectSameAsCold(repository, await scan());
  });

  it('forgets what is no longer reached', async () => {
    const repository = createHistory();
    const { scan } = scanner(repository);
    await scan();
    repository.git('reset', '-q', '--hard', 'HEAD~6');
    repository.git('reflog', 'expire', '--expire=now', '--all');
    const report = await scan();
    expect(report.findings.length).toBe(1);
    await expectSameAsCold(repository, report);
  });

  it('tells whether a secret still stands today', async () => {
    const repository = createHistory();
    const { scan } = scanner(repository);
    expect(findingOf(await scan(), 'secret 4')?.history?.present).toBe(true);
    rmSync(repository.path('s4.txt'));
    repository.commit('removed');
    const report = await scan();
    expect(findingOf(report, 'secret 4')?.history?.present).toBe(false);
    await expectSameAsCold(repository, report);
  });

  it('knows the first commit where an older branch comes later, under another path', async () => {
    const repository = createHistory();
    const { scan } = scanner(repository);
    const before = findingOf(await scan(), 'secret 4');
    const [older] = importCommits(repository, 'older', [
      { seconds: 1_600_000_000, files: { 'older.txt': lineOf('secret 4') } },
      { seconds: 1_800_000_000, files: { 'newer.txt': lineOf('secret 8') } },
    ]);
    const report = await scan();
    await expectSameAsCold(repository, report);
    expect(findingOf(report, 'secret 4')?.provenance).toMatchObject({ commit: older });
    expect(findingOf(report, 'secret 4')?.history?.firstSeen).not.toBe(before?.history?.firstSeen);
    await expectSameAsCold(repository, await scan());
  });

  it('knows the first commit of what it has met and left out', async () => {
    const repository = createRepository();
    const first = repository.commit('under a path that is excluded', { 'old/a.txt': lineOf('moved') });
    const { folder } = scanner(repository);
    const changes = { config: { exclude: ['old/'] } };
    const warm = { ...changes, cache: { folder, key: 'test' } };
    expect((await scanHistory(repository.folder, warm)).findings).toEqual([]);
    repository.commit('under another', { 'new/a.txt': lineOf('moved') });
    const report = await scanHistory(repository.folder, warm);
    expect(findingOf(report, 'moved')?.provenance).toMatchObject({ commit: first });
    expect(report.findings).toEqual((await scanHistory(repository.folder, changes)).findings);
    expect((await scanHistory(repository.folder, warm)).findings).toEqual(report.findings);
  });

  it('keeps nothing of a scan that was not complete, and nothing of a secret', async () => {
    const repository = createHistory();
    const blob = repository.git('rev-parse', 'HEAD:s8.txt');
    const object = repository.path('.git', 'objects', blob.slice(0, 2), blob.slice(2));
    const bytes = readFileSync(object);
    rmSync(object);
    const { scan, folder } = scanner(repository);
    expect((await scan()).complete).toBe(false);
    expect((await scan()).complete).toBe(false);
    writeFileSync(object, bytes);
    await expectSameAsCold(repository, await scan());
    const kept = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.some((text) => text.includes(tokenOf('secret 0')))).toBe(false);
  });

  it('keeps no path that holds the secret of another file', () => {
    const [repository, cache] = [createRepository(), createFolder()];
    const password = createPassword('in a path');
    const files = { 'a.py': `password = "${password}"\n`, [`of-${password}/b.py`]: credentialLine('two') };
    repository.commit('both', files);
    for (const round of ['cold', 'warm']) {
      const { stdout } = run(repository.folder, ['scan', '--history'], {
        environment: { XDG_CACHE_HOME: cache },
      });
      expect(`${round}: ${stdout}`).toContain('of-********/b.py');
    }
    const folder = join(cache, 'nhi-scan');
    const kept = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    expect(kept).not.toEqual([]);
    expect(kept.join('')).not.toContain(password);
  });

  it('starts anew where the configuration is another', async () => {
    const repository = createHistory();
    const folder = createFolder();
    const cache = { folder, key: 'test' };
    const exclude = ['*.txt'];
    expect((await scanHistory(repository.folder, { cache, config: { exclude } })).findings).toEqual([]);
    expect((await scanHistory(repository.folder, { cache })).findings.length).toBe(3);
  });

  it('keeps nothing of a scan of which a content could not be opened', async () => {
    const repository = createRepository();
    const zip = buildZip([{ path: 'a.txt', content: Buffer.from('words '.repeat(100)) }]);
    repository.commit('damaged', { 'a.zip': zip.fill(0xff, 36, 46) });
    const { scan } = scanner(repository);
    expect([(await scan()).complete, (await scan()).complete]).toEqual([false, false]);
  });

  it.each<ScanChanges>([{ only: 'posture' }, { archives: false }])(
    'starts anew where less was looked for: %j',
    async (changes) => {
      const repository = createRepository();
      const zip = buildZip([{ path: 'b.txt', content: Buffer.from(lineOf('packed')) }]);
      repository.commit('both', { 'a.txt': lineOf('plain'), 'b.zip': zip });
      const { folder, scan } = scanner(repository);
      await scanHistory(repository.folder, { ...changes, cache: { folder, key: 'test' } });
      const report = await scan();
      expect(report.findings.length).toBe(2);
      await expectSameAsCold(repository, report);
    },
  );

  it('is cold where a byte of it has changed', async () => {
    const repository = createHistory();
    const { scan, folder } = scanner(repository);
    await scan();
    const files = readdirSync(folder).map((name) => join(folder, name));
    const whole = files.map((file) => readFileSync(file));
    const length = Math.max(...whole.map((bytes) => bytes.length));
    for (let at = 0; at < length; at += Math.ceil(length / 12)) {
      files.forEach((file, index) => {
        const bytes = Buffer.from(whole[index]!);
        const place = Math.min(at, bytes.length - 1);
        bytes[place] = bytes[place]! ^ 0x55;
        writeFileSync(file, bytes);
      });
      expect((await scan()).coverage.files.skipped).toEqual({});
    }
    files.forEach((file, index) => writeFileSync(file, whole[index]!.subarray(0, 40)));
    expect((await scan()).coverage.files.skipped).toEqual({});
  });

  it('is not read through a link, nor under another name', async () => {
    const repository = createHistory();
    const { scan, folder } = scanner(repository);
    await scan();
    const [first, second] = readdirSync(folder).map((name) => join(folder, name));
    const target = join(createFolder(), 'target');
    writeFileSync(target, readFileSync(first!));
    writeFileSync(second!, readFileSync(first!));
    rmSync(first!);
    symlinkSync(target, first!);
    expect((await scan()).coverage.files.skipped).toEqual({});
  });

  it('is left alone where it cannot be written', async () => {
    const repository = createHistory();
    const file = join(createFolder(), 'file');
    writeFileSync(file, '');
    const report = await scanHistory(repository.folder, { cache: { folder: file, key: 'test' } });
    expect([report.findings.length, report.complete]).toEqual([3, true]);
  });

  it.skipIf(!existsSync('/proc/self'))('is left alone where no folder can be made, for good', () => {
    const repository = createHistory();
    const environment = { XDG_CACHE_HOME: '/proc' };
    expect(run(repository.folder, ['scan', '--history'], { environment }).code).toBe(0);
    expect(run(repository.folder, ['scan', '--output', '/proc/none/report'])).toMatchObject({ code: 4 });
  });
});
