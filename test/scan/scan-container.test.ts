// What stands in a container is scanned, whatever says what stands there.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { buildPax, buildTar, buildZip } from '../sources/archives/build-archive.ts';
import { lookInto } from './look-into.ts';

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
    expect(lookInto(gzipSync(tar), 'image.tar.gz')).toMatchObject({
      texts: {
        'image.tar.gz!app.war!lib/a.jar!x.properties': 'some text',
        'image.tar.gz!README': 'some text',
      },
      problems: [],
    });
    expect(lookInto(gzipSync(content), 'dump.sql.gz').texts).toEqual({ 'dump.sql.gz!dump.sql': 'some text' });
    expect(lookInto(tar, 'x.tar').outcome).toMatchObject({ status: 'scanned', bytes: 18 });
    expect(lookInto(content).outcome).toBeUndefined();
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
    expect(lookInto(archive, 'x.tar').outcome).toMatchObject({
      members: { listed: 6, scanned: 3, skipped: { binary: 1, 'unopened-archive': 1 }, failed: 1 },
    });
    expect(lookInto(packed, 'x.tar.xz').outcome).toEqual({ status: 'skipped', reason: 'unopened-archive' });
  });

  it('reads the words of an office document as they are read, not as they were edited', () => {
    const body =
      '<w:p><w:r><w:t>to</w:t></w:r><w:proofErr/><w:r><w:rPr><w:b/></w:rPr><w:t>ken</w:t></w:r></w:p>';
    const parts = ['word/document.xml', 'word/settings/x.xml'];
    const document = buildZip(parts.map((path) => ({ path, content: Buffer.from(body) })));
    expect(lookInto(document, 'a.docx').texts).toEqual({
      'a.docx!word/document.xml': '<w:p><w:r><w:t>token</w:t></w:r></w:p>',
      'a.docx!word/settings/x.xml': body,
    });
  });

  it('reads an image layer by layer', () => {
    const layer = buildTar([{ path: 'etc/app.env', content }]);
    const image = buildTar([
      { path: 'manifest.json', content: Buffer.from('[{"Config":"blobs/sha256/00"}]') },
      { path: 'blobs/sha256/00', content: Buffer.from('{"config":{"Env":["A=b"]}}') },
      { path: 'blobs/sha256/11', content: layer },
      { path: 'blobs/sha256/22', content: gzipSync(layer) },
    ]);
    expect(Object.keys(lookInto(image, 'image.tar').texts)).toEqual([
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
    expect(Object.keys(lookInto(tar, 't').texts)).toEqual([`t!${long}é`, `t!${long}`, 't!big number']);
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
    expect(Object.keys(lookInto(Buffer.concat([tar, following]), 't').texts)).toEqual([
      't!unknown',
      't!folder/',
      't!hard link',
      't!without!inner',
    ]);
    const signed = buildTar([{ path: 'é', content }]);
    const sum = Number.parseInt(signed.toString('latin1', 148, 154), 8) - 2 * 256;
    signed.write(sum.toString(8).padStart(6, '0'), 148);
    expect(lookInto(signed, 't').texts).toEqual({ 't!é': 'some text' });
  });

  it('scans members of a zip that its directory does not list, and what stands between', () => {
    const [hidden, shown] = ['hidden', 'shown'].map((path) => buildZip([{ path, content }]));
    const folder = buildZip([{ path: 'folder/', content }]);
    expect(lookInto(folder, 'a.zip').texts).toEqual({ 'a.zip!folder/': 'some text' });
    const withoutDirectory = hidden!.subarray(0, hidden!.readUInt32LE(hidden!.length - 6));
    const withoutSize = Buffer.from(withoutDirectory);
    withoutSize.writeUInt16LE(8, 6);
    withoutSize.writeUInt32LE(0, 18);
    for (const first of [hidden!, withoutDirectory, withoutSize]) {
      const { texts, problems } = lookInto(Buffer.concat([first, shown!]), 'a.zip');
      expect(texts).toMatchObject({ 'a.zip!shown': 'some text', 'a.zip!hidden': 'some text' });
      expect(problems).toEqual([]);
    }
    expect(lookInto(withoutDirectory, 'a.zip')).toMatchObject({
      texts: { 'a.zip!hidden': 'some text' },
      problems: ['error a.zip: has no directory: it is damaged or cut off'],
    });
    const commented = Buffer.concat([shown!, Buffer.from('a comment that is long')]);
    commented.writeUInt16LE(22, shown!.length - 2);
    expect(lookInto(commented, 'a.zip').texts['a.zip']).toContain('a comment that is long');
    expect(lookInto(shown!, 'a.zip').texts).toEqual({ 'a.zip!shown': 'some text' });
  });

  it('reads what may be members that are not listed once, however many seem to begin', () => {
    const local = Buffer.alloc(30 + 1 + 100, 'x');
    local.fill(0, 4, 30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 6);
    local.writeUInt16LE(1, 26);
    const shown = buildZip([{ path: 'shown', content }]);
    const headers = Buffer.concat([...Array.from({ length: 2000 }, () => local), shown]);
    const { members, bytes } = lookInto(headers, 'a.zip', 0);
    expect(members).toBe(2001);
    expect(bytes).toBeLessThan(headers.length * 2);
    const signatures = Buffer.concat([Buffer.alloc(1 << 22, local.subarray(0, 4)), shown]);
    expect(lookInto(signatures, 'a.zip', 0).members).toBe(1);
  });

  it('reads on behind the end of a tar where another one follows', () => {
    const [a, b] = ['a', 'b'].map((path) => buildTar([{ path, content }]));
    const padded = Buffer.concat([a!, Buffer.alloc(10_240), b!]);
    for (const bytes of [Buffer.concat([a!, b!]), padded, Buffer.concat([a!, b!, Buffer.from('rest')])]) {
      expect(lookInto(bytes, 't')).toMatchObject({
        texts: { 't!a': 'some text', 't!b': 'some text' },
        problems: [],
      });
    }
    const parts = Buffer.concat([gzipSync(a!), gzipSync(b!)]);
    expect(Object.keys(lookInto(parts, 't.tgz').texts)).toEqual(['t.tgz!a', 't.tgz!b']);
    const damaged = Buffer.concat([a!, b!.subarray(0, 1024), Buffer.from('no header')]);
    expect(lookInto(damaged, 't').problems).toEqual([
      'error t: is damaged or cut off: what follows is not scanned',
    ]);
  });

  it('knows zip64, and what stands before an archive', () => {
    const zip = buildZip([{ path: 'x', content, isLong: true }]);
    expect(lookInto(zip, 'a.zip').texts).toEqual({ 'a.zip!x': 'some text' });
    const script = '#!/bin/sh\nexec java -jar "$0"\n';
    const program = Buffer.concat([Buffer.from(script), buildZip([{ path: 'x', content }])]);
    const { texts } = lookInto(program, 'a.jar');
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
    const { texts } = lookInto(buildZip(paths.map((path) => ({ path, content }))), 'a.zip');
    expect(Object.keys(texts)).toEqual(paths.map((path) => `a.zip!${path.slice(0, 4096)}`));
  });
});
