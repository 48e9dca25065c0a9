// Reports on their way out: whole through slow pipes, quiet when the reader leaves, all or nothing into files.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { createPassword, createToken } from '../sample-secrets.ts';
import { createFolder } from '../temporary-folder.ts';
import { ENVIRONMENT, PROGRAM, runProgram, scanToJson } from './run-program.ts';

const leaky = createFolder({
  'deploy.sh': `export SLACK_BOT_TOKEN=${createToken('reports')}\n`,
  'config/settings.py': `password = "${createPassword('reports')}"\n`,
  '.github/workflows/ci.yml': 'jobs:\n  a:\n    env:\n      TOKEN: ${{ secrets.TOKEN }}\n',
});

/** A folder whose report is some 1.3 KB a finding long. */
function createManyFindings(count: number): string {
  return createFolder({
    'many.py': Array.from(
      { length: count },
      (_, index) => `slack_${index} = "${createToken(`many ${index}`)}"\n`,
    ).join(''),
  });
}

const many = createManyFindings(8000);
const several = createManyFindings(400);

function shell(command: string, folder: string): ReturnType<typeof spawnSync> {
  const environment = { ...ENVIRONMENT, NODE: process.execPath, PROGRAM };
  return spawnSync('bash', ['-c', `set -o pipefail; ${command}`], {
    cwd: folder,
    env: environment,
    maxBuffer: 2 ** 28,
  });
}

function withoutTime(text: string): string {
  return text.replace(/"durationMs": \d+/, '');
}

function countHashes(sarif: string): number {
  return sarif.match(/"primaryLocationLineHash"/g)?.length ?? 0;
}

describe('hashes of lines', () => {
  it.each([
    ['on standard output', ['--format', 'sarif'], undefined],
    ['in the file of the format', ['--format', 'sarif', '--output', 'out.sarif'], 'out.sarif'],
    ['in a further report', ['--format', 'json', '--report', 'sarif=further.sarif'], 'further.sarif'],
  ])('are in SARIF %s', (_, options, file) => {
    const run = runProgram(['scan', ...options, '.'], { folder: leaky });
    expect(countHashes(file === undefined ? run.stdout : readFileSync(join(leaky, file), 'utf8'))).toBe(2);
  });
});

describe('standard output', () => {
  it('gets the whole of a large report, however slowly it is read', async () => {
    runProgram(['scan', '--format', 'json', '--output', 'report.json', 'many.py'], { folder: many });
    const expected = readFileSync(join(many, 'report.json'), 'utf8');
    expect(expected.length).toBeGreaterThan(10_000_000);
    const child = spawn(process.execPath, [PROGRAM, 'scan', '--format', 'json', 'many.py'], {
      cwd: many,
      env: ENVIRONMENT,
    });
    const chunks: Buffer[] = [];
    // A pipe takes 64 KiB: nothing is read until the program must be waiting.
    child.stdout.pause();
    await once(child.stdout, 'readable');
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      child.stdout.pause();
      setImmediate(() => child.stdout.resume());
    });
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(1);
    expect(withoutTime(Buffer.concat(chunks).toString('utf8')) === withoutTime(expected)).toBe(true);
  });

  it.each(['text', 'json', 'jsonl', 'sarif', 'csv', 'html'])('may be closed early: %s', (format) => {
    const { stderr } = shell(
      `"$NODE" "$PROGRAM" scan --format ${format} many.py | head -1 >/dev/null; echo "\${PIPESTATUS[0]}" >&2`,
      several,
    );
    expect(stderr.toString()).toBe('1\n');
  });
});

describe('reports in files', () => {
  it('are written several at a time, beside the one on standard output', () => {
    const folder = createFolder();
    const names = ['json', 'sarif', 'junit', 'csv'];
    const reports = names.flatMap((name) => ['--report', `${name}=${join(folder, 'new', `${name}.out`)}`]);
    const { code, stdout } = runProgram(['scan', ...reports], { folder: leaky });
    expect(code).toBe(1);
    expect(stdout).toMatch(/slack-bot-token/);
    expect(readdirSync(join(folder, 'new')).sort()).toEqual(names.map((name) => `${name}.out`).sort());
    expect(JSON.parse(readFileSync(join(folder, 'new/sarif.out'), 'utf8'))).toMatchObject({
      version: '2.1.0',
    });
    expect(lstatSync(join(folder, 'new/json.out')).mode & 0o077).toBe(0);
  });

  it.each([
    ['where the folder is a file', 'old.json/report.json', ''],
    ['where a folder has its name', 'folder', ''],
    ['where the disk is full', 'old.json', 'ulimit -f 0; trap "" XFSZ; '],
  ])('leave the old one as it was, and nothing else, %s', (_, file, before) => {
    const folder = createFolder({ 'old.json': 'old', 'a.txt': createToken('unwritten') });
    mkdirSync(join(folder, 'folder'));
    const { status, stderr } = shell(
      `${before}"$NODE" "$PROGRAM" scan --format json --output ${file} a.txt`,
      folder,
    );
    expect(stderr.toString()).toMatch(/cannot write [^\n]+: E[A-Z]+\n$/);
    expect(status).toBe(4);
    expect(readFileSync(join(folder, 'old.json'), 'utf8')).toBe('old');
    expect(readdirSync(folder).sort()).toEqual(['a.txt', 'folder', 'old.json']);
  });

  it('replace a link, and never what it points to', () => {
    const folder = createFolder({ 'target.txt': 'precious' });
    shell(
      'ln -s target.txt link.json; "$NODE" "$PROGRAM" scan --format json --output link.json target.txt',
      folder,
    );
    expect(readFileSync(join(folder, 'target.txt'), 'utf8')).toBe('precious');
    expect(lstatSync(join(folder, 'link.json')).isFile()).toBe(true);
  });

  it('go into a pipe as it is: no file takes its place', () => {
    const folder = createFolder({ 'a.txt': createToken('pipe') });
    const run = shell(
      'mkfifo pipe; cat pipe & "$NODE" "$PROGRAM" scan --format json --output pipe a.txt; wait',
      folder,
    );
    expect(JSON.parse(run.stdout.toString())).toMatchObject({ findings: [{ ruleId: 'slack-bot-token' }] });
    expect(lstatSync(join(folder, 'pipe')).isFIFO()).toBe(true);
    const substitution = shell(
      '"$NODE" "$PROGRAM" scan --quiet --report json=>(cat) a.txt >/dev/null; wait',
      folder,
    );
    expect(substitution.stdout.toString()).toMatch(/"slack-bot-token"/);
    expect(existsSync(join(folder, 'pipe'))).toBe(true);
  });
});

describe('the JSON report', () => {
  const schema = JSON.parse(readFileSync(resolve('docs/report.schema.json'), 'utf8')) as object;
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);

  it.each([
    [[]],
    [['--show-secrets', '--verbose']],
    [['--severity', 'critical']],
    [['--jobs', '2', '--no-gitignore']],
  ])('of a real run is valid: %j', (args: readonly string[]) => {
    const { report } = scanToJson(args, { folder: leaky });
    validate(report);
    expect(validate.errors).toBeNull();
  });

  it('of an incomplete run is valid', () => {
    const { report } = scanToJson(['--staged'], { folder: createFolder() });
    validate(report);
    expect(validate.errors).toBeNull();
    expect(report.complete).toBe(false);
  });
});
