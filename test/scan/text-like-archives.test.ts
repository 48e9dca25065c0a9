// Archives whose first bytes look like text, and texts that begin like an archive.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { InputOutcome } from '../../src/scan/outcome.ts';
import { buildTar, buildZip } from '../sources/archives/build-archive.ts';
import { createToken } from '../sample-secrets.ts';
import { createDefaultScanner, findingsOf, scanBytes } from './scan-bytes.ts';

const scanner = createDefaultScanner();
const TOKEN = createToken('in an archive');
const OTHER = createToken('beside an archive');
const lines = Buffer.from('harmless line of text\n'.repeat(1000));
const env = Buffer.from(`A=1\nTOKEN=${TOKEN}\n`);

function look(
  bytes: Uint8Array,
  path: string,
): { found: string[]; problems: string[]; outcome: InputOutcome } {
  const outcome = scanBytes(scanner, bytes, path);
  const found = findingsOf(outcome).map(
    ({ location, secret }) =>
      `${location.path}:${location.startLine} ${secret === OTHER ? 'other' : 'token'}`,
  );
  const problems = outcome.status === 'scanned' ? outcome.diagnostics.map(({ message }) => message) : [];
  return { found: found.sort(), problems, outcome };
}

describe('an archive that looks like text', () => {
  const stored = buildZip([
    { path: 'readme.txt', content: lines, isStored: true },
    { path: 'a.env', content: env, isStored: true },
    { path: 'b.env', content: env },
  ]);
  const long = Buffer.concat([Buffer.from('word '.repeat(2_000_000)), env]);
  const ustar = buildTar([
    { path: 'x/'.repeat(50), content: Buffer.alloc(0) },
    { path: 'a.env', content: env },
  ]);

  it.each([
    ['stored members', stored, 'x.zip', ['x.zip!a.env:2 token', 'x.zip!b.env:2 token']],
    ['much of the same in a zip', buildZip([{ path: 'a.log', content: long }]), 'x', ['x!a.log:2 token']],
    ['much of the same in a gzip', gzipSync(long), 'a.log.gz', ['a.log.gz!a.log:2 token']],
    [
      'much of the same in a tar',
      gzipSync(buildTar([{ path: 'l', content: long }])),
      'a.tgz',
      ['a.tgz!l:2 token'],
    ],
    ['a tar', ustar, 'a.tar', ['a.tar!a.env:2 token']],
  ] as const)('is opened, and nothing is found twice: %s', (...[, bytes, path, expected]) => {
    expect(look(bytes, path)).toMatchObject({ found: expected, problems: [] });
  });

  it('is text where archives are not opened', () => {
    const closed = createDefaultScanner({ archives: false });
    expect(findingsOf(scanBytes(closed, stored, 'x.zip'))).toMatchObject([{ location: { path: 'x.zip' } }]);
  });

  it('is text, too, where it cannot be opened, and that is said', () => {
    const problems = ['has no directory: it is damaged or cut off'];
    const cut = stored.subarray(0, stored.length - 30);
    expect(look(cut, 'x.zip')).toMatchObject({
      found: ['x.zip!a.env:2 token', 'x.zip!b.env:2 token'],
      problems,
    });
    const withoutHeaders = Buffer.from(
      cut.toString('latin1').replace(/(?<!^)PK\u0003\u0004/g, 'xxxx'),
      'latin1',
    );
    withoutHeaders.writeUInt16LE(77, 8);
    expect(look(withoutHeaders, 'x.zip')).toMatchObject({ found: ['x.zip:1003 token'], problems });
  });

  it('hides nothing between its members', () => {
    const note = Buffer.from(`\nTOKEN=${OTHER}\n`);
    const gap = Buffer.concat([stored.subarray(0, 30), note]);
    const { found } = look(Buffer.concat([gap, stored]), 'x.zip');
    expect(found).toEqual(['x.zip!a.env:2 token', 'x.zip!b.env:2 token', 'x.zip:3 other']);
  });

  it('is text, too, where it is damaged, and nothing is found twice', () => {
    const followed = Buffer.concat([gzipSync(lines), Buffer.from(`\nTOKEN=${OTHER}\n`), lines]);
    expect(look(followed, 'x.gz').found).toEqual([expect.stringMatching(/^x\.gz:\d+ other$/)]);
    const inner = Buffer.from(`PK\u0003\u0004 and so on\nTOKEN=${OTHER}\n`);
    const outer = buildZip([
      { path: 'n.zip', content: inner, isStored: true },
      { path: 'l', content: lines, isStored: true },
    ]);
    expect(look(outer, 'x.zip').found).toEqual(['x.zip:2 other']);
    const flat = gzipSync(Buffer.concat([lines, env]), { level: 0 });
    const damaged = look(Buffer.concat([flat, Buffer.from('x')]), 'x.gz');
    expect(damaged.found).toEqual(['x.gz!x:1002 token']);
    expect(damaged.problems).toEqual([expect.stringContaining('damaged')]);
  });

  it('has limits like any other', () => {
    const content = Buffer.alloc(20 << 20, 'ab1 ');
    const bomb = buildZip(['a', 'b', 'c', 'd'].map((path) => ({ path, content })));
    expect(look(bomb, 'x.zip').problems).toContain('unpacks to too much: the rest is not scanned');
  });
});

describe('a script before an archive', () => {
  it.each([1, 20_000])('is scanned, and so are the members: %i lines', (count) => {
    const script = `#!/bin/sh\n${'# launch\n'.repeat(count)}TOKEN=${OTHER}\n`;
    const jar = Buffer.concat([
      Buffer.from(script),
      buildZip([{ path: 'a.env', content: env, isStored: true }]),
    ]);
    expect(look(jar, 'x.jar')).toMatchObject({
      found: ['x.jar!a.env:2 token', `x.jar:${count + 2} other`],
      problems: [],
    });
  });
});

describe('a text that only begins like an archive', () => {
  it.each(['PK', 'PK\u0003\u0004 is the magic of zip\n', '\u001F\u008B\u0008 is that of gzip\n'])(
    'is text and nothing else: %j',
    (magic) => {
      const bytes = Buffer.concat([Buffer.from(magic, 'latin1'), env]);
      expect(look(bytes, 'x.txt')).toMatchObject({
        found: [expect.stringMatching(/^x\.txt:\d token$/)],
        problems: [],
      });
    },
  );

  it('is so whatever its name', () => {
    expect(look(Buffer.concat([Buffer.from('version 1\n'), env]), 'lfs.zip')).toMatchObject({
      found: ['lfs.zip:3 token'],
      problems: [],
    });
  });
});
