// Which entries are stale, and where the baseline lies.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { credentialLine, run } from './program.ts';
import { createFolder, createRepository } from './repository.ts';

const FILE = '.nhi-scan.baseline';

describe('nhi-scan baseline', () => {
  it('clears the entry of a copy that has gone, so that it accepts no new one', () => {
    const folder = createFolder();
    const write = (path: string): void => writeFileSync(join(folder, path), credentialLine('one'));
    ['a.env', 'b.env'].forEach(write);
    run(folder, ['baseline', 'create']);
    writeFileSync(join(folder, 'a.env'), 'gone\n');
    expect(run(folder, ['scan']).stdout).toContain('accepts nothing');
    expect(run(folder, ['baseline', 'prune']).stdout).toContain('1 entry is removed');
    expect(run(folder, ['scan']).stdout).not.toContain('accepts nothing');
    write('c.env');
    expect(run(folder, ['scan']).code).toBe(1);
  });

  it('renews an entry whose time is over', () => {
    const folder = createFolder();
    writeFileSync(join(folder, 'a.env'), credentialLine('one'));
    run(folder, ['baseline', 'create', '--expires', '2020-01-31']);
    expect(run(folder, ['scan']).code).toBe(1);
    expect(run(folder, ['baseline', 'update']).stdout).toContain('1 entry more');
    expect(run(folder, ['scan']).code).toBe(0);
    expect(readFileSync(join(folder, FILE), 'utf8').match(/a\.env/g)).toHaveLength(1);
  });

  it('refuses a day that there is not', () => {
    expect(run(createFolder(), ['baseline', 'create', '--expires', '2027-02-31'])).toMatchObject({ code: 2 });
  });

  it('lies where a scan of the same looks for it', () => {
    const repository = createRepository();
    mkdirSync(join(repository.folder, 'sub'));
    repository.commit('one', { 'sub/a.env': credentialLine('one') });
    expect(run(repository.folder, ['scan', '--history', 'sub']).code).toBe(1);
    expect(run(join(repository.folder, 'sub'), ['baseline', 'create', '--history']).code).toBe(0);
    expect(existsSync(join(repository.folder, FILE))).toBe(true);
    expect(run(repository.folder, ['scan', '--history', 'sub']).code).toBe(0);
  });

  it('holds for one file that is named, as the configuration does', () => {
    const folder = createFolder();
    ['a.env', 'b.env'].forEach((path) => writeFileSync(join(folder, path), credentialLine(path)));
    run(folder, ['baseline', 'create']);
    const { code, stdout } = run(folder, ['scan', 'a.env']);
    expect(code).toBe(0);
    expect(stdout).not.toContain('accepts nothing');
    writeFileSync(join(folder, '.nhi-scan.yaml'), 'severity: wrong\n');
    expect(run(folder, ['scan', 'a.env']).code).toBe(2);
  });
});
