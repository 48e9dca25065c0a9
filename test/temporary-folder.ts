// Folders of files for tests, removed when the test file has ended.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

export type FileContents = Readonly<Record<string, string | Uint8Array>>;

const folders: string[] = [];

afterAll(() => {
  // Not Node's own: it cannot remove what lies deeper than a path can say.
  if (folders.length > 0) spawnSync('rm', ['-rf', '--', ...folders.splice(0)]);
});

/** A new folder with these files, by relative path. */
export function createFolder(files: FileContents = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'nhi-scan-test-')));
  folders.push(folder);
  writeFiles(folder, files);
  return folder;
}

export function writeFiles(folder: string, files: FileContents): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** Adds a folder so deep that no call can open it by its path. */
export function digDeep(folder: string): void {
  const name = 'n'.repeat(250);
  // Relative steps, for no call takes the whole path.
  const dig = `for (let i = 0; i < 17; i++) { fs.mkdirSync('${name}'); process.chdir('${name}'); }`;
  const { status } = spawnSync(process.execPath, ['-e', dig], { cwd: folder });
  if (status !== 0) throw new Error('no deep folder could be made');
}
