// Our reading of .gitignore files against git's own, and against the package that others use.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import ignore from 'ignore';
import { describe, expect, it } from 'vitest';
import { createPathMatcher } from '../../src/sources/path-matcher.ts';
import { createFolder, writeFiles } from '../temporary-folder.ts';
import { listPaths } from './list-paths.ts';

const FILES = [
  'a', 'b', 'ab', 'abc', 'x.log', 'x y', ' a', 'a ', '#a', '!a', 'a*', 'A', '.a', 'é', '-',
  'd/a', 'd/b', 'd/ab', 'd/x.log', 'd/.a', 'd/e/a', 'd/e/b', 'd/e/x.log', 'd/e/f/a', 'd/e/f/abc',
  'e/a', 'e/d/a', 'e/d/b', 'ad/b', 'ad/e/a', 'a.d/a',
]; // prettier-ignore

const PLAIN_PART = fc.constantFrom('a', 'b', 'ab', 'abc', 'd', 'e', 'f', 'x.log', '*', '**', '?', '*.log', 'a*', '*b', 'a?c', '.a', '*.*', 'ad'); // prettier-ignore
// Not `a**` before a slash: git before 2.41 compares unrelated addresses there, and answers by chance.
const ODD_PART = fc.constantFrom(
  '[ab]', '[!a]', '[^a]', '[a-c]', '[]a]', '[!]a]', '[a', '\\a', '\\*', '\\', 'a\\ ', '[[:alpha:]]', '[[:nope:]]', 'a[*]',
  '***', '**b', '?*', '[a-]', '[\\]a]', 'x\\ y', 'é', '??', 'x?y', 'a*c', '*a*', '-', '[--0]',
); // prettier-ignore

function createPattern(part: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .record({
      not: fc.constantFrom('', '', '', '!'),
      head: fc.constantFrom('', '', '/'),
      parts: fc.array(part, { minLength: 1, maxLength: 4 }),
      tail: fc.constantFrom('', '', '/'),
    })
    .map(({ not, head, parts, tail }) => not + head + parts.join('/') + tail);
}

const LINE = fc.oneof(
  { weight: 4, arbitrary: createPattern(PLAIN_PART) },
  { weight: 4, arbitrary: createPattern(fc.oneof(PLAIN_PART, ODD_PART)) },
  { weight: 1, arbitrary: fc.constantFrom('', '# a', '#a', '\\#a', '\\!a', 'a ', 'a\\ ', ' a', '!', '/', '//', '!/', 'a\t', 'a//b') }, // prettier-ignore
);
const TEXT = fc
  .record({ lines: fc.array(LINE, { minLength: 1, maxLength: 5 }), end: fc.constantFrom('\n', '\n', '\r\n') })
  .map(({ lines, end }) => lines.join(end) + end);

const folder = createFolder(Object.fromEntries(FILES.map((path) => [path, ''])));
const GIT_ENVIRONMENT = {
  PATH: process.env['PATH'],
  HOME: folder,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
};
spawnSync('git', ['init', '-q'], { cwd: folder, env: GIT_ENVIRONMENT });

/** The files that git ignores. */
function askGit(paths: readonly string[]): Set<string> {
  const args = ['check-ignore', '--no-index', '-z', '--stdin'];
  const { status, stdout, stderr } = spawnSync('git', args, {
    cwd: folder,
    env: GIT_ENVIRONMENT,
    input: paths.join('\0'),
  });
  if (status !== 0 && status !== 1) throw new Error(`git check-ignore: ${stderr.toString()}`);
  return new Set(
    stdout
      .toString('utf8')
      .split('\0')
      .filter((path) => path !== ''),
  );
}

const IGNORE_FILES = ['.gitignore', 'd/.gitignore', 'd/e/.gitignore', '.git/info/exclude'];

describe('nested .gitignore files', () => {
  it('mean what `git check-ignore` says', async () => {
    const texts = fc.tuple(
      ...IGNORE_FILES.map((_, index) => fc.option(TEXT, { freq: index === 0 ? 20 : 1, nil: undefined })),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (contents) => {
        IGNORE_FILES.forEach((file, index) => {
          rmSync(join(folder, file), { force: true });
          const text = contents[index];
          if (text !== undefined) writeFiles(folder, { [file]: text });
        });
        const all = (await listPaths(folder, { useGitignore: false })).paths;
        const ignored = askGit(all);
        const { paths, untracked } = await listPaths(folder);
        const listed = paths.filter((path) => !untracked.includes(path));
        expect(listed).toEqual(all.filter((path) => !ignored.has(path)));
      }),
      { numRuns: 120 },
    );
  });
});

describe('one list of patterns', () => {
  it('means what the package `ignore` says, where both read git’s syntax alike', () => {
    const lines = fc.array(createPattern(PLAIN_PART), { minLength: 1, maxLength: 5 });
    // To git `?` is one byte; to the package it is one character.
    const files = FILES.filter((path) => !path.includes('é'));
    fc.assert(
      fc.property(lines, (patterns) => {
        const theirs = ignore({ ignorecase: false }).add(patterns);
        const ours = createPathMatcher(patterns);
        expect(files.filter(ours)).toEqual(files.filter((path) => theirs.ignores(path)));
      }),
      { numRuns: 500 },
    );
  });

  it('costs what pattern times text costs, whatever the pattern', () => {
    // Backtracking over these would take longer than the universe has; this test ends.
    const matches = createPathMatcher([`${'a*'.repeat(200)}b`, `${'**/a/'.repeat(100)}b`]);
    expect(matches('a'.repeat(5000))).toBe(false);
    expect(matches('a/'.repeat(500) + 'c')).toBe(false);
  });
});
