// A change from a stranger cannot accept its own secrets: not by configuration, baseline, ignore file or comment.
import { describe, expect, it } from 'vitest';
import { credentialLine, run } from './program.ts';
import type { Repository } from './repository.ts';
import { createFolder, createRepository } from './repository.ts';

const ALLOW_ALL = "allow:\n  - paths: ['*']\n    reason: all of it\n";
const COMMENT = '# nhi-scan:allow -- sample\n';

interface Seen {
  readonly code: number | null;
  readonly lines: readonly string[];
  readonly said: string;
}

function scan(repository: Repository, ...args: string[]): Seen {
  const { code, stdout, stderr } = run(repository.folder, ['scan', '--format', 'jsonl', ...args]);
  const findings = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { path: string; startLine: number });
  return { code, lines: findings.map(({ path, startLine }) => `${path}:${startLine}`), said: stderr };
}

/** A project with an accepted secret of each kind. */
function createProject(): Repository {
  const repository = createRepository();
  repository.commit('base', {
    '.nhi-scan.yaml': "allow:\n  - paths: ['allowed.env']\n    reason: sample\n",
    'allowed.env': credentialLine('allowed'),
    'commented.env': COMMENT + credentialLine('commented'),
    'known.env': credentialLine('known'),
  });
  run(repository.folder, ['baseline', 'create']);
  repository.commit('baseline');
  return repository;
}

describe('--trust', () => {
  it('obeys the tree by default', () => {
    const repository = createProject();
    expect(scan(repository).code).toBe(0);
    repository.write('.nhi-scan.yaml', ALLOW_ALL);
    repository.write('new.env', credentialLine('new'));
    expect(scan(repository).code).toBe(0);
    expect(scan(repository, '--trust', 'tree').code).toBe(0);
  });

  it.each([
    ['configuration', { '.nhi-scan.yaml': ALLOW_ALL, 'new.env': credentialLine('new') }, 'new.env:1'],
    ['a comment', { 'new.env': COMMENT + credentialLine('new') }, 'new.env:2'],
    ['an ignore file', { '.gitignore': '*.txt\n', 'new.txt': credentialLine('new') }, 'new.txt:1'],
    [
      'a comment on another secret of a file with one',
      { 'commented.env': COMMENT + credentialLine('commented') + COMMENT + credentialLine('new') },
      'commented.env:4',
    ],
  ])('base: %s that the change adds accepts nothing', (_, files: Record<string, string>, expected) => {
    const repository = createProject();
    for (const [path, content] of Object.entries(files)) repository.write(path, content);
    expect(scan(repository).code).toBe(0);
    const seen = scan(repository, '--trust', 'base', '--base', 'HEAD');
    expect([seen.code, seen.lines]).toEqual([1, [expected]]);
  });

  it('base: a baseline that the change extends accepts nothing more, and the edit is told', () => {
    const repository = createProject();
    repository.write('new.env', credentialLine('new'));
    run(repository.folder, ['baseline', 'update']);
    expect(scan(repository).code).toBe(0);
    const seen = scan(repository, '--trust', 'base', '--base', 'HEAD');
    expect([seen.code, seen.lines]).toEqual([1, ['new.env:1']]);
    expect(seen.said).toContain('the change edits .nhi-scan.baseline');
  });

  it('base: what was accepted before the change stays so', () => {
    const repository = createProject();
    const seen = scan(repository, '--trust', 'base', '--base', 'HEAD');
    expect([seen.code, seen.lines, seen.said]).toEqual([0, [], '']);
  });

  it('none: nothing in the tree accepts anything, what the user names does', () => {
    const repository = createProject();
    const seen = scan(repository, '--trust', 'none');
    expect(seen.lines).toEqual(['allowed.env:1', 'commented.env:2', 'known.env:1']);
    const { path } = repository;
    const given = ['--config', path('.nhi-scan.yaml'), '--baseline', path('.nhi-scan.baseline')];
    expect(scan(repository, '--trust', 'none', ...given).lines).toEqual(['commented.env:2']);
  });

  it('base: is refused without a revision, or one that does not exist', () => {
    const repository = createProject();
    expect(scan(repository, '--trust', 'base').code).toBe(2);
    expect(scan(repository, '--trust', 'base', '--base', 'nowhere').code).toBe(2);
    expect(scan(repository, '--base', 'HEAD').code).toBe(2);
    expect(run(createFolder(), ['scan', '--trust', 'base', '--base', 'HEAD']).code).toBe(2);
  });

  it('says in the report why an accepted line is reported', () => {
    const repository = createProject();
    repository.write('new.env', COMMENT + credentialLine('new'));
    const { stdout } = run(repository.folder, ['scan', '--trust', 'base', '--base', 'HEAD']);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'the change adds a comment beside it that asks to accept it',
    );
  });
});
