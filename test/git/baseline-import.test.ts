// What other tools have accepted, carried over to a baseline: nothing is lost in silence, and no secret shown.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPassword } from '../sample-secrets.ts';
import { createProject, FILE, read, secretOf } from './baseline-project.ts';
import { credentialLine, run } from './program.ts';
import { createRepository } from './repository.ts';

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
