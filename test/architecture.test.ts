// The layers of the house, enforced. The same table prints the picture in docs/architecture.md.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BUILT_IN_MODULES, PACKAGES, ROOMS } from './architecture.ts';

interface SourceFile {
  readonly path: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly string[];
}

function listFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? listFiles(path) : [path];
  });
}

const files: SourceFile[] = listFiles('src')
  .filter(
    (path) =>
      path.endsWith('.ts') &&
      !path.endsWith('.d.ts') &&
      !/^src\/(?:engine\/kernel|rules\/built-in)\//.test(path),
  )
  .map((path) => {
    const text = readFileSync(path, 'utf8');
    const imports = [...text.matchAll(/(?<=[\s;])(?:from|import)\s*\(?\s*'([^'\n]+)'/g)].map(
      (found) => found[1]!,
    );
    return { path, room: path.split('/').length === 2 ? 'index' : path.split('/')[1]!, text, imports };
  });

function roomOf(file: SourceFile, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const target = normalize(join(dirname(file.path), specifier));
  return target.startsWith('src/') ? target.split('/')[1] : undefined;
}

describe('the house', () => {
  it('has no room that the table does not know', () => {
    const rooms = new Set(files.map((file) => file.room));
    expect([...rooms].filter((room) => !(room in ROOMS))).toEqual([]);
  });

  it('has imports only along the table', () => {
    const wrong = files.flatMap((file) =>
      file.imports
        .map((specifier) => roomOf(file, specifier))
        .filter((room): room is string => room !== undefined && room !== file.room)
        .filter((room) => !ROOMS[file.room]!.imports.includes(room))
        .map((room) => `${file.path} imports ${room}`),
    );
    expect(wrong).toEqual([]);
  });

  it('uses packages and built-in modules only where the table allows them', () => {
    const wrong = files.flatMap((file) =>
      file.imports
        .filter((specifier) => !specifier.startsWith('.'))
        .filter((specifier) => {
          const rule = specifier.startsWith('node:') ? BUILT_IN_MODULES[specifier] : PACKAGES[specifier];
          return !rule || !rule.some((prefix) => file.path.startsWith(prefix));
        })
        .map((specifier) => `${file.path} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps clock, chance, environment and process out of the pure rooms', () => {
    const impure =
      /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\brandomBytes\b|\brandomUUID\b|\bprocess\.|\bperformance\./;
    const wrong = files
      .filter(
        (file) => ROOMS[file.room]!.isPure && impure.test(file.text.replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '')),
      )
      .map((file) => file.path);
    expect(wrong).toEqual([]);
  });

  it('opens every file with its role', () => {
    expect(
      files.filter((file) => !/^(?:#!.*\n)?(?:\/\/|\/\*)/.test(file.text)).map((file) => file.path),
    ).toEqual([]);
  });

  it('names files in kebab-case and folders for what they hold', () => {
    const wrong = files.filter(
      (file) =>
        /\/(?:utils?|helpers?|common|misc|shared)(?:\/|\.ts$)/.test(file.path) ||
        !/^[a-z0-9/.-]+$/.test(file.path),
    );
    expect(wrong.map((file) => file.path)).toEqual([]);
  });
});
