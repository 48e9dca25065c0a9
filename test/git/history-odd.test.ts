// Objects that no git command makes, packs that are cut, heads that are empty: scanned as far as they go, and said.
import { chmodSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Repository } from './repository.ts';
import { createRepository, lineOf, tokenOf } from './repository.ts';
import { findingOf, listMissing, scanHistory } from './scan-repository.ts';

/** A tree with entries as they are given, which `mktree` would refuse. */
function writeTree(
  repository: Repository,
  entries: readonly (readonly [name: string, blob: string])[],
): string {
  const bytes = entries.map(([name, blob]) =>
    Buffer.concat([Buffer.from(`100644 ${name}\0`), Buffer.from(blob, 'hex')]),
  );
  return repository.feed(Buffer.concat(bytes), 'hash-object', '-t', 'tree', '-w', '--stdin', '--literally');
}

describe('odd objects', () => {
  it('are trees that refs name: the names in them are scanned, and what is excluded is not', async () => {
    const repository = createRepository();
    repository.commit('first');
    const blob = repository.feed(lineOf('in a tree'), 'hash-object', '-w', '--stdin');
    const name = `${tokenOf('in a name')}.md`;
    const entries = `100644 blob ${blob}\ta.env\n100644 blob ${blob}\t${name}\n`;
    repository.git('update-ref', 'refs/trees/one', repository.feed(entries, 'mktree'));
    const report = await scanHistory(repository.folder);
    expect(listMissing(report, ['in a tree', 'in a name'])).toEqual([]);
    const config = { exclude: ['*.env', '*.md'] };
    const less = await scanHistory(repository.folder, { config });
    expect(listMissing(less, ['in a tree', 'in a name'])).toEqual(['in a tree']);
  });

  it('are trees with names that no file may have, or the same name twice', async () => {
    const repository = createRepository();
    const blobs = ['dot git', 'upward', 'first of two', 'second of two'].map((name) => ({
      name,
      id: repository.feed(lineOf(name), 'hash-object', '-w', '--stdin'),
    }));
    const names = ['.git', '../x', 'twice', 'twice'];
    const tree = writeTree(
      repository,
      blobs.map(({ id }, index) => [names[index]!, id]),
    );
    const commit = repository.git('commit-tree', tree, '-m', 'odd');
    repository.git('update-ref', 'refs/heads/main', commit);
    const report = await scanHistory(repository.folder);
    const missing = listMissing(
      report,
      blobs.map(({ name }) => name),
    );
    // What git does not show is not passed over in silence.
    expect(missing.length === 0 || !report.complete).toBe(true);
    expect(findingOf(report, 'upward')?.location.path).toBe('../x');
  });

  it('are commits without an author, and with a date far away', async () => {
    const repository = createRepository();
    repository.commit('base', { 'a.txt': lineOf('base') });
    const tree = repository.git('rev-parse', 'HEAD^{tree}');
    const odd = [
      `tree ${tree}\n\n${lineOf('no header')}`,
      `tree ${tree}\nauthor A <a> 99999999999999 +0000\ncommitter A <a> 1 +0000\n\n${lineOf('far date')}`,
    ];
    odd.forEach((text, index) => {
      const id = repository.feed(text, 'hash-object', '-t', 'commit', '-w', '--stdin', '--literally');
      writeFileSync(repository.path('.git', 'refs', 'heads', `odd${index}`), `${id}\n`);
    });
    const report = await scanHistory(repository.folder);
    expect(listMissing(report, ['base', 'no header', 'far date'])).toEqual([]);
  });

  it('are names that are not UTF-8, or hold what a terminal obeys', async () => {
    const repository = createRepository();
    const id = repository.feed(lineOf('odd name'), 'hash-object', '-w', '--stdin');
    const tree = repository.feed(
      Buffer.concat([Buffer.from(`100644 blob ${id}\t\x1b[31m\n`, 'latin1'), Buffer.from([0xff, 0])]),
      'mktree',
      '-z',
    );
    repository.git('update-ref', 'refs/heads/main', repository.git('commit-tree', tree, '-m', 'x'));
    const report = await scanHistory(repository.folder);
    expect(findingOf(report, 'odd name')?.location.path).toBe('\x1b[31m\n\\xff');
  });

  it('are a thousand refs', async () => {
    const repository = createRepository();
    const commit = repository.commit('one', { 'a.txt': lineOf('one') });
    const updates = Array.from({ length: 1000 }, (_, index) => `create refs/heads/b${index} ${commit}\n`);
    repository.feed(updates.join(''), 'update-ref', '--stdin');
    const report = await scanHistory(repository.folder);
    expect([report.complete, report.findings.length]).toEqual([true, 1]);
    expect(report.coverage.files.scanned).toBe(4);
  });
});

function createPacked(): { repository: Repository; pack: string; names: string[] } {
  const repository = createRepository();
  const names = Array.from({ length: 20 }, (_, index) => `packed ${index}`);
  for (const name of names) repository.commit(name, { [`${name}.txt`]: lineOf(name) + 'x'.repeat(200) });
  repository.git('repack', '-adq');
  const folder = repository.path('.git', 'objects', 'pack');
  const pack = readdirSync(folder).find((name) => name.endsWith('.pack'))!;
  chmodSync(`${folder}/${pack}`, 0o644);
  return { repository, names, pack: `${folder}/${pack}` };
}

describe('a damaged store', () => {
  it('is a pack that is cut off', async () => {
    const { repository, pack } = createPacked();
    truncateSync(pack, Math.floor(readFileSync(pack).length / 2));
    const report = await scanHistory(repository.folder);
    expect(report.complete).toBe(false);
  });

  it('is a pack with damaged bytes in it: what can be read is scanned', async () => {
    const { repository, pack, names } = createPacked();
    const bytes = readFileSync(pack);
    bytes.fill(0xff, bytes.length - 400, bytes.length - 370);
    writeFileSync(pack, bytes);
    const report = await scanHistory(repository.folder);
    expect(report.complete).toBe(false);
    expect(listMissing(report, names).length).toBeLessThan(names.length);
  });

  it.each([
    ['HEAD', 'an empty HEAD'],
    ['packed-refs', 'packed refs that are none'],
  ])('is %s that holds nothing of use', async (file) => {
    const { repository } = createPacked();
    writeFileSync(repository.path('.git', file), file === 'HEAD' ? '' : 'nonsense\n');
    const report = await scanHistory(repository.folder);
    expect(report.complete).toBe(false);
  });

  it('is a ref to an object that is not there', async () => {
    const { repository, names } = createPacked();
    writeFileSync(repository.path('.git', 'refs', 'heads', 'broken'), `${'1'.repeat(40)}\n`);
    const report = await scanHistory(repository.folder);
    expect([report.complete, listMissing(report, names)]).toEqual([false, []]);
  });
});

describe('a sparse checkout', () => {
  it('is scanned whole: its history, and what is staged outside of the cone', async () => {
    const repository = createRepository();
    repository.commit('two folders', { 'in/a.txt': 'nothing\n', 'out/b.txt': lineOf('outside the cone') });
    repository.git('sparse-checkout', 'set', 'in');
    expect(existsSync(repository.path('out', 'b.txt'))).toBe(false);
    const report = await scanHistory(repository.folder);
    expect(listMissing(report, ['outside the cone'])).toEqual([]);
    expect(findingOf(report, 'outside the cone')?.history?.present).toBe(true);
    const blob = repository.feed(lineOf('staged outside'), 'hash-object', '-w', '--stdin');
    repository.git('update-index', '--add', '--cacheinfo', `100644,${blob},out/c.txt`);
    const source = {
      kind: 'staged',
      folder: repository.folder,
      environment: process.env,
      isHook: false,
    } as const;
    const staged = await scanHistory(repository.folder, { source: { ...source, wholeFiles: false } });
    expect(listMissing(staged, ['staged outside'])).toEqual([]);
  });
});
