// The baseline on the command line: what is accepted stays quiet, whatever moves; what is new is reported.
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProject, FILE, read, secretOf } from './baseline-project.ts';
import { credentialLine, run, runGit } from './program.ts';
import { createRepository } from './repository.ts';

describe('nhi-scan baseline', () => {
  it('accepts what is there, and only that', () => {
    const { folder, write } = createProject();
    expect(run(folder, ['scan']).code).toBe(1);
    expect(run(folder, ['baseline', 'create', '--by', 'ann', '--reason', 'sample']).code).toBe(0);
    expect(run(folder, ['scan']).code).toBe(0);
    expect(run(folder, ['scan', '--no-baseline']).code).toBe(1);
    expect(read(folder)).not.toContain(secretOf('one'));
    // Shifted, indented, with other line ends, under another name.
    write(
      'a.env',
      `\n\n  ${credentialLine('one')}# more\n\t${credentialLine('two')}`.replaceAll('\n', '\r\n'),
    );
    renameSync(join(folder, 'a.env'), join(folder, 'b.env'));
    expect(run(folder, ['scan']).code).toBe(0);
    // Another secret on an accepted line.
    write('b.env', `${credentialLine('one')}${credentialLine('three')}`);
    const { code, stdout } = run(folder, ['scan', '--format', 'json', '--show-secrets']);
    expect(code).toBe(1);
    const secrets = (JSON.parse(stdout).findings as { secret: string }[]).map(({ secret }) => secret);
    expect(secrets).toEqual([secretOf('three')]);
  });

  it('takes no reason that holds a secret', () => {
    const { folder } = createProject();
    const { code, stdout, stderr } = run(folder, [
      'baseline',
      'create',
      '--reason',
      `of ${secretOf('one')}, so`,
    ]);
    expect([code, stdout, existsSync(join(folder, FILE))]).toEqual([2, '', false]);
    expect(stderr).toMatch(/--reason holds what looks like a secret \(slack-bot-token\)/);
    expect(stderr).not.toContain(secretOf('one'));
    const plain = "Ann's password for the tests, see https://example.com/a?b=c (ticket ABC-1234)";
    expect(run(folder, ['baseline', 'create', '--reason', plain]).code).toBe(0);
    expect(read(folder)).toContain('ticket ABC-1234');
  });

  it('is the same for the same tree, and has nothing in it that changes', () => {
    const { folder } = createProject();
    run(folder, ['baseline', 'create']);
    const text = read(folder);
    expect(run(folder, ['baseline', 'create']).code).toBe(2);
    expect(run(folder, ['baseline', 'update']).code).toBe(0);
    expect(run(folder, ['baseline', 'prune']).code).toBe(0);
    expect(read(folder)).toBe(text);
  });

  it('grows, shrinks, and says what is out of use', () => {
    const { folder, write } = createProject();
    run(folder, ['baseline', 'create']);
    write('a.env', `${credentialLine('one')}${credentialLine('three')}`);
    expect(run(folder, ['scan']).stdout).toContain('accepts nothing any more');
    expect(run(folder, ['baseline', 'update', '--expires', '2020-01-01']).stdout).toContain('1 entry more');
    const late = run(folder, ['scan']);
    expect([late.code, late.stdout.includes('has expired on 2020-01-01')]).toEqual([1, true]);
    expect(run(folder, ['baseline', 'prune']).stdout).toContain('2 entries are removed');
    expect(run(folder, ['scan']).stdout).not.toContain('accepts nothing');
  });

  it('is judged in the terminal or by flags', () => {
    const { folder } = createProject();
    run(folder, ['baseline', 'create']);
    const audit = run(folder, ['baseline', 'audit', '--by', 'ben'], { input: 'x\nt\nr\n' });
    expect(audit.stdout).toContain('2 entries are judged');
    expect(audit.stdout).not.toContain(secretOf('one'));
    const list = run(folder, ['baseline', 'audit', '--list']).stdout;
    expect([list.includes(' test '), list.includes(' real ')]).toEqual([true, true]);
    expect(run(folder, ['scan']).code).toBe(1);
    const [fingerprint] = list
      .split('\n')
      .find((line) => line.includes(' real '))!
      .split(' ');
    expect(run(folder, ['baseline', 'audit', '--set', `${fingerprint!.slice(0, 10)}=revoked`]).code).toBe(0);
    expect(run(folder, ['scan']).code).toBe(0);
    expect(run(folder, ['baseline', 'audit', '--set', `${fingerprint}=maybe`]).code).toBe(2);
    const short = run(folder, ['baseline', 'audit', '--set', `${fingerprint!.slice(0, 5)}=test`]);
    expect([short.code, short.stderr]).toEqual([2, expect.stringMatching(/too short[^]*first 6 characters/)]);
    const other = run(folder, ['baseline', 'audit', '--set', 'zzzzzz=test']);
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('begins no fingerprint')]);
  });

  it.each([
    ['v', 'revoked'],
    ['revoked', 'revoked'],
    ['Real', 'real'],
    ['leak', 'leak'],
    ['test', 'test'],
    ['false', 'false'],
    ['really?\nrevok\ntrue\nlatest\nv', 'revoked'],
  ])('takes the answer %j for %s', (input, verdict) => {
    const { folder, write } = createProject();
    write('a.env', credentialLine('one'));
    run(folder, ['baseline', 'create']);
    expect(run(folder, ['baseline', 'audit'], { input: `${input}\n` }).stdout).toMatch(/1 entry is judged/);
    expect(run(folder, ['baseline', 'audit', '--list']).stdout).toContain(`  ${verdict} `);
  });

  it('that is missing, cut off or foreign is an error', () => {
    const { folder, write } = createProject();
    expect(run(folder, ['scan', '--baseline', 'nowhere']).code).toBe(2);
    expect(run(folder, ['baseline', 'update']).code).toBe(2);
    run(folder, ['baseline', 'create']);
    const text = read(folder);
    for (const damaged of [text.slice(0, -40), '', '{}', text.replace('baseline 1', 'baseline 9')]) {
      write(FILE, damaged);
      expect(run(folder, ['scan']).code).toBe(2);
    }
  });

  it('merges without a conflict', () => {
    const repository = createRepository();
    repository.write('a.env', credentialLine('one'));
    run(repository.folder, ['baseline', 'create', '.']);
    repository.commit('base');
    for (const side of ['left', 'right']) {
      repository.git('checkout', '-q', '-b', side, 'main');
      repository.write(`${side}.env`, credentialLine(side));
      run(repository.folder, ['baseline', 'update', '.']);
      repository.commit(side);
    }
    expect(runGit(repository.folder, ['merge', '-q', '-m', 'x', 'left']).code).toBe(0);
    expect(run(repository.folder, ['scan']).code).toBe(0);
  });

  it('holds for what is staged, and for history', () => {
    const repository = createRepository();
    repository.commit('old name', { 'old.env': credentialLine('one') });
    repository.git('mv', 'old.env', 'new.env');
    repository.commit('new name');
    run(repository.folder, ['baseline', 'create']);
    expect(run(repository.folder, ['scan', '--history']).code).toBe(0);
    repository.write('more.env', credentialLine('two'));
    repository.git('add', '-A');
    expect(run(repository.folder, ['scan', '--staged']).code).toBe(1);
    run(repository.folder, ['baseline', 'update']);
    repository.git('add', '-A');
    expect(run(repository.folder, ['scan', '--staged']).code).toBe(0);
  });
});
