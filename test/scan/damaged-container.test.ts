// What cannot be scanned of a container is said; nothing of it can exhaust the machine.
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTar, buildZip } from '../sources/archives/build-archive.ts';
import { lookInto } from './look-into.ts';

const content = Buffer.from('some text');

describe('containers that are damaged, or more than they seem', () => {
  it('says what it cannot scan, and scans the rest', () => {
    const zip = buildZip([
      { path: 'locked', content, isEncrypted: true },
      { path: 'odd', content, method: 99 },
      { path: 'fine', content },
    ]);
    expect(lookInto(zip, 'a.zip')).toMatchObject({
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
    const cut = lookInto(tar.subarray(0, 3000), 'a.tar');
    expect(cut.texts['a.tar!whole']).toBe('some text');
    expect(cut.texts['a.tar!cut']).toContain('line');
    expect(cut.problems).toEqual(['error a.tar!cut: is cut off']);
    const packed = gzipSync(tar);
    expect(lookInto(packed.subarray(0, packed.length - 20), 'a.tgz').problems.join()).toContain(
      'damaged or cut off',
    );
    const zip = buildZip([{ path: 'x', content }]);
    expect(lookInto(zip.subarray(0, zip.length - 5), 'a.zip').problems).toEqual([
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
      expect(lookInto(lying, 'z.zip')).toMatchObject({ texts: all, problems: [] });
    }
    expect(lookInto(lie(4), 'z.zip')).toMatchObject({
      texts: all,
      problems: ['error z.zip: has a damaged directory: what follows is not scanned'],
    });
    const nothing = lie(0, 0);
    nothing.writeUInt32LE(0, zip.length - 6);
    expect(lookInto(nothing, 'z.zip').problems).toEqual([
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
        expect(lookInto(container.subarray(0, length), 'c.zip').problems).not.toEqual([]);
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
      expect(lookInto(tar).members).toBe(1);
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
          const { bytes, members } = lookInto(damaged, 'a.zip');
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
    const flat = lookInto(gzipSync(zeros), 'a.gz');
    expect(flat.bytes).toBeLessThan(limit);
    expect(flat.problems.join()).toContain('unpacks to too much');
    const tar = buildTar([
      { path: 'first', content },
      { path: 'big', content: zeros },
    ]);
    expect(lookInto(gzipSync(tar), 'a.tgz').texts).toHaveProperty('a.tgz!first');
    const many = buildZip(
      Array.from({ length: 40 }, (_, index) => ({ path: `${index}`, content: zeros.subarray(0, 1 << 20) })),
    );
    const nested = lookInto(buildZip([{ path: 'inner.zip', content: many }]), 'a.zip');
    expect(nested.bytes).toBeLessThan(limit);
    expect(nested.problems.join()).toContain('unpacks to too much');
  });

  it('stops at a depth, and at a number of members', () => {
    let nested = buildZip([{ path: 'x', content }]);
    for (let depth = 0; depth < 12; depth++) nested = buildZip([{ path: 'n.zip', content: nested }]);
    const deep = lookInto(nested, 'a.zip');
    expect(deep.texts).toEqual({});
    expect(deep.problems).toEqual([expect.stringContaining('is nested too deeply')]);
    const header = buildTar([{ path: 'x' }], true);
    const crowd = Buffer.alloc(header.length * 100_002);
    crowd.fill(header);
    const many = lookInto(crowd, 'a.tar');
    expect(many.members).toBe(100_000);
    expect(many.problems).toEqual(['error a.tar: has too many members: the rest is not scanned']);
  });

  it('tells of many problems in few words', () => {
    const locked = Array.from({ length: 500 }, (_, index) => ({
      path: `${index}`,
      content,
      isEncrypted: true,
    }));
    const { problems } = lookInto(buildZip(locked), 'a.zip');
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toBe('error a.zip: 480 further members cannot be scanned');
  });
});
