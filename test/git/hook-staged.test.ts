// The pre-commit hook judges what the commit will hold: its configuration and its baseline are those of the index, whatever
// lies in the folder.
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { credentialLine, run, runGit } from './program.ts';
import type { Repository } from './repository.ts';
import { createRepository } from './repository.ts';

const BASELINE = '.nhi-scan.baseline';
const CONFIG = '.nhi-scan.yaml';

/** `a.env` and `b.env` hold credentials that the committed baseline accepts. */
function createAccepted(): Repository {
  const repository = createRepository();
  repository.commit('old', { 'a.env': credentialLine('a'), 'b.env': credentialLine('b'), 'x.txt': 'x\n' });
  run(repository.folder, ['baseline', 'create']);
  repository.commit('accepted');
  run(repository.folder, ['hook', 'install']);
  return repository;
}

function commit({ folder }: Repository, ...args: string[]): { code: number | null; said: string } {
  const { code, stdout, stderr } = runGit(folder, ['commit', '-qm', 'x', ...args]);
  return { code, said: stdout + stderr };
}

/** Takes the entries of a path out of the baseline in the folder. */
function forget(repository: Repository, path: string): void {
  const lines = readFileSync(repository.path(BASELINE), 'utf8').split('\n');
  repository.write(BASELINE, lines.filter((line) => !line.includes(`\t${path}\t`)).join('\n'));
}

describe('the baseline of a commit', () => {
  it('is the staged one, not the one in the folder', () => {
    const repository = createAccepted();
    repository.write('c.env', credentialLine('c'));
    run(repository.folder, ['baseline', 'update']);
    repository.git('add', 'c.env');
    const refused = commit(repository);
    expect(refused.code).toBe(1);
    expect(refused.said).toContain(`git add ${BASELINE}`);
    repository.git('add', BASELINE);
    writeFileSync(repository.path(BASELINE), `${repository.git('show', `HEAD:${BASELINE}`)}\n`);
    const { code, said } = commit(repository);
    expect({ code, said }).toMatchObject({ code: 0, said: expect.not.stringContaining('git add') as string });
  });

  it('is that of the commit which is made, where git makes a smaller one', () => {
    const repository = createAccepted();
    repository.write('c.env', credentialLine('c'));
    run(repository.folder, ['baseline', 'update']);
    repository.git('add', '-A');
    expect(commit(repository, '--', 'c.env').code).toBe(1);
    expect(commit(repository, '--', 'c.env', BASELINE).code).toBe(0);
    repository.write('d.env', credentialLine('d'));
    repository.git('add', 'd.env');
    run(repository.folder, ['baseline', 'update']);
    expect(commit(repository).code).toBe(1);
    expect(commit(repository, '-a').code).toBe(0);
  });

  it('that is in no commit, or only to be added some time, accepts nothing', () => {
    const repository = createRepository();
    run(repository.folder, ['hook', 'install']);
    repository.write('a.env', credentialLine('a'));
    repository.git('add', '-A');
    run(repository.folder, ['baseline', 'create']);
    expect(commit(repository).code).toBe(1);
    repository.git('add', '-N', BASELINE);
    expect(commit(repository).code).toBe(1);
    repository.git('add', BASELINE);
    rmSync(repository.path(BASELINE));
    expect(commit(repository).code).toBe(0);
  });

  it('is read through the link that the index holds', () => {
    const repository = createRepository();
    repository.write('a.env', credentialLine('a'));
    run(repository.folder, ['baseline', 'create', '--file', 'accepted.tsv']);
    symlinkSync('accepted.tsv', repository.path(BASELINE));
    repository.git('add', '-A');
    run(repository.folder, ['hook', 'install']);
    expect(commit(repository).code).toBe(0);
  });

  it('accepts no copy of a secret that stays where it is, and the secret where it moves to', () => {
    const repository = createAccepted();
    repository.write('copy.env', credentialLine('a'));
    repository.git('add', '-A');
    const { code, said } = commit(repository);
    expect(code).toBe(1);
    expect(said).toContain('accepts the same secret in a.env, but not here');
    repository.git('rm', '-q', 'a.env');
    expect(commit(repository).code).toBe(0);
  });
});

describe('an entry that the change takes out of the baseline', () => {
  const TAKEN = 'the change takes away the entry of the baseline that accepted it';

  it('is told where its secret stands, in a file that the change leaves as it is', () => {
    const repository = createAccepted();
    forget(repository, 'b.env');
    repository.git('add', BASELINE);
    const refused = commit(repository);
    expect(refused.code).toBe(1);
    expect(refused.said).toContain(TAKEN);
    expect(refused.said).toContain('b.env');
    expect(refused.said).not.toContain('a.env');
    repository.git('rm', '-q', '--cached', BASELINE);
    expect(commit(repository).said).toMatch(/2 findings in 2 files/);
  });

  it('is told in a file of which the change touches other lines', () => {
    const repository = createAccepted();
    forget(repository, 'b.env');
    repository.write('b.env', `${credentialLine('b')}MORE=1\n`);
    repository.git('add', '-A');
    const { code, said } = commit(repository);
    expect(code).toBe(1);
    expect(said.split(TAKEN)).toHaveLength(2);
  });

  it('is not told where the secret has gone or is accepted in another way', () => {
    const repository = createAccepted();
    forget(repository, 'b.env');
    repository.write('b.env', 'gone\n');
    repository.git('add', '-A');
    expect(commit(repository).code).toBe(0);
    repository.git('rm', '-q', '--cached', BASELINE);
    repository.write('a.env', `# nhi-scan:allow slack-bot-token -- a test\n${credentialLine('a')}`);
    repository.git('add', 'a.env');
    expect(commit(repository).code).toBe(0);
  });
});

describe('the configuration of a commit', () => {
  it('is the staged one, and an edit of it is told', () => {
    const repository = createAccepted();
    repository.commit('configured', { [CONFIG]: 'exclude: [c.env]\n' });
    repository.write('c.env', credentialLine('c'));
    repository.git('add', 'c.env');
    repository.write(CONFIG, 'exclude: []\n');
    expect(commit(repository).code).toBe(0);
    repository.write('d.env', credentialLine('d'));
    repository.git('add', 'd.env');
    repository.write(CONFIG, 'exclude: [d.env]\n');
    expect(commit(repository).code).toBe(1);
    repository.git('add', CONFIG);
    const { code, said } = commit(repository);
    expect(code).toBe(0);
    expect(said).toContain(`the change edits ${CONFIG}`);
  });
});

/** `main` and `topic` differ in `f`; `main` has published a credential. */
function startMerge(): Repository {
  const repository = createRepository();
  repository.commit('first', { f: '1\n' });
  repository.git('branch', 'topic');
  repository.commit('main', {
    f: `${credentialLine('main')}2\n`,
    'published.env': credentialLine('published'),
  });
  repository.git('checkout', '-q', 'topic');
  repository.commit('topic', { f: `${credentialLine('topic')}3\n` });
  run(repository.folder, ['hook', 'install']);
  expect(runGit(repository.folder, ['merge', 'main']).code).toBe(1);
  return repository;
}

describe('a merge with a conflict', () => {
  it('is not asked about what its sides have', () => {
    const repository = startMerge();
    repository.write('f', `${credentialLine('main')}${credentialLine('topic')}4\n`);
    repository.git('add', 'f');
    expect(commit(repository)).toMatchObject({ code: 0 });
  });

  it('is asked about what none of them has', () => {
    const repository = startMerge();
    repository.write('f', `${credentialLine('main')}${credentialLine('new')}4\n`);
    repository.write('more.env', credentialLine('more'));
    repository.git('add', '-A');
    // A tag of that name is no side of the merge.
    repository.git('tag', 'MERGE_HEAD', repository.git('write-tree'));
    const { code, said } = commit(repository);
    expect(code).toBe(1);
    expect(said).toMatch(/2 findings in 2 files/);
  });

  it('is asked about a comment that one of them has', () => {
    const repository = startMerge();
    repository.git('merge', '--abort');
    repository.commit('accepted', {
      f: `# nhi-scan:allow slack-bot-token -- a test\n${credentialLine('topic')}5\n`,
    });
    runGit(repository.folder, ['merge', 'main']);
    repository.write('f', `${credentialLine('topic')}2\n`);
    repository.git('add', 'f');
    expect(commit(repository).said).toContain('the change takes away the comment that accepted it');
  });
});

describe('a link', () => {
  it('is published with where it leads to', () => {
    const repository = createRepository();
    run(repository.folder, ['hook', 'install']);
    symlinkSync(credentialLine('link').trim(), repository.path('link.env'));
    repository.git('add', '-A');
    expect(commit(repository).code).toBe(1);
    rmSync(repository.path('link.env'));
    symlinkSync('elsewhere', repository.path('link.env'));
    repository.git('add', '-A');
    expect(commit(repository).code).toBe(0);
  });
});
