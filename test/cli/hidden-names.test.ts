// A name that holds a secret of another file, or one by itself, is shown nowhere as it is.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/reports/registry.ts';
import { createPassword, createToken } from '../sample-secrets.ts';
import { createFolder } from '../temporary-folder.ts';
import { runProgram, scanToJson } from './run-program.ts';

const PASSWORD = createPassword('hidden names');
const TOKEN = createToken('in a name only');
const OTHER = createToken('another');

function createTree(): string {
  return createFolder({
    'a.py': `password = "${PASSWORD}"\n`,
    [`dir-${PASSWORD}/x.py`]: `tok = "${OTHER}" # goes with ${PASSWORD} there\n`,
    [`${TOKEN}/y.py`]: `tok = "${createToken('third')}"\n`,
    [`cut-${PASSWORD}-${TOKEN}.gz`]: gzipSync('x'.repeat(4096)).subarray(0, 20),
  });
}

describe('a name that holds a secret', () => {
  const folder = createTree();

  it.each(Object.keys(FORMATS))('is redacted as %s', (format) => {
    const { stdout, stderr } = runProgram(['scan', '--format', format, '--verbose'], { folder });
    expect(stdout).toContain('y.py');
    for (const secret of [PASSWORD, TOKEN, OTHER]) expect(stdout + stderr).not.toContain(secret);
  });

  it('is redacted in findings, diagnostics and the text around a finding', () => {
    const { report, run } = scanToJson(['--verbose'], { folder });
    expect(report.findings.map(({ path }) => path)).toEqual([
      'a.py',
      'dir-********/x.py',
      'xoxb-********/y.py',
    ]);
    expect(report.diagnostics.map(({ subject }) => subject)).toEqual([
      'cut-********-xoxb-********.gz!cut-********-xoxb-********',
    ]);
    expect(run.stdout).not.toContain(PASSWORD);
    const text = runProgram(['scan'], { folder }).stdout;
    expect(text).toContain('goes with ******** there');
  });

  it('is shown to who asks for secrets', () => {
    const { report } = scanToJson(['--show-secrets'], { folder });
    expect(report.findings.map(({ path }) => path)).toContain(`dir-${PASSWORD}/x.py`);
  });

  it('is redacted in a baseline, which accepts it all the same', () => {
    const tree = createFolder({
      'a.py': `password = "${PASSWORD}"\n`,
      [`dir-${PASSWORD}/x.py`]: `tok = "${OTHER}"\n`,
      '.gitleaksignore': `dir-${PASSWORD}/x.py:slack-bot-token:1\n`,
    });
    const file = join(tree, '.nhi-scan.baseline');
    expect(runProgram(['baseline', 'import', '.gitleaksignore'], { folder: tree }).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('dir-********/x.py');
    expect(readFileSync(file, 'utf8')).not.toContain(PASSWORD);
    expect(scanToJson([], { folder: tree }).report.findings.map(({ path }) => path)).toEqual(['a.py']);
    expect(runProgram(['baseline', 'update'], { folder: tree }).code).toBe(0);
    expect(readFileSync(file, 'utf8')).not.toContain(PASSWORD);
    expect(scanToJson([], { folder: tree }).run.code).toBe(0);
  });

  it('is shown as it is where only a word in it is somebody’s password', () => {
    const tree = createFolder({
      'a.py': 'password = "backend"\ndb_password = "production"\n',
      'backend/production/x.py': `tok = "${OTHER}"\n`,
    });
    expect(scanToJson([], { folder: tree }).report.findings.at(-1)?.path).toBe('backend/production/x.py');
  });
});
