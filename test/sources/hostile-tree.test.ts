// Walks of hostile trees: what is no file, names that are no text, and folders that nobody can read.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFile } from '../../src/sources/read-file.ts';
import { listTree } from '../../src/sources/tree.ts';
import { createFolder, digDeep, writeFiles } from '../temporary-folder.ts';
import { listPaths } from './list-paths.ts';

describe('links, pipes, sockets and devices', () => {
  it('are passed over and counted, wherever they point', async () => {
    const outside = createFolder({ 'secret.txt': '' });
    const folder = createFolder({ 'real.txt': '', 'd/x': '' });
    const links = {
      loop: '.',
      up: '..',
      self: 'self',
      a: 'b',
      b: 'a',
      dangling: 'nowhere',
      escape: join(outside, 'secret.txt'),
      folder: outside,
      zero: '/dev/zero',
    };
    for (const [name, target] of Object.entries(links)) symlinkSync(target, join(folder, name));
    const { paths, skipped, diagnostics } = await listPaths(folder);
    expect(paths).toEqual(['real.txt', 'd/x']);
    expect(skipped).toEqual({ symlink: Object.keys(links).length });
    expect(diagnostics).toEqual([]);
  });

  it('are never opened', async () => {
    const folder = createFolder({ 'real.txt': '' });
    expect(spawnSync('mkfifo', [join(folder, 'pipe')]).status).toBe(0);
    const server = createServer().listen(join(folder, 'socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    expect(await listPaths(folder)).toMatchObject({ paths: ['real.txt'], skipped: { 'not-a-file': 2 } });
    expect(await listPaths(folder, { paths: ['pipe', 'socket', '/dev/zero'] })).toMatchObject({
      paths: [],
      skipped: { 'not-a-file': 3 },
    });
    await new Promise((resolve) => server.close(resolve));
  });

  it('are refused where they took the place of a file after it was listed', () => {
    const folder = createFolder({ 'real.txt': 'x', 'd/x': '' });
    spawnSync('mkfifo', [join(folder, 'pipe')]);
    symlinkSync('real.txt', join(folder, 'link'));
    symlinkSync('link', join(folder, 'link2'));
    const open = (name: string): unknown => openFile(join(folder, name));
    expect(open('pipe')).toEqual({ status: 'skipped', reason: 'not-a-file' });
    expect(open('link')).toEqual({ status: 'skipped', reason: 'symlink' });
    expect(open('link2')).toEqual({ status: 'skipped', reason: 'symlink' });
    expect(open('d')).toEqual({ status: 'skipped', reason: 'not-a-file' });
    expect(open('gone')).toEqual({ status: 'skipped', reason: 'deleted' });
    expect(open('real.txt/x')).toEqual({ status: 'skipped', reason: 'deleted' });
    expect(openFile('/dev/zero')).toEqual({ status: 'skipped', reason: 'not-a-file' });
    expect(open('n'.repeat(300))).toEqual({
      status: 'failed',
      message: 'cannot be read: its path is too long',
    });
    expect(openFile(join(folder, 'real.txt'), 0)).toEqual({ status: 'skipped', reason: 'too-large' });
  });
});

describe('names', () => {
  const HOSTILE = [
    'new\nline',
    '\u001B[31mred',
    '::error::x',
    '%0A::error::',
    '-rf',
    '--help',
    ' blank',
    'tab\t',
    'quote"\'$(id)',
    '=cmd|x',
    'back\\slash',
    '\u202Ertl',
    'n'.repeat(255),
  ];

  it('are listed as they are, whatever is in them', async () => {
    const folder = createFolder(Object.fromEntries(HOSTILE.map((name) => [name, ''])));
    expect([...(await listPaths(folder)).paths].sort()).toEqual([...HOSTILE].sort());
  });

  it('that are not UTF-8 are shown escaped and opened as they are', async () => {
    const folder = createFolder({ 'real\\xff': 'x', ok: 'x' });
    const names = [Buffer.from([0x61, 0xff, 0x5c]), Buffer.from([0x61, 0xfe])];
    for (const name of names) writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), name]), 'x');
    const sub = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xe9])]);
    mkdirSync(sub);
    writeFileSync(Buffer.concat([sub, Buffer.from('/in')]), 'x');
    const inputs = [
      ...(await listTree({ paths: ['.'], workingFolder: folder, useGitignore: true, exclude: [] })).inputs,
    ];
    expect(inputs.map(({ provenance }) => provenance.path)).toEqual([
      'a\\xfe',
      'a\\xff\\x5c',
      'ok',
      'real\\x5cxff',
      '\\xe9/in',
    ]);
    const statuses = inputs.map((input) => {
      const file = input.kind === 'path' ? openFile(input.absolutePath) : undefined;
      if (file?.status === 'open') file.close();
      return file?.status;
    });
    expect(statuses).toEqual(inputs.map(() => 'open'));
  });

  it('that are not UTF-8 are matched with patterns byte by byte', async () => {
    const folder = createFolder({
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.gitignore': Buffer.from([0x61, 0xff, 0x0a]),
    });
    for (const last of [0xff, 0xfe])
      writeFileSync(Buffer.concat([Buffer.from(`${folder}/a`), Buffer.from([last])]), '');
    expect((await listPaths(folder)).paths).toEqual(['.gitignore', 'a\\xfe']);
  });
});

describe('folders that cannot be read', () => {
  it('are named in a diagnostic where they lie too deep, and the rest is listed', async () => {
    const folder = createFolder({ 'z.txt': '' });
    digDeep(folder);
    const { paths, diagnostics } = await listPaths(folder);
    expect(paths).toEqual(['z.txt']);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatch(/^error (?:n{250}\/)+: cannot be read: its path is too long$/);
  });

  it('are skipped as deleted where they have gone since they were listed', async () => {
    const folder = createFolder({ a: '' });
    mkdirSync(join(folder, 'gone'));
    const listing = await listTree({ paths: ['.'], workingFolder: folder, useGitignore: true, exclude: [] });
    const inputs = listing.inputs[Symbol.iterator]();
    inputs.next();
    rmdirSync(join(folder, 'gone'));
    expect(inputs.next().done).toBe(true);
    expect(Object.fromEntries(listing.skipped)).toEqual({ deleted: 1 });
  });

  it('do not stop a walk that is 80 folders deep', async () => {
    const folder = createFolder();
    writeFiles(folder, { [`${'d/'.repeat(80)}x`]: '' });
    expect((await listPaths(folder)).paths).toEqual([`${'d/'.repeat(80)}x`]);
  });
});
