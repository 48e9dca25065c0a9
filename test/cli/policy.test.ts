// What the user accepts, and what never shows: inline comments, allowlists, thresholds, redaction, in the whole program.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONFIG_FILE } from '../../src/config/load-config.ts';
import { FORMATS } from '../../src/reports/registry.ts';
import { createPassword, createToken } from '../sample-secrets.ts';
import { createFolder, writeFiles } from '../temporary-folder.ts';
import { runProgram, scanToJson } from './run-program.ts';

describe('comments that accept a secret', () => {
  const same = [
    'nhi-scan:allow',
    'nhi-scan:allow slack-bot-token -- sample',
    'nhi-scan:allow * -- sample',
    'gitleaks:allow',
    'pragma: allowlist secret',
    'trufflehog:ignore',
    'secretlint-disable-line',
  ];
  const previous = [
    'nhi-scan:allow slack-bot-token',
    'pragma: allowlist nextline secret',
    'secretlint-disable-next-line',
  ];
  const vain = ['nhi-scan:allow aws-access-key', 'nhi-scan: allow', 'allow'];
  const lines = [
    ...same.map((marker, index) => `a${index} = "${createToken(marker)}" # ${marker}`),
    ...previous.flatMap((marker, index) => [
      '',
      `# ${marker}`,
      `b${index} = "${createToken(`next ${marker}`)}"`,
    ]),
    ...vain.flatMap((marker, index) => ['', `c${index} = "${createToken(marker)}" # ${marker}`]),
  ];
  const folder = createFolder({ 'app.py': `${lines.join('\n')}\n` });

  it('are honoured in every dialect, and counted', () => {
    const { run, report } = scanToJson([], { folder });
    expect(run.code).toBe(1);
    expect(report.findings).toHaveLength(vain.length);
    expect(report.suppressed.by).toMatchObject({ 'inline-comment': same.length + previous.length });
  });

  it('have no say where the user does not trust them', () => {
    const { report } = scanToJson(['--no-inline-ignore'], { folder });
    expect(report.findings).toHaveLength(same.length + previous.length + vain.length);
  });
});

describe('the configuration file', () => {
  const folder = createFolder({
    'a/x.py': `s = "${createToken('config a')}"\n`,
    'b/y.py': `s = "${createToken('config b')}"\n`,
  });
  const scanWith = (config: string): ReturnType<typeof scanToJson>['report'] => {
    writeFiles(folder, { [CONFIG_FILE]: config });
    return scanToJson(['--allow-empty'], { folder }).report;
  };

  const paths = (config: string): string[] => scanWith(config).findings.map(({ path }) => path);

  it('accepts findings by path, rule and pattern until a date', () => {
    expect(paths('allow:\n  - paths: [a/]\n    reason: sample\n')).toEqual(['b/y.py']);
    expect(paths('allow:\n  - paths: [a/]\n    reason: sample\n    expires: 2999-12-31\n')).toEqual([
      'b/y.py',
    ]);
    expect(paths('allow:\n  - paths: [a/]\n    reason: sample\n    expires: 2001-01-01\n')).toEqual([
      'a/x.py',
      'b/y.py',
    ]);
    expect(paths('allow:\n  - rules: [slack-bot-token]\n    reason: sample\n')).toEqual([]);
    expect(paths("allow:\n  - pattern: '^xoxb-'\n    paths: [b/]\n    reason: sample\n")).toEqual(['a/x.py']);
    expect(paths('exclude: [b/]\n')).toEqual(['a/x.py']);
    expect(paths('disable: [slack-bot-token]\n')).toEqual([]);
  });

  it.each([
    ['severty: low\n', /\.nhi-scan\.yaml:1:1: unknown field 'severty'\n {2}did you mean 'severity'\?/],
    ['severity: lo\n', /\.nhi-scan\.yaml:1:11: 'severity' must be one of[^\n]+\n {2}did you mean 'low'\?/],
    ['allow:\n  - paths: [a/]\n', /\.nhi-scan\.yaml:2:5: missing field 'reason'/],
    ['allow:\n  - reason: all\n', /:2:5: an entry of `allow` without a condition/],
    ["allow:\n  - pattern: '(a+)+$'\n    reason: x\n", /:2:14: the pattern is refused: the quantifier/],
    [
      'allow:\n  - rules: [slack-bot-tokn]\n    reason: x\n',
      /:2:13: there is no rule 'slack-bot-tokn'\n {2}did you mean/,
    ],
    ['allow:\n  - paths: [a]\n    reason: x\n    expires: soon\n', /:4:14: 'expires' must be a date/],
    ['a: [\n', /not valid YAML/],
    ['- a\n', /expected a mapping/],
    ['__proto__: {x: 1}\n', /unknown field '__proto__'/],
    ['max_file_size: big\n', /:1:16: 'max_file_size' must be a size/],
  ])('that is wrong fails the run with the place and a hint: %j', (config, message) => {
    writeFiles(folder, { [CONFIG_FILE]: config });
    const { code, stderr, stdout } = runProgram([], { folder });
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('is written by `init`, once, and then read', () => {
    const empty = createFolder({ 'a.txt': 'x\n' });
    expect(runProgram(['init'], { folder: empty })).toMatchObject({
      code: 0,
      stdout: `wrote ${CONFIG_FILE}\n`,
    });
    expect(runProgram([], { folder: empty })).toMatchObject({ code: 0, stderr: '' });
    const text = readFileSync(join(empty, CONFIG_FILE), 'utf8');
    const again = runProgram(['init'], { folder: empty });
    expect(again).toMatchObject({ code: 2, stdout: '' });
    expect(readFileSync(join(empty, CONFIG_FILE), 'utf8')).toBe(text);
  });
});

describe('a planted secret', () => {
  const secrets = ['one', 'two', 'three'].map((name) => createToken(`canary ${name}`));
  const password = createPassword('canary');
  const [first, second, third] = secrets as [string, string, string];
  const folder = createFolder({
    'a.py': `x = ["${first}", "${second}"]; y = "${first}"\npassword = "${password}" # nhi-scan:allow -- known\n`,
    'deep/b.env': `SLACK=${third}\nSLACK_OLD='${third}'`,
    'encoded.yaml': `token: ${Buffer.from(`slack ${first}`).toString('base64')}\n`,
  });
  const planted = [...secrets, password];

  /** Any eight characters in a row that are the secret's own. */
  function findLeak(text: string): string | undefined {
    return planted.find((secret) => {
      // Before that a token names its workspace, which reports show as the identity.
      const own = secret.slice(-20);
      for (let at = 0; at + 8 <= own.length; at++) if (text.includes(own.slice(at, at + 8))) return true;
      return false;
    });
  }

  const NAMES = Object.keys(FORMATS);

  it.each([[[]], [['--verbose']], [['--quiet']]])('shows in no format: %j', (flags: readonly string[]) => {
    const target = createFolder();
    const reports = NAMES.flatMap((name) => ['--report', `${name}=${join(target, name)}`]);
    const { code, stdout, stderr } = runProgram(['scan', ...flags, ...reports], { folder });
    expect(code).toBe(1);
    const leaks = NAMES.filter((name) => findLeak(readFileSync(join(target, name), 'utf8')) !== undefined);
    expect({ leaks, output: findLeak(stdout + stderr) }).toEqual({ leaks: [], output: undefined });
  });

  it('shows where the user asks for it on this run', () => {
    const { run } = scanToJson(['--show-secrets'], { folder });
    expect(secrets.filter((secret) => !run.stdout.includes(secret))).toEqual([]);
  });

  it('shows in no error', () => {
    const errors = [
      runProgram(['scan', '--format', 'json', '--output', '/dev/null/x', '.'], {
        folder: createFolder({ 'a.py': first }),
      }),
      runProgram(['scan', '--rules', 'a.py'], { folder }),
      runProgram(['scan', '--config', 'deep/b.env'], { folder }),
    ].map(({ stdout, stderr }) => stdout + stderr);
    expect(errors.map(findLeak)).toEqual([undefined, undefined, undefined]);
  });
});

describe('standard input', () => {
  it('is scanned under the name that the user gives, and under rules for that name', () => {
    const input = `TOKEN=${createToken('stdin')}\n`;
    const { run, report } = scanToJson(['--stdin', '--stdin-name', 'deploy/.env'], {
      folder: createFolder(),
      input,
    });
    expect(run.code).toBe(1);
    expect(report.findings).toMatchObject([{ path: 'deploy/.env', startLine: 1 }]);
    expect(scanToJson(['--stdin'], { folder: createFolder(), input }).report.findings).toMatchObject([
      { path: 'stdin' },
    ]);
  });
});

describe('a credential file that git ignores', () => {
  it('is reported with a lower severity, and said not to be tracked', () => {
    const text = `SLACK_TOKEN=${createToken('untracked')}\n`;
    const folder = createFolder({
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.gitignore': '.env\n',
      '.env': text,
      'tracked.env': text,
    });
    const { report, run } = scanToJson([], { folder });
    const [ignored, tracked] = report.findings;
    expect(report.findings.map(({ path }) => path)).toEqual(['.env', 'tracked.env']);
    const order = ['info', 'low', 'medium', 'high', 'critical'];
    expect(order.indexOf(ignored!.severity)).toBeLessThan(order.indexOf(tracked!.severity));
    expect(run.stdout).toMatch(/track/);
  });
});

describe('a scan that reports nothing', () => {
  const folder = createFolder({ 'a.py': `password = "${createPassword('unreported')}"\n` });
  const NONE = /No hard-coded credential/;

  it.each([
    [['--severity', 'critical'], /1 finding is below the thresholds/],
    [['--only', 'posture'], /only the posture was looked at/],
  ])('does not say that nothing is there: %j', (args, reason) => {
    for (const format of ['text', 'markdown', 'html', 'github']) {
      const { code, stdout } = runProgram(['scan', '--format', format, ...args], { folder });
      expect(code).toBe(0);
      expect(stdout).toMatch(reason);
      expect(stdout).not.toMatch(NONE);
    }
  });

  it('says what was accepted', () => {
    const accepted = createFolder({ 'a.py': readFileSync(join(folder, 'a.py')) });
    runProgram(['baseline', 'create'], { folder: accepted });
    expect(runProgram(['scan'], { folder: accepted }).stdout).toMatch(
      /^Nothing to report: 1 finding is in the baseline\.\n/,
    );
  });

  it('says plainly that nothing is there', () => {
    expect(runProgram(['scan'], { folder: createFolder({ 'a.txt': 'hello\n' }) }).stdout).toMatch(NONE);
  });
});
