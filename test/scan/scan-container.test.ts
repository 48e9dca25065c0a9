// What stands in a container is scanned; what cannot be scanned is said; nothing of it can exhaust the machine.
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayPath } from '../../src/model/blob.ts';
import type { InputOutcome } from '../../src/scan/outcome.ts';
import { scanContainer } from '../../src/scan/scan-container.ts';
import { createBytesSource } from '../../src/sources/archives/container.ts';
import { buildPax, buildTar, buildZip } from '../sources/archives/build-archive.ts';

interface Seen {
  readonly outcome: InputOutcome | undefined;
  /** Texts by path, as far as they were read. */
  readonly texts: Record<string, string>;
  readonly problems: readonly string[];
  readonly members: number;
  readonly bytes: number;
}

function look(bytes: Uint8Array, path = 'a.bin', keptBytes = 1000): Seen {
  const texts: Record<string, string> = {};
  let [members, total] = [0, 0];
  const outcome = scanContainer(
    { source: createBytesSource(bytes), provenance: { kind: 'file', path }, isText: false },
    {
      scanText: (provenance, read) => {
        const target = new Uint8Array(4096);
        let [text, size] = ['', 0];
        for (let count = target.length; count === target.length; size += count) {
          count = read(target);
          if (text.length < keptBytes) text += Buffer.from(target.subarray(0, count)).toString('utf8');
        }
        total += size;
        if (size > 0) texts[displayPath(provenance)] = text.slice(0, keptBytes);
        return { analyses: [], bytes: size, diagnostics: [] };
      },
      onStep: () => members++,
    },
  );
  const diagnostics = outcome?.status === 'scanned' ? outcome.diagnostics : [];
  const problems = diagnostics.map(({ level, subject, message }) => `${level} ${subject}: ${message}`);
  return { outcome, texts, problems, members, bytes: total };
}

const content = Buffer.from('some text');

describe('containers', () => {
  it('opens zip, tar and gzip, within one another, and names what it finds', () => {
    const jar = buildZip([{ path: 'x.properties', content }]);
    const war = buildZip([
      { path: 'lib/', content: Buffer.alloc(0) },
      { path: 'lib/a.jar', content: jar, isStored: true },
    ]);
    const tar = buildTar([
      { path: 'app.war', content: war },
      { path: 'README', content },
    ]);
    expect(look(gzipSync(tar), 'image.tar.gz')).toMatchObject({
      texts: {
        'image.tar.gz!app.war!lib/a.jar!x.properties': 'some text',
        'image.tar.gz!README': 'some text',
      },
      problems: [],
    });
    expect(look(gzipSync(content), 'dump.sql.gz').texts).toEqual({ 'dump.sql.gz!dump.sql': 'some text' });
    expect(look(tar, 'x.tar').outcome).toMatchObject({ status: 'scanned', bytes: 18 });
    expect(look(content).outcome).toBeUndefined();
  });

  it('counts members, and why they were not scanned', () => {
    const binary = Buffer.from('\u007fELF\0\0\0\0\u0001\u0002\u0003\u0004\u0005\u0006'.repeat(20), 'latin1');
    const packed = Buffer.from('\u00fd7zXZ\0\0\u0004\u0001\u0002\u0003\u0004'.repeat(20), 'latin1');
    const jar = buildZip([
      { path: 'a.properties', content },
      { path: 'A.class', content: binary },
    ]);
    const archive = buildTar([
      { path: 'README', content },
      { path: 'layer.tar.xz', content: packed },
      { path: 'a.jar', content: jar },
      { path: 'cut.jar', content: jar.subarray(0, 60) },
    ]);
    expect(look(archive, 'x.tar').outcome).toMatchObject({
      members: { listed: 6, scanned: 3, skipped: { binary: 1, 'unopened-archive': 1 }, failed: 1 },
    });
    expect(look(packed, 'x.tar.xz').outcome).toEqual({ status: 'skipped', reason: 'unopened-archive' });
  });

  it('reads an image layer by layer', () => {
    const layer = buildTar([{ path: 'etc/app.env', content }]);
    const image = buildTar([
      { path: 'manifest.json', content: Buffer.from('[{"Config":"blobs/sha256/00"}]') },
      { path: 'blobs/sha256/00', content: Buffer.from('{"config":{"Env":["A=b"]}}') },
      { path: 'blobs/sha256/11', content: layer },
      { path: 'blobs/sha256/22', content: gzipSync(layer) },
    ]);
    expect(Object.keys(look(image, 'image.tar').texts)).toEqual([
      'image.tar!manifest.json',
      'image.tar!blobs/sha256/00',
      'image.tar!blobs/sha256/11!etc/app.env',
      'image.tar!blobs/sha256/22!etc/app.env',
    ]);
  });

  it('knows the dialects of tar', () => {
    const long = `${'folder/'.repeat(40)}x`;
    const tar = buildTar([
      { path: 'PaxHeader', type: 'x', content: buildPax('path', `${long}é`) },
      { path: 'cut', content },
      { path: '././@LongLink', type: 'L', content: Buffer.from(`${long}\0`) },
      { path: 'folder/', content },
      { path: 'link', type: '2' },
      { path: 'device', type: '3' },
      { path: 'folder/', type: '5' },
      { path: 'big number', content, isBinarySize: true },
    ]);
    expect(Object.keys(look(tar, 't').texts)).toEqual([`t!${long}é`, `t!${long}`, 't!big number']);
  });

  it('scans what has bytes in a tar, whatever it is said to be', () => {
    const following = buildTar([{ path: 'inner', content }], true);
    const tar = buildTar(
      [
        { path: 'unknown', type: 'A', content },
        { path: 'folder/', content },
        { path: 'hard link', type: '1', content },
        // Of a program that gives the size of what it links to, without the bytes.
        { path: 'without', type: '1', sizeBytes: following.length },
      ],
      true,
    );
    expect(Object.keys(look(Buffer.concat([tar, following]), 't').texts)).toEqual([
      't!unknown',
      't!folder/',
      't!hard link',
      't!without!inner',
    ]);
    const signed = buildTar([{ path: 'é', content }]);
    const sum = Number.parseInt(signed.toString('latin1', 148, 154), 8) - 2 * 256;
    signed.write(sum.toString(8).padStart(6, '0'), 148);
    expect(look(signed, 't').texts).toEqual({ 't!é': 'some text' });
  });

  it('scans members of a zip that its directory does not list, and what stands between', () => {
    const [hidden, shown] = ['hidden', 'shown'].map((path) => buildZip([{ path, content }]));
    const folder = buildZip([{ path: 'folder/', content }]);
    expect(look(folder, 'a.zip').texts).toEqual({ 'a.zip!folder/': 'some text' });
    const withoutDirectory = hidden!.subarray(0, hidden!.readUInt32LE(hidden!.length - 6));
    const withoutSize = Buffer.from(withoutDirectory);
    withoutSize.writeUInt16LE(8, 6);
    withoutSize.writeUInt32LE(0, 18);
    for (const first of [hidden!, withoutDirectory, withoutSize]) {
      const { texts, problems } = look(Buffer.concat([first, shown!]), 'a.zip');
      expect(texts).toMatchObject({ 'a.zip!shown': 'some text', 'a.zip!hidden': 'some text' });
      expect(problems).toEqual([]);
    }
    expect(look(withoutDirectory, 'a.zip')).toMatchObject({
      texts: { 'a.zip!hidden': 'some text' },
      problems: ['error a.zip: has no directory: it is damaged or cut off'],
    });
    const commented = Buffer.concat([shown!, Buffer.from('a comment that is long')]);
    commented.writeUInt16LE(22, shown!.length - 2);
    expect(look(commented, 'a.zip').texts['a.zip']).toContain('a comment that is long');
    expect(look(shown!, 'a.zip').texts).toEqual({ 'a.zip!shown': 'some text' });
  });

  it('reads what may be members that are not listed once, however many seem to begin', () => {
    const local = Buffer.alloc(30 + 1 + 100, 'x');
    local.fill(0, 4, 30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 6);
    local.writeUInt16LE(1, 26);
    const shown = buildZip([{ path: 'shown', content }]);
    const headers = Buffer.concat([...Array.from({ length: 2000 }, () => local), shown]);
    const { members, bytes } = look(headers, 'a.zip', 0);
    expect(members).toBe(2001);
    expect(bytes).toBeLessThan(headers.length * 2);
    const signatures = Buffer.concat([Buffer.alloc(1 << 22, local.subarray(0, 4)), shown]);
    expect(look(signatures, 'a.zip', 0).members).toBe(1);
  });

  it('reads on behind the end of a tar where another one follows', () => {
    const [a, b] = ['a', 'b'].map((path) => buildTar([{ path, content }]));
    const padded = Buffer.concat([a!, Buffer.alloc(10_240), b!]);
    for (const bytes of [Buffer.concat([a!, b!]), padded, Buffer.concat([a!, b!, Buffer.from('rest')])]) {
      expect(look(bytes, 't')).toMatchObject({
        texts: { 't!a': 'some text', 't!b': 'some text' },
        problems: [],
      });
    }
    const parts = Buffer.concat([gzipSync(a!), gzipSync(b!)]);
    expect(Object.keys(look(parts, 't.tgz').texts)).toEqual(['t.tgz!a', 't.tgz!b']);
    const damaged = Buffer.concat([a!, b!.subarray(0, 1024), Buffer.from('no header')]);
    expect(look(damaged, 't').problems).toEqual([
      'error t: is damaged or cut off: what follows is not scanned',
    ]);
  });

  it('knows zip64, and what stands before an archive', () => {
    const zip = buildZip([{ path: 'x', content, isLong: true }]);
    expect(look(zip, 'a.zip').texts).toEqual({ 'a.zip!x': 'some text' });
    const script = '#!/bin/sh\nexec java -jar "$0"\n';
    const program = Buffer.concat([Buffer.from(script), buildZip([{ path: 'x', content }])]);
    const { texts } = look(program, 'a.jar');
    expect(texts).toEqual({ 'a.jar!x': 'some text', 'a.jar': expect.stringContaining(script) });
    expect(texts['a.jar']).not.toContain('some text');
  });

  it('shows hostile names as they are and goes nowhere with them', () => {
    const paths = [
      '../../etc/passwd',
      '/absolute',
      'C:\\x',
      '\\\\host\\share',
      'x'.repeat(70_000).slice(0, 60_000),
    ];
    const { texts } = look(buildZip(paths.map((path) => ({ path, content }))), 'a.zip');
    expect(Object.keys(texts)).toEqual(paths.map((path) => `a.zip!${path.slice(0, 4096)}`));
  });

  it('says what it cannot scan, and scans the rest', () => {
    const zip = buildZip([
      { path: 'locked', content, isEncrypted: true },
      { path: 'odd', content, method: 99 },
      { path: 'fine', content },
    ]);
    expect(look(zip, 'a.zip')).toMatchObject({
      texts: { 'a.zip!fine': 'some text' },
      problems: [
        'error a.zip!locked: is encrypted: not scanned',
        'error a.zip!odd: is compressed by method 99, which is not supported',
      ],
    });
  });

  it('scans what there is of a container that is cut off, and says so', () => {
    const tar = buildTar([
      { path: 'whole', content },
      { path: 'cut', content: Buffer.from('line\n'.repeat(1000)) },
    ]);
    const cut = look(tar.subarray(0, 3000), 'a.tar');
    expect(cut.texts['a.tar!whole']).toBe('some text');
    expect(cut.texts['a.tar!cut']).toContain('line');
    expect(cut.problems).toEqual(['error a.tar!cut: is cut off']);
    const packed = gzipSync(tar);
    expect(look(packed.subarray(0, packed.length - 20), 'a.tgz').problems.join()).toContain(
      'damaged or cut off',
    );
    const zip = buildZip([{ path: 'x', content }]);
    expect(look(zip.subarray(0, zip.length - 5), 'a.zip').problems).toEqual([
      'error a.zip: has no directory: it is damaged or cut off',
    ]);
  });

  it('lists what a zip directory holds, whatever is said of it', () => {
    const zip = buildZip(['a', 'b', 'c'].map((path) => ({ path, content })));
    const lie = (entries: number, sizeBytes?: number): Buffer => {
      const lying = Buffer.from(zip);
      lying.writeUInt16LE(entries, zip.length - 12);
      if (sizeBytes !== undefined) lying.writeUInt32LE(sizeBytes, zip.length - 10);
      return lying;
    };
    const all = { 'z.zip!a': 'some text', 'z.zip!b': 'some text', 'z.zip!c': 'some text' };
    for (const lying of [lie(0), lie(1), lie(2), lie(0, 0), lie(3, 10), lie(1, 1 << 30)]) {
      expect(look(lying, 'z.zip')).toMatchObject({ texts: all, problems: [] });
    }
    expect(look(lie(4), 'z.zip')).toMatchObject({
      texts: all,
      problems: ['error z.zip: has a damaged directory: what follows is not scanned'],
    });
    const nothing = lie(0, 0);
    nothing.writeUInt32LE(0, zip.length - 6);
    expect(look(nothing, 'z.zip').problems).toEqual([
      'error z.zip: has a directory that lists none of its members: not scanned',
    ]);
  });

  it('says that it is incomplete wherever a container is cut', () => {
    const tar = buildTar(
      [
        { path: 'a', content },
        { path: 'b', content: Buffer.from('x'.repeat(700)) },
      ],
      true,
    );
    const containers = [
      gzipSync(tar),
      buildZip([
        { path: 'a', content },
        { path: 'b', content },
      ]),
    ];
    for (const container of containers) {
      for (let length = 4; length < container.length; length++) {
        expect(look(container.subarray(0, length), 'c.zip').problems).not.toEqual([]);
      }
    }
  });

  it.each(['', '0 path=x\n', 'words without a blank'.replaceAll(' ', '_'), '1 a=b\n'])(
    'comes to an end with a record about a member that says %j',
    (record) => {
      const tar = buildTar([
        { path: 'r', content: Buffer.from(record), type: 'x' },
        { path: 'c', content },
      ]);
      expect(look(tar).members).toBe(1);
    },
  );

  it('never fails on damage, whatever it is', () => {
    const tar = buildTar([
      { path: 'a', content },
      { path: 'b', content, type: 'x' },
      { path: 'c', content },
    ]);
    const zip = buildZip([
      { path: 'a', content },
      { path: 'b', content: tar, isLong: true },
    ]);
    fc.assert(
      fc.property(
        fc.constantFrom(tar, zip, gzipSync(tar), gzipSync(zip)),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        (container, changes) => {
          const damaged = Buffer.from(container);
          for (const [at, byte] of changes) damaged[at % damaged.length] = byte;
          const { bytes, members } = look(damaged, 'a.zip');
          expect(bytes).toBeLessThan(1 << 20);
          expect(members).toBeLessThan(1000);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('unpacks of a bomb only as much as its size allows', () => {
    const limit = 33 * 1024 * 1024;
    const zeros = Buffer.alloc(40 * 1024 * 1024, ' ');
    const flat = look(gzipSync(zeros), 'a.gz');
    expect(flat.bytes).toBeLessThan(limit);
    expect(flat.problems.join()).toContain('unpacks to too much');
    const tar = buildTar([
      { path: 'first', content },
      { path: 'big', content: zeros },
    ]);
    expect(look(gzipSync(tar), 'a.tgz').texts).toHaveProperty('a.tgz!first');
    const many = buildZip(
      Array.from({ length: 40 }, (_, index) => ({ path: `${index}`, content: zeros.subarray(0, 1 << 20) })),
    );
    const nested = look(buildZip([{ path: 'inner.zip', content: many }]), 'a.zip');
    expect(nested.bytes).toBeLessThan(limit);
    expect(nested.problems.join()).toContain('unpacks to too much');
  });

  it('stops at a depth, and at a number of members', () => {
    let nested = buildZip([{ path: 'x', content }]);
    for (let depth = 0; depth < 12; depth++) nested = buildZip([{ path: 'n.zip', content: nested }]);
    const deep = look(nested, 'a.zip');
    expect(deep.texts).toEqual({});
    expect(deep.problems).toEqual([expect.stringContaining('is nested too deeply')]);
    const header = buildTar([{ path: 'x' }], true);
    const crowd = Buffer.alloc(header.length * 100_002);
    crowd.fill(header);
    const many = look(crowd, 'a.tar');
    expect(many.members).toBe(100_000);
    expect(many.problems).toEqual(['error a.tar: has too many members: the rest is not scanned']);
  });

  it('tells of many problems in few words', () => {
    const locked = Array.from({ length: 500 }, (_, index) => ({
      path: `${index}`,
      content,
      isEncrypted: true,
    }));
    const { problems } = look(buildZip(locked), 'a.zip');
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toBe('error a.zip: 480 further members cannot be scanned');
  });
});
