// Documents that are made from the code are as the code is now; what the others name exists.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generateDocuments, listOrphans } from '../build/generate.ts';
import { createProgram } from '../src/cli/program.ts';

const documents = generateDocuments();
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const HAND_WRITTEN = ['README.md', 'AGENTS.md'];

describe('generated documents', () => {
  it.each([...documents.keys()].filter((path) => !path.startsWith('docs/rules/')))(
    '%s is not stale',
    (path) => {
      expect(readFileSync(path, 'utf8')).toBe(documents.get(path));
    },
  );

  it('has a page for each provider, none of them stale, and no others', () => {
    const stale = [...documents].filter(
      ([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text,
    );
    expect(stale.map(([path]) => path)).toEqual([]);
    expect(listOrphans(documents)).toEqual([]);
  });
});

describe.each(HAND_WRITTEN)('%s', (document) => {
  const text = readFileSync(document, 'utf8');

  it('names files that exist', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map((found) => found[1]!);
    const paths = [...text.matchAll(/`((?:src|test|docs|bench|build|fixtures|rules|bin)\/[\w./-]+)`/g)].map(
      (found) => found[1]!,
    );
    expect([...links, ...paths].filter((path) => !existsSync(path))).toEqual([]);
  });

  it('names scripts that exist', () => {
    const scripts = [...text.matchAll(/npm run ([\w:-]+)/g)].map((found) => found[1]!);
    expect(scripts.filter((script) => !(script in manifest.scripts))).toEqual([]);
  });

  it('names flags and commands that exist', () => {
    const program = createProgram(() => undefined);
    const commands = [
      program,
      ...program.commands,
      ...program.commands.flatMap((command) => command.commands),
    ];
    const flags = new Set(commands.flatMap((command) => command.options.map(({ long }) => long)));
    const own = [...text.matchAll(/(?:bin\/nhi-scan\.js|`nhi-scan) ([a-z][^\n`#]*)/g)].map(
      (found) => found[1]!,
    );
    const names = new Set(commands.map((command) => command.name()));
    const unknown = own.flatMap((line) => [
      ...[line.split(/\s/)[0]!].filter((name) => !names.has(name)),
      ...(line.match(/--[a-z-]+/g) ?? []).filter((flag) => !flags.has(flag)),
    ]);
    expect(unknown).toEqual([]);
  });
});

it('keeps AGENTS.md short', () => {
  expect(readFileSync('AGENTS.md', 'utf8').split('\n').length).toBeLessThan(80);
});
