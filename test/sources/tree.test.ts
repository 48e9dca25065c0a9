// Walks of hostile and of ordinary trees: what is listed, under which name, and what is said of the rest.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/model/user-error.ts';
import { openFile } from '../../src/sources/read-file.ts';
import { listTree } from '../../src/sources/tree.ts';
import { createFolder, digDeep, writeFiles } from '../temporary-folder.ts';
import { listPaths } from './list-paths.ts';

const REPOSITORY = { '.git/HEAD': 'ref: refs/heads/main\n', '.git/config': '' };

describe('a walk', () => {
  it('lists files in the order of names, dotfiles among them, and never what lies in .git', async () => {
    const folder = createFolder({
      ...REPOSITORY,
      'b.txt': '',
      '.hidden/x': '',
      'a/z': '',
      'a/b/c': '',
      'sub/.git': 'gitdir: ../x',
    });
    const { paths, skipped } = await listPaths(folder);
    expect(paths).toEqual(['b.txt', '.hidden/x', 'a/z', 'a/b/c']);
    expect(skipped).toEqual({});
  });

  it('leaves out what git ignores, and counts it', async () => {
    const folder = createFolder({
      ...REPOSITORY,
      '.gitignore': '*.log\nout/\n',
      'a.log': '',
      'a.txt': '',
      'out/b.txt': '',
    });
    expect(await listPaths(folder)).toMatchObject({
      paths: ['.gitignore', 'a.txt'],
      skipped: { gitignored: 2 },
    });
    const all = await listPaths(folder, { useGitignore: false });
    expect(all).toMatchObject({
      paths: ['.gitignore', 'a.log', 'a.txt', 'out/b.txt'],
      skipped: {},
      untracked: [],
    });
  });

  it('ignores nothing in a tree that is no repository, as git would not', async () => {
    const folder = createFolder({ 'd/.gitignore': '*.log\n', 'd/a.log': '', 'a.log': '' });
    expect(await listPaths(folder)).toMatchObject({
      paths: ['a.log', 'd/.gitignore', 'd/a.log'],
      skipped: {},
    });
  });

  it('lists well-known credential files although git ignores them, as untracked', async () => {
    const ignored = [
      '.env',
      '.env.local',
      '.npmrc',
      '.netrc',
      '.aws/credentials',
      'deploy/id_rsa',
      'old/.env.bak',
    ];
    const folder = createFolder({
      ...REPOSITORY,
      '.gitignore': '*\n',
      'notes.txt': '',
      ...Object.fromEntries(ignored.map((path) => [path, ''])),
    });
    const { paths, untracked, skipped } = await listPaths(folder);
    expect([...untracked].sort()).toEqual([...ignored].sort());
    expect(paths).toEqual(untracked);
    expect(skipped).toEqual({ gitignored: 2 });
  });

  it('does not enter an ignored folder of dependencies, not even for credential files', async () => {
    const folder = createFolder({
      ...REPOSITORY,
      '.gitignore': 'node_modules\n',
      'node_modules/x/.env': '',
      'src/a': '',
    });
    expect(await listPaths(folder)).toMatchObject({
      paths: ['.gitignore', 'src/a'],
      skipped: { gitignored: 1 },
    });
  });

  it('lets a nested repository speak for itself', async () => {
    const folder = createFolder({
      ...REPOSITORY,
      '.gitignore': '*.txt\n',
      'a.txt': '',
      'inner/.git/HEAD': '',
      'inner/b.txt': '',
    });
    expect((await listPaths(folder)).paths).toEqual(['.gitignore', 'inner/b.txt']);
  });

  it('reads the patterns above the folder that is named', async () => {
    const folder = createFolder({
      ...REPOSITORY,
      '.gitignore': '/a/b/*.log\n',
      'a/.gitignore': '*.tmp\n',
      'a/b/x.log': '',
      'a/b/x.tmp': '',
      'a/b/y': '',
    });
    expect((await listPaths(folder, { paths: ['a/b'] })).paths).toEqual(['y']);
  });

  it('leaves out what the user excludes, in .gitignore syntax relative to the root', async () => {
    const folder = createFolder({
      'a/x.min.js': '',
      'a/y.js': '',
      'third_party/z.js': '',
      'b/third_party/z.js': '',
    });
    const exclude = ['*.min.js', '/third_party/'];
    expect(await listPaths(folder, { exclude })).toMatchObject({
      paths: ['a/y.js', 'b/third_party/z.js'],
      skipped: { excluded: 2 },
    });
  });
});

describe('what the user names', () => {
  it('may be several paths, single files and globs; nothing is listed twice', async () => {
    const folder = createFolder({ 'a/1.env': '', 'a/2.txt': '', 'b/3.env': '', 'c.env': '', '.d/4.env': '' });
    expect((await listPaths(folder, { paths: ['a', 'a/1.env', 'b/3.env', 'b'] })).paths.sort()).toEqual([
      'a/1.env',
      'a/2.txt',
      'b/3.env',
    ]);
    expect((await listPaths(folder, { paths: ['**/*.env'] })).paths).toEqual([
      '.d/4.env',
      'a/1.env',
      'b/3.env',
      'c.env',
    ]);
    expect((await listPaths(folder, { paths: ['a/2.txt'] })).paths).toEqual(['a/2.txt']);
  });

  it('is listed whatever .gitignore says', async () => {
    const folder = createFolder({ ...REPOSITORY, '.gitignore': 'a.txt\n', 'a.txt': '' });
    expect((await listPaths(folder, { paths: ['a.txt'] })).paths).toEqual(['a.txt']);
  });

  it('may have glob characters in its name', async () => {
    const folder = createFolder({ '[id].ts': '', 'i.ts': '' });
    expect((await listPaths(folder, { paths: ['[id].ts'] })).paths).toEqual(['[id].ts']);
  });

  it('is followed where it is a link', async () => {
    const [target, folder] = [createFolder({ 'a.txt': '' }), createFolder()];
    symlinkSync(target, join(folder, 'link'));
    expect((await listPaths(folder, { paths: ['link'] })).paths).toEqual(['a.txt']);
  });

  it.each(['missing', 'a.txt/inside', 'x'.repeat(300), 'no-*-match'])(
    'is an error where it does not exist: %s',
    async (path) => {
      const folder = createFolder({ 'a.txt': '' });
      const failure = await listPaths(folder, { paths: [path] }).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(UserError);
      expect((failure as UserError).hint).toMatch(/glob/);
    },
  );
});

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
    const folder = createFolder({ ...REPOSITORY, '.gitignore': Buffer.from([0x61, 0xff, 0x0a]) });
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
