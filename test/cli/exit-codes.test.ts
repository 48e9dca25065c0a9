// Every exit code, and what is said beside it: no failure may read as "clean".
import { spawnSync } from 'node:child_process';
import { existsSync, openSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createToken } from '../sample-secrets.ts';
import { createFolder, digDeep } from '../temporary-folder.ts';
import { ENVIRONMENT, PROGRAM, runProgram, scanToJson } from './run-program.ts';

const TOKEN = createToken('exit-codes');
const clean = createFolder({ 'a.txt': 'nothing here\n' });
const leaky = createFolder({ 'deploy.sh': `export SLACK_BOT_TOKEN=${TOKEN}\n` });

describe('exit code 0', () => {
  it('says that all was scanned and nothing found', () => {
    const { code, stdout, stderr } = runProgram([], { folder: clean });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/1 file/);
  });

  it.each([['--help'], ['--version'], ['scan', '--help'], ['rules', 'list'], ['explain', 'NHI-03']])(
    'for %s %s',
    (...args) => {
      expect(
        runProgram(
          args.filter((arg) => arg !== undefined),
          { folder: clean },
        ).code,
      ).toBe(0);
    },
  );

  it('although there are findings, where the user wants that', () => {
    const { code, stdout } = runProgram(['scan', '--exit-zero'], { folder: leaky });
    expect(code).toBe(0);
    expect(stdout).toMatch(/slack-bot-token/);
  });
});

describe('exit code 1', () => {
  it('says that there are findings', () => {
    const { run, report } = scanToJson([], { folder: leaky });
    expect(run).toMatchObject({ code: 1, stderr: '' });
    expect(report).toMatchObject({
      complete: true,
      findings: [{ ruleId: 'slack-bot-token', path: 'deploy.sh', startLine: 1, startColumn: 24 }],
    });
  });

  it('wins over incompleteness', () => {
    const folder = createFolder({ 'a.txt': TOKEN });
    digDeep(folder);
    expect(scanToJson([], { folder })).toMatchObject({ run: { code: 1 }, report: { complete: false } });
  });
});

describe('exit code 2', () => {
  const ruleFolder = createFolder({
    'own.yaml': 'provider: Own\nrules:\n  - id: own-token\n    name: Own\n    descripton: x\n',
  });
  it.each([
    [['scan', '--no-such-flag'], /unknown option '--no-such-flag'/],
    [['scan', '--formt', 'json'], /Did you mean --format/],
    [['scna', '--', 'x'], /cannot scan 'scna'/],
    [['scan', '--format', 'jsn'], /there is no format 'jsn'\n {2}did you mean 'json'\?/],
    [['scan', '--report', 'sarif'], /no file is named\n {2}write --report sarif=FILE/],
    [['scan', '--report', 'sarf=x'], /there is no format 'sarf'\n {2}did you mean 'sarif'\?/],
    [['scan', '--severity', 'hgih'], /Allowed choices are critical, high/],
    [['scan', '--jobs', 'many'], /--jobs: 'many' is no number/],
    [['scan', '--jobs', '-1'], /--jobs/],
    [['scan', '--max-file-size', '10X'], /'10X' is no size\n {2}write bytes, or 500K/],
    [['scan', '--stdin', '--staged'], /exclude each other/],
    [['scan', '--stdin', 'a.txt'], /--stdin takes no paths/],
    [['scan', '--whole-files'], /--whole-files needs --staged/],
    [['scan', '--stdin-name', 'a.txt'], /--stdin-name needs --stdin/],
    [['scan', '-'], /cannot scan '-'.*\n {2}--stdin scans standard input/],
    [
      ['scan', '--baseline', 'missing'],
      /^nhi-scan: missing: cannot read the baseline: there is no such file/,
    ],
    [['scan', '--baseline', '.'], /cannot read the baseline: it is a folder/],
    [['scan', '--history', 'missing'], /cannot scan the history of 'missing': there is no such folder/],
    [['scan', '--history', 'a.txt/b'], /cannot scan the history of 'a\.txt\/b'/],
    [['scan', '--no-cache'], /--no-cache needs --history/],
    [
      ['scan', '--report', 'json=out/a.json', '--report', 'sarif=./out/../out/a.json'],
      /two reports would be written to \.\/out\/\.\.\/out\/a\.json\n {2}name a file for each/,
    ],
    [['scan', '--output', 'a.txt', '--report', 'json=a.txt'], /two reports would be written to a\.txt/],
    [['scan', 'missing'], /cannot scan 'missing': there is no such file or folder\n {2}name a file/],
    [['scan', '*.nope'], /cannot scan '\*\.nope': no file matches/],
    [
      ['scan', '--config', 'missing.yaml'],
      /^nhi-scan: missing\.yaml: cannot read the configuration: there is no such file or folder\n/,
    ],
    [
      ['scan', '--rules', 'missing.yaml'],
      /^nhi-scan: missing\.yaml: cannot read rules: there is no such file or folder\n/,
    ],
    [
      ['scan', '--rules', join(ruleFolder, 'own.yaml')],
      /own\.yaml:5:5: unknown field 'descripton'\n {2}did you mean 'description'\?/,
    ],
    [['rules', 'check', join(ruleFolder, 'own.yaml')], /own\.yaml:5:5/],
    [['rules', 'show', 'slack-bot-tokn'], /did you mean 'slack-bot-token'\?/],
    [['rules', 'list', '--provider', 'slak'], /did you mean 'Slack'\?/],
    [['explain', 'NHI-033'], /did you mean/],
    [['explain'], /missing required argument 'id'/],
  ] as const)('for %j', (args, message) => {
    const { code, stdout, stderr } = runProgram(args, { folder: clean });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('escapes what it quotes', () => {
    const { code, stderr } = runProgram(['scan', '\u001B[31mred\r\n::error::x'], { folder: clean });
    expect(code).toBe(2);
    expect(stderr).not.toContain('\u001B');
    expect(stderr).not.toMatch(/^::/m);
  });
});

describe('exit code 3', () => {
  it('says that there was nothing to scan', () => {
    const folder = createFolder();
    const { code, stderr } = runProgram([], { folder });
    expect(code).toBe(3);
    expect(stderr).toMatch(/nothing was scanned\n {2}--allow-empty/);
    expect(runProgram(['scan', '--allow-empty'], { folder }).code).toBe(0);
  });

  it('says that what there was could not be scanned, and names it', () => {
    const folder = createFolder({ 'a.txt': 'nothing\n' });
    digDeep(folder);
    const { run, report } = scanToJson([], { folder });
    expect(run.code).toBe(3);
    expect(report).toMatchObject({ complete: false, coverage: { files: { scanned: 1 } } });
    expect(report.diagnostics).toHaveLength(1);
    expect(report.diagnostics[0]).toMatchObject({
      level: 'error',
      message: 'cannot be read: its path is too long',
    });
    expect(runProgram(['scan', '--exit-zero', '--allow-empty'], { folder }).code).toBe(3);
  });

  it('says that git could not answer', () => {
    const folder = createFolder();
    expect(scanToJson(['--staged'], { folder }).run.code).toBe(3);
    const without = scanToJson(['--staged'], { folder, environment: { PATH: '/nonexistent' } });
    expect(without.run.code).toBe(3);
    expect(without.report.diagnostics[0]!.message).toMatch(/git is not on PATH/);
  });

  it('says that only links and pipes were there', () => {
    const folder = createFolder();
    symlinkSync('/dev/zero', join(folder, 'zero'));
    spawnSync('mkfifo', [join(folder, 'pipe')]);
    const { run, report } = scanToJson(['.', 'pipe'], { folder });
    expect(run.code).toBe(3);
    expect(report.coverage.files).toMatchObject({ scanned: 0, skipped: { symlink: 1, 'not-a-file': 1 } });
  });
});

function runOnFullDisk(args: readonly string[], stderr: 'pipe' | number): ReturnType<typeof spawnSync> {
  return spawnSync(process.execPath, [PROGRAM, ...args], {
    cwd: leaky,
    env: ENVIRONMENT,
    stdio: ['ignore', openSync('/dev/full', 'w'), stderr],
  });
}

describe.runIf(existsSync('/dev/full'))('exit code 4', () => {
  it.each([['scan'], ['scan --format sarif'], ['--help'], ['rules list'], ['explain NHI-03']])(
    'says that standard output could not be written: %s',
    (command) => {
      const { status, stderr } = runOnFullDisk(command.split(' '), 'pipe');
      expect(stderr.toString()).toBe('nhi-scan: cannot write standard output: ENOSPC\n');
      expect(status).toBe(4);
    },
  );

  it('needs nobody who reads why', () => {
    expect(runOnFullDisk(['scan'], openSync('/dev/full', 'w')).status).toBe(4);
    expect(runOnFullDisk(['scan', 'missing'], openSync('/dev/full', 'w')).status).toBe(2);
  });
});
