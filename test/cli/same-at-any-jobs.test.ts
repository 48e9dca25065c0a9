// The report is the same, byte for byte, however many workers share the work.
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { expandTemplate } from '../../src/rules/template.ts';
import { buildTar, buildZip } from '../sources/archives/build-archive.ts';
import { createPassword, createToken } from '../sample-secrets.ts';
import type { FileContents } from '../temporary-folder.ts';
import { createFolder, digDeep, writeFiles } from '../temporary-folder.ts';
import type { JsonReport } from './run-program.ts';
import { runProgram } from './run-program.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
const JOBS = ['0', '1', '2', '8'];
const FILES = 3000;
/** Every so many files hold a secret; few secrets, so that some stand in several files. */
const SECRET_EVERY = 50;
const SECRETS = 20;

function describeFile(index: number): [path: string, content: string] {
  const path = `part-${index % 37}/module-${index}.${['ts', 'yaml', 'env', 'md'][index % 4]!}`;
  const lines = Array.from({ length: 1 + (index % 23) }, (_, line) => `value_${line} = ${index * line}`);
  if (index % SECRET_EVERY === 7) {
    const name = `jobs-${index % SECRETS}`;
    lines.push(`slack_token: "${createToken(name)}"`, `db_password: "${createPassword(name)}"`);
  }
  return [path, lines.join('\n')];
}

/** The fixtures are templates. */
function expandFixtures(): FileContents {
  const paths = readdirSync(FIXTURES, { recursive: true, withFileTypes: true });
  const files = paths.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files.map((file) => [
      join('fixtures', relative(FIXTURES, file).replace(/\.tpl$/, '')),
      expandTemplate(readFileSync(file, 'utf8'), { seed: file.slice(FIXTURES.length) }),
    ]),
  );
}

function createTree(): string {
  const folder = createFolder(
    Object.fromEntries(Array.from({ length: FILES }, (_, index) => describeFile(index))),
  );
  const member = { path: 'inner/settings.txt', content: Buffer.from(`token = ${createToken('inside')}\n`) };
  const zip = buildZip([member, { path: 'empty.txt', content: Buffer.alloc(0) }]);
  writeFiles(folder, expandFixtures());
  writeFiles(folder, {
    'archives/one.jar': zip,
    'archives/two.tgz': gzipSync(buildTar([member])),
    // Its directory is whole, its content is not.
    'archives/broken.zip': Buffer.concat([zip.subarray(0, 30), Buffer.alloc(60, 0xff), zip.subarray(90)]),
    'closed.txt': `token = ${createToken('closed')}\n`,
    'large.log': `${'a line like any other\n'.repeat(200_000)}token = ${createToken('large')}\n`,
  });
  chmodSync(join(folder, 'closed.txt'), 0);
  // What not even the superuser can open.
  digDeep(folder);
  return folder;
}

describe('the report', () => {
  let reports: string[] = [];

  beforeAll(() => {
    const folder = createTree();
    reports = JOBS.map((jobs) => {
      const { stdout } = runProgram(['scan', '--format', 'json', '--jobs', jobs, '.'], { folder });
      return stdout.replace(/"durationMs": ?[\d.]+/, '"durationMs":0');
    });
  }, 240_000);

  it('is about everything that is in the tree', () => {
    const report = JSON.parse(reports[0]!) as JsonReport;
    const paths = report.findings.map(({ path }) => path);
    expect(paths.filter((path) => path.startsWith('part-')).length).toBeGreaterThanOrEqual(
      (2 * FILES) / SECRET_EVERY,
    );
    expect(paths.filter((path) => path.startsWith('fixtures/')).length).toBeGreaterThan(10);
    expect(paths.filter((path) => path.startsWith('archives/'))).toHaveLength(2);
    expect(paths).toContain('large.log');
    expect(report.complete).toBe(false);
    expect(report.diagnostics.map(({ subject }) => subject).join('\n')).toMatch(/broken\.zip/);
    expect(report.diagnostics.length).toBeGreaterThanOrEqual(2);
  });

  it.each(JOBS.map((jobs, index) => [jobs, index] as const).slice(1))(
    'is the same at --jobs %s',
    (_, index) => {
      expect(reports[index]).toBe(reports[0]);
    },
  );
});
