// The baseline on the command line: what is accepted stays quiet, whatever moves; what is new is reported.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPassword } from '../sample-secrets.ts';
import { credentialLine, run, runGit } from './program.ts';
import { createFolder, createRepository } from './repository.ts';

const FILE = '.nhi-scan.baseline';

function createProject(): { folder: string; write: (path: string, text: string) => void } {
  const folder = createFolder();
  const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);
  write('a.env', `${credentialLine('one')}${credentialLine('two')}`);
  return { folder, write };
}

function secretOf(seed: string): string {
  return credentialLine(seed).trim().split('=')[1]!;
}

function read(folder: string): string {
  return readFileSync(join(folder, FILE), 'utf8');
}

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

describe('nhi-scan baseline import', () => {
  it('carries over what another tool has accepted, and says what it could not', () => {
    const { folder, write } = createProject();
    const sha1 = createHash('sha1').update(secretOf('one')).digest('hex');
    const item = {
      type: 'Slack Token',
      filename: 'a.env',
      hashed_secret: sha1,
      line_number: 1,
      is_secret: false,
    };
    const gone = { ...item, hashed_secret: '0'.repeat(40), line_number: 99 };
    write('.secrets.baseline', JSON.stringify({ version: '1.5.0', results: { 'a.env': [item, gone] } }));
    const first = run(folder, ['baseline', 'import', '.secrets.baseline']);
    expect([first.code, first.stdout.includes('1 of 2 entries')]).toEqual([0, true]);
    expect(first.stderr).toContain('a.env:99');
    write(
      '.gitleaksignore',
      `# comment\na.env:slack-bot-token:2\n${'0'.repeat(40)}:a.env:slack-bot-token:1\n`,
    );
    const second = run(folder, ['baseline', 'import', '.gitleaksignore']);
    expect(second.stdout).toContain('1 of 2 entries');
    expect(second.stderr).toContain('--history');
    expect(run(folder, ['scan', '--exclude', '.secrets.baseline']).code).toBe(0);
    expect(
      read(folder)
        .split('\n')
        .filter((line) => line.includes('\t')).length,
    ).toBe(2);
  });

  it('reads a report of gitleaks, with the commits of history', () => {
    const repository = createRepository();
    const commit = repository.commit('one', { 'a.env': credentialLine('one') });
    repository.commit('two', { 'a.env': 'gone\n' });
    const item = {
      RuleID: 'slack-bot-token',
      File: 'a.env',
      StartLine: 1,
      Commit: commit,
      Secret: 'REDACTED',
    };
    repository.write('report.json', JSON.stringify([item]));
    expect(run(repository.folder, ['scan', '--history']).code).toBe(1);
    expect(run(repository.folder, ['baseline', 'import', 'report.json', '--history']).code).toBe(0);
    expect(run(repository.folder, ['scan', '--history']).code).toBe(0);
  });

  it('turns allowlists into entries of the configuration, and leaves out what they do not say alike', () => {
    const { folder, write } = createProject();
    write(
      '.gitleaks.toml',
      `[allowlist]
description = "samples"
paths = ['''^docs/''', '''(.*?)\\.svg$''', "(jpg|gif)$"]
regexes = ['''^xoxb-[0-9]{12}-''', '(?i)example.*']
commits = ["abc"]
[[rules]]
id = "x"
  [[rules.allowlists]]
  paths = ["other"]
`,
    );
    const { code, stdout, stderr } = run(folder, ['baseline', 'import', '.gitleaks.toml']);
    expect(code).toBe(0);
    expect(stdout).toContain("paths: ['/docs/']");
    expect(stdout).toContain("paths: ['*.svg']");
    expect(stdout).toContain('xoxb-[0-9]{12}-');
    for (const left of ['(jpg|gif)$', 'the pattern in line 4', 'commit abc', 'one rule'])
      expect(stderr).toContain(left);
    expect(stderr).not.toContain('example');
    write('.nhi-scan.yaml', stdout);
    expect(run(folder, ['scan', '--config', '.nhi-scan.yaml']).code).toBe(0);
  });

  it.each([
    ['x = [bro', 1],
    ['x = [bro]', 1],
    ['x = bro', 1],
    ['x = "a" "b"', 1],
    ['title = "x"\n\n[allowlist]\nregexes = ["abc\n', 4],
    ['[allowlist]\npaths = [\n  "a",\n  "b"\n', 2],
    ['[allowlist\npaths = ["a"]\n', 1],
    ["[allowlist]\nregexes = ['''abc'']\n", 2],
    ['[allowlist]\n\n]', 3],
    ['just words', 1],
  ])('refuses TOML that is none: %j', (text, line) => {
    const { folder, write } = createProject();
    write('.gitleaks.toml', text);
    const { code, stdout, stderr } = run(folder, ['baseline', 'import', '.gitleaks.toml']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`.gitleaks.toml:${line}: this is no valid TOML`);
    expect(stderr).not.toMatch(/abc|bro/);
  });

  it('reads all of TOML that is not about texts', () => {
    const { folder, write } = createProject();
    write(
      '.gitleaks.toml',
      [
        'title = "a # b" # comment',
        'n = 1_000 # x\r',
        'at = 1979-05-27 07:32:00Z',
        'nested = [[1, 2], ["a", { b = true, "c d".e = [] }],]',
        '[extend] # more',
        'useDefault = true',
        "empty = ''",
        '[[ allowlists ]]',
        'stopwords = [ # first',
        `  "a\\"]b", '''`,
        `c]''', # "`,
        ']',
      ].join('\n'),
    );
    const { code, stdout, stderr } = run(folder, ['baseline', 'import', '.gitleaks.toml']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.match(/pattern: .*/g)).toEqual([`pattern: 'a"\\]b'`, `pattern: 'c\\]'`]);
  });

  it.each(['{"a": 1}', '[1]', 'what is this', '{"results": {"a": [{}]}}', '['])('refuses %j', (text) => {
    const { folder, write } = createProject();
    write('foreign', text);
    expect(run(folder, ['baseline', 'import', 'foreign']).code).toBe(2);
    expect(existsSync(join(folder, FILE))).toBe(false);
  });

  it('shows and writes no secret that the files of other tools hold', () => {
    const { folder, write } = createProject();
    const [token, password] = [secretOf('one'), createPassword('accepted')];
    const item = { RuleID: `rule-${token}`, File: 'a.env', StartLine: 1, Secret: 'REDACTED' };
    write('report.json', JSON.stringify([item, { ...item, File: `gone/${token}.txt` }]));
    write('.gitleaksignore', `gone/${token}.txt:rule:3\nb.env:${token}:4\n`);
    write(
      '.gitleaks.toml',
      `[allowlist]
description = "old: ${token}"
paths = ['keys/${token}.txt', '(a|b)/${token}', 'docs/']
regexes = ['${token}', '^${password}$', 'example']
stopwords = ["${token}"]
commits = ["${token}"]
`,
    );
    const runs = ['report.json', '.gitleaksignore', '.gitleaks.toml'].map((file) =>
      run(folder, ['baseline', 'import', file]),
    );
    const said = [...runs.map(({ stdout, stderr }) => stdout + stderr), read(folder)].join('\n');
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
    for (const secret of [token, password]) expect(said).not.toContain(secret.slice(-12));
    expect(runs[0]!.stdout).toContain('1 of 2 entries');
    expect(runs[2]!.stdout.match(/^ {2}- .*$/gm)).toEqual([
      "  - paths: ['**/docs/']",
      "  - pattern: 'example'",
    ]);
    expect(runs[2]!.stderr).toContain('the pattern in line 4: it holds a secret');
  });
});
