// Installing joins the hooks that are there, whoever looks after them, and uninstalling takes away only what is ours.
import { chmodSync, existsSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addHusky, commit, createNpx, hook, read, writeHook } from './hooks.ts';
import { credentialLine, runGit } from './program.ts';
import { createRepository } from './repository.ts';

/** What the first version wrote; it kept the earlier hook beside. */
function createFirstScript(program: string): string {
  return `#!/bin/sh
# nhi-scan hook: 'nhi-scan hook uninstall' removes it and puts back the hook that was here before.
input=
case pre-commit in pre-commit) ;; *) input=$(cat) ;; esac
earlier=$(dirname -- "$0")/pre-commit.before-nhi-scan
if [ -x "$earlier" ]; then
  printf '%s\\n' "$input" | "$earlier" "$@" || exit $?
fi
node='${process.execPath}'
program='${program}'
if [ -x "$node" ] && [ -f "$program" ]; then
  printf '%s\\n' "$input" | "$node" "$program" hook run pre-commit "$@"
elif command -v nhi-scan >/dev/null 2>&1; then
  printf '%s\\n' "$input" | nhi-scan hook run pre-commit "$@"
else
  echo "nhi-scan: not found, so nothing was scanned. Install it, or run 'git commit --no-verify'." >&2
  exit 1
fi
`;
}

/** Installs over a hook, and says whether a clean commit passes and a leak does not; then that all is as it was. */
function expectKept(body: string, prepare?: (folder: string) => void): string {
  const repository = createRepository();
  const folder = repository.path('.git', 'hooks');
  const before = writeHook(join(folder, 'pre-commit'), body);
  prepare?.(folder);
  const { stdout } = hook(repository, 'install');
  expect(commit(repository, 'clean\n').code).toBe(1);
  writeFileSync(join(folder, 'pass'), '');
  expect(commit(repository, 'clean\n')).toMatchObject({ code: 0 });
  expect(commit(repository, credentialLine('a')).code).toBe(1);
  hook(repository, 'uninstall');
  expect(read(join(folder, 'pre-commit'))).toBe(before);
  expect(existsSync(join(folder, 'nhi-scan-before'))).toBe(false);
  return stdout;
}

describe('an earlier hook', () => {
  it('keeps its name, where it asks for it', () => {
    expectKept('[ -f .git/hooks/pass ] || [ "$(basename "$0")" != pre-commit ]');
    expectKept('case "$0" in */pre-commit) [ -f .git/hooks/pass ];; esac');
  });

  it('keeps its folder, where it asks for that', () => {
    expectKept('here=$(cd "$(dirname "$0")" && pwd)\n[ -f "$here/pass" ]');
  });

  it('that asks for both keeps its name, and the user is told', () => {
    const body = '[ -n "$(dirname "$0")" ] && [ "$(basename "$0")" = pre-commit ] && [ -f .git/hooks/pass ]';
    expect(expectKept(body)).toContain('try it');
  });

  it('that is a link leads where it led', () => {
    expectKept('[ -f .git/hooks/pass ]', (folder) => {
      writeHook(join(folder, '..', 'real'), '[ -f .git/hooks/pass ]');
      rmSync(join(folder, 'pre-commit'));
      symlinkSync('../real', join(folder, 'pre-commit'));
    });
  });

  it('that is a link which leads nowhere is left alone, and nothing is installed', () => {
    const repository = createRepository();
    const file = repository.path('.git', 'hooks', 'pre-commit');
    symlinkSync('../gone', file);
    const { code, stderr } = hook(repository, 'install');
    expect(code).toBe(2);
    expect(stderr).toContain('leads nowhere');
    expect(hook(repository, 'uninstall').code).toBe(0);
    expect(readlinkSync(file)).toBe('../gone');
  });

  it.each(['uninstall', 'install'])('of the first version: %s knows it', (command) => {
    const repository = createRepository();
    const file = repository.path('.git', 'hooks', 'pre-commit');
    const before = writeHook(`${file}.before-nhi-scan`, 'true');
    writeFileSync(file, createFirstScript(resolve('bin/nhi-scan.js')));
    expect(hook(repository, command).code).toBe(0);
    expect(read(command === 'install' ? `${file}.before-nhi-scan` : file)).toBe(before);
    hook(repository, 'uninstall');
    expect(read(file)).toBe(before);
  });

  it('is put back whoever looks after the hooks by then', () => {
    const repository = createRepository();
    const file = repository.path('.git', 'hooks', 'pre-commit');
    const before = writeHook(file, 'true');
    hook(repository, 'install');
    repository.write('lefthook.yml', '');
    expect(hook(repository, 'uninstall').stdout).toContain('removed');
    expect(read(file)).toBe(before);
  });
});

describe('what is not ours', () => {
  it('stays, whatever it says of us', () => {
    const repository = createRepository();
    const file = repository.path('.git', 'hooks', 'pre-commit');
    const before = writeHook(
      file,
      '# nhi-scan hook\n# end of nhi-scan hook\n# nhi-scan hook: see the manual',
    );
    expect(hook(repository, 'status').stdout).toContain('pre-commit: not installed; another hook is there');
    expect(hook(repository, 'uninstall').stdout).toContain('not installed');
    expect(read(file)).toBe(before);
    expect(hook(repository, 'install').stdout).toContain('runs before it');
    hook(repository, 'uninstall');
    expect(read(file)).toBe(before);
  });

  it('stays where someone has added it to ours', () => {
    const repository = createRepository();
    const file = repository.path('.git', 'hooks', 'pre-commit');
    hook(repository, 'install');
    writeFileSync(file, read(file).replace('\ninput=', '\nnpm test || exit 1\ninput='));
    const changed = read(file);
    for (const command of ['install', 'uninstall']) expect(hook(repository, command).code).toBe(2);
    expect(read(file)).toBe(changed);
    expect(hook(repository, 'status').stdout).toContain('not as nhi-scan wrote it');
  });
});

function withReturns(file: string): void {
  writeFileSync(file, read(file).replaceAll('\n', '\r\n'));
}

describe('an install', () => {
  it('tells of a hook that was there and does not run', () => {
    const repository = createRepository();
    const file = repository.path('.git', 'hooks', 'pre-commit');
    writeHook(file, 'exit 1');
    chmodSync(file, 0o644);
    expect(hook(repository, 'install').stdout).toContain('does not run: it is not executable');
    expect(commit(repository, 'clean\n').code).toBe(0);
    hook(repository, 'uninstall');
    expect(statSync(file).mode & 0o777).toBe(0o644);
  });

  it('leaves no folder that it has made in the work tree', () => {
    const repository = createRepository();
    repository.git('config', 'core.hooksPath', '.githooks');
    hook(repository, 'install', 'pre-push');
    hook(repository, 'install');
    hook(repository, 'uninstall');
    expect(existsSync(repository.path('.githooks', 'pre-push'))).toBe(true);
    hook(repository, 'uninstall', 'pre-push');
    expect(existsSync(repository.path('.githooks'))).toBe(false);
  });

  it('leaves the mode of a script that husky reads', () => {
    const repository = createRepository();
    addHusky(repository, '.husky');
    const file = repository.path('.husky', 'pre-commit');
    writeFileSync(file, 'true\n', { mode: 0o644 });
    hook(repository, 'install');
    expect(statSync(file).mode & 0o777).toBe(0o644);
    expect(commit(repository, credentialLine('a'), createNpx()).code).toBe(1);
    hook(repository, 'uninstall');
    expect(statSync(file).mode & 0o777).toBe(0o644);
  });

  it('is known again with the line ends that git gives it', () => {
    const repository = createRepository();
    addHusky(repository, '.husky');
    hook(repository, 'install');
    withReturns(repository.path('.husky', 'pre-commit'));
    expect(hook(repository, 'status').stdout).toMatch(/^pre-commit: installed \(/);
    hook(repository, 'uninstall');
    expect(existsSync(repository.path('.husky', 'pre-commit'))).toBe(false);
    repository.git('config', 'core.hooksPath', '.githooks');
    hook(repository, 'install');
    const file = repository.path('.githooks', 'pre-commit');
    withReturns(file);
    expect(hook(repository, 'install').stdout).toContain('installed already');
    expect(read(file)).not.toContain('\r');
    expect(commit(repository, 'clean\n').code).toBe(0);
  });

  it('that cannot be done says so, and leaves the hook in its place', () => {
    const repository = createRepository();
    const file = repository.path('.git', 'hooks', 'pre-commit');
    const text = writeHook(file, 'true');
    repository.write('.git/hooks/nhi-scan-before', 'a file');
    expect(hook(repository, 'install')).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('cannot write') as string,
    });
    expect(read(file)).toBe(text);
  });

  it.skipIf(process.platform === 'win32')('puts the hook back where ours cannot be written', () => {
    const repository = createRepository();
    const file = repository.path('.git', 'hooks', 'pre-commit');
    const text = writeHook(file, 'true');
    const program = `ulimit -f 0 && exec '${process.execPath}' '${resolve('bin/nhi-scan.js')}' hook install`;
    const { code, stderr } = runGit(repository.folder, ['-c', `alias.full=!${program}`, 'full']);
    expect({ code, stderr }).toMatchObject({ code: 4, stderr: expect.stringContaining('EFBIG') as string });
    expect(read(file)).toBe(text);
  });
});
