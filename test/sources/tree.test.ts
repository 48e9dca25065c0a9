// Walks of ordinary trees: what is listed, what is left out, and what the user names.
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/model/user-error.ts';
import { createFolder } from '../temporary-folder.ts';
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
