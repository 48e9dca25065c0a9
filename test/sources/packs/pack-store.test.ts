// Objects are read from packs as git reads them, and left to git where a pack is not as it should be.
import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { applyDelta } from '../../../src/sources/packs/delta.ts';
import type { PackFeed } from '../../../src/sources/packs/pack-feed.ts';
import { createPackThread, openPackFeed } from '../../../src/sources/packs/pack-feed.ts';
import type { PackAnswer } from '../../../src/sources/packs/pack-groups.ts';
import { openPackStore } from '../../../src/sources/packs/pack-store.ts';
import type { Repository } from '../../git/repository.ts';
import { createRepository } from '../../git/repository.ts';

const VERSIONS = 40;

function createPacked(options: { init?: string[] } = {}): Repository {
  const repository = createRepository(options);
  const lines = Array.from({ length: 400 }, (_, index) => `line ${index} of a file that changes little\n`);
  for (let version = 0; version < VERSIONS; version++) {
    lines[(version * 37) % lines.length] = `version ${version}\n`;
    lines.splice((version * 11) % lines.length, version % 3, `added by ${version}\n`);
    repository.commit(`commit ${version}`, {
      'a.txt': lines.join(''),
      [`${version}.bin`]: Buffer.alloc(version * 9, version),
    });
  }
  repository.git('tag', '-a', 'tagged', '-m', 'a tag');
  repository.git('repack', '-adfq');
  return repository;
}

function listObjects(repository: Repository): string[][] {
  const format = '--batch-check=%(objectname) %(objecttype)';
  return repository
    .git('cat-file', '--batch-all-objects', format)
    .split('\n')
    .map((line) => line.split(' '));
}

function contentOf({ folder }: Repository, type: string, id: string): Buffer {
  return spawnSync('git', ['cat-file', type, id], { cwd: folder, maxBuffer: 1 << 26 }).stdout;
}

function optionsOf(repository: Repository, digits = 40) {
  return { folders: [repository.path('.git', 'objects')], digits, maxBytes: 1 << 20, isShared: false };
}

function packOf(repository: Repository): string {
  const folder = repository.path('.git', 'objects', 'pack');
  const file = `${folder}/${readdirSync(folder).find((name) => name.endsWith('.pack'))}`;
  chmodSync(file, 0o644);
  return file;
}

describe('packs', () => {
  it.each([
    ['by their distance', [], 40],
    ['by their id', ['-c', 'repack.useDeltaBaseOffset=false'], 40],
    ['under ids of SHA-256', ['--object-format=sha256'], 64],
  ])(
    'hold what git says, where deltas name their bases %s',
    (_, args, digits) => {
      const repository = createPacked(digits === 64 ? { init: args } : {});
      if (args[0] === '-c') repository.git(...args, 'repack', '-adfq');
      const store = openPackStore(optionsOf(repository, digits));
      const objects = listObjects(repository);
      expect(objects.length).toBeGreaterThan(VERSIONS * 3);
      for (const [id = '', type = ''] of objects) {
        const object = store.read(id);
        expect(object?.type).toBe(type);
        expect(Buffer.compare(object!.bytes, contentOf(repository, type, id))).toBe(0);
      }
      expect(store.read('0'.repeat(digits))).toBeUndefined();
      store.close();
    },
    60_000,
  );

  it('are left to git where they are cut off or damaged', () => {
    const repository = createPacked();
    const objects = listObjects(repository);
    const whole = new Map(objects.map(([id = '', type = '']) => [id, contentOf(repository, type, id)]));
    const file = packOf(repository);
    const bytes = readFileSync(file);
    for (let at = 40; at < bytes.length - 40; at += 97) bytes[at]! ^= 0x55;
    writeFileSync(file, bytes);
    const check = (): number => {
      const store = openPackStore(optionsOf(repository));
      const read = objects.flatMap(([id = '']) => (store.read(id) ? [id] : []));
      store.close();
      // What is read at all is what was written: its checksum says so.
      for (const id of read) expect(whole.has(id)).toBe(true);
      return read.length;
    };
    expect(check()).toBeLessThan(objects.length);
    truncateSync(file, 100);
    expect(check()).toBeLessThan(4);
    const index = file.replace(/pack$/, 'idx');
    chmodSync(index, 0o644);
    truncateSync(index, 1100);
    expect(check()).toBe(0);
  }, 60_000);
});

async function takeAll(feed: PackFeed, count: number): Promise<PackAnswer[]> {
  const answers: PackAnswer[] = [];
  while (answers.length < count) answers.push(...(await feed.take()));
  feed.close();
  return answers;
}

function show(answer: PackAnswer): unknown {
  return answer && 'bytes' in answer ? [answer.type, Buffer.from(answer.bytes).toString('latin1')] : answer;
}

describe('a feed of packs', () => {
  const worker = new URL('../../../dist/pack-worker.cjs', import.meta.url);

  it.each([false, true])(
    'answers in the order asked for, in this thread and in another',
    async (isShared) => {
      const repository = createPacked();
      const ids = listObjects(repository).map(([id]) => id!);
      const wanted = [...ids, 'f'.repeat(40), ...ids.toReversed()];
      const options = { ...optionsOf(repository), maxBytes: 300, isShared };
      const ask = (feed: PackFeed): Promise<PackAnswer[]> => {
        for (let at = 0; at < wanted.length; at += 50) feed.ask(wanted.slice(at, at + 50));
        return takeAll(feed, wanted.length);
      };
      const here = await ask(openPackFeed(options));
      const there = await ask(createPackThread(options, worker));
      expect(there.map(show)).toEqual(here.map(show));
      expect(here[ids.length]).toBeUndefined();
      expect(here.some((answer) => answer && 'tooLargeBytes' in answer)).toBe(true);
    },
    60_000,
  );

  it('leaves to git what a thread that dies has not handed over', async () => {
    const missing = new URL(`file://${fileURLToPath(worker)}.missing`);
    const feed = createPackThread(optionsOf(createRepository()), missing);
    feed.ask(['a'.repeat(40), 'b'.repeat(40)]);
    expect(await takeAll(feed, 2)).toEqual([undefined, undefined]);
  });
});

describe('a delta', () => {
  const base = Buffer.from('0123456789abcdef');
  const copy = [0x91, 0x02, 0x04];

  it('copies from its base and adds what is new', () => {
    expect(Buffer.from(applyDelta(base, Uint8Array.from([16, 7, ...copy, 3, 88, 89, 90]))!).toString()).toBe(
      '2345XYZ',
    );
  });

  it.each([
    ['another base', [15, 4, ...copy]],
    ['a copy beyond the base', [16, 4, 0x91, 0x0e, 0x04]],
    ['more than it promises', [16, 3, ...copy]],
    ['less than it promises', [16, 5, ...copy]],
    ['an instruction without a length', [16, 4, 0, ...copy]],
    ['new bytes that are cut off', [16, 5, 5, 88, 89]],
  ])('is none with %s', (_, delta) => {
    expect(applyDelta(base, Uint8Array.from(delta))).toBeUndefined();
  });
});
