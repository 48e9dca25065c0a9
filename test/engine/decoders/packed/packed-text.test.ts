// Compressed data within base64: found as in plain text, wherever it is cut; what cannot be unpacked is said.
import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createDecodingScanner,
  MAX_DECODED_SHARE,
  MIN_DECODED_BYTES,
} from '../../../../src/engine/decoders/decoding-scanner.ts';
import type { Match } from '../../../../src/model/match.ts';
import { openRules, packRules } from '../../../../src/model/packed-rules.ts';
import { buildZip } from '../../../sources/archives/build-archive.ts';
import { SAMPLE_RULES } from '../../sample-rules.ts';

const scanner = createDecodingScanner(openRules(packRules(SAMPLE_RULES)), { capacityBytes: 1 << 23 });

function scan(text: string): Match[] {
  const bytes = Buffer.from(text, 'latin1');
  scanner.buffer.set(bytes);
  return scanner.scan({ start: 0, limit: bytes.length, end: bytes.length });
}

const TOKEN = 'tkn_' + 'abcd1234';
const SCRIPT = `#!/bin/sh\n# sets up what the agent needs\nexport KEY=${TOKEN}\nexec /usr/bin/agent --verbose\n`;
const zipOf = (text: string): Buffer => buildZip([{ path: 'run.sh', content: Buffer.from(text) }]);
const toBase64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64');

/** Words that do not compress to nothing, the same on every run. */
function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 1;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

describe('compressed text', () => {
  it('is named by its format, and the place is within its base64', () => {
    const formats = {
      gzip: gzipSync(SCRIPT),
      zlib: deflateSync(SCRIPT),
      zip: zipOf(SCRIPT),
    };
    for (const [format, packed] of Object.entries(formats)) {
      for (let pad = 0; pad < 20; pad++) {
        const text = toBase64(packed);
        const before = `${'.'.repeat(pad)} data: "`;
        const found = scan(`${before}${text}"\n`);
        expect(found).toMatchObject([{ secret: TOKEN, decodedBy: ['base64', format] }]);
        const { start, end } = found[0]!.secretSpan;
        expect(start).toBeGreaterThan(before.length);
        expect(end).toBeGreaterThan(start);
        // Of twelve characters none is compressed to more than two.
        expect(end - start).toBeLessThan(24);
        expect(end).toBeLessThan(before.length + text.length);
        expect(scanner.isDamaged).toBe(false);
      }
    }
  });

  it('is found at every level of compression', () => {
    for (const level of [0, 1, 5, 6, 9]) {
      for (const [format, pack] of [
        ['gzip', gzipSync],
        ['zlib', deflateSync],
      ] as const) {
        expect(scan(`x = ${toBase64(pack(SCRIPT, { level }))}\n`)).toMatchObject([
          { secret: TOKEN, decodedBy: ['base64', format] },
        ]);
      }
    }
  });

  it('is found as cloud-init, Terraform, data addresses and string constants have it', () => {
    const packed = toBase64(gzipSync(SCRIPT));
    const wrap = (columns: number, between: string): string =>
      packed.replace(new RegExp(`.{${columns}}(?!$)`, 'g'), `$&${between}`);
    for (const text of [
      `#cloud-config\nwrite_files:\n- encoding: gz+b64\n  content: |\n    ${wrap(76, '\n    ')}\n  path: /run.sh\n`,
      `#cloud-config\nwrite_files:\n- encoding: gz+b64\n  content: !!binary |\r\n    ${wrap(64, '\r\n    ')}\r\n`,
      `{"attributes": {"user_data_base64": "${packed}", "x": 1}}`,
      `{"url": "data:application/gzip;base64,${packed}"}`,
      `{"content": "${wrap(76, '\\n')}\\n"}`,
      `{"content": "first\\n${packed}\\n"}`,
      `{"content": "${packed.replaceAll('/', '\\/')}"}`,
      `a = ("${wrap(32, '"\n     "')}")\n`,
      `a := "${wrap(32, '" +\n\t"')}"\n`,
      `-----BEGIN DATA-----\n${wrap(24, '\n')}\n-----END DATA-----\n`,
      `url=${toBase64(gzipSync(SCRIPT)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}&x=1`,
    ]) {
      const found = scan(text);
      expect(found).toMatchObject([{ secret: TOKEN, decodedBy: ['base64', 'gzip'] }]);
      expect(scanner.isDamaged).toBe(false);
    }
    const percent = encodeURIComponent(packed);
    expect(scan(`GET /?x=${percent}%3D&y=1`)).toMatchObject([{ secret: TOKEN }]);
    expect(scanner.isDamaged).toBe(false);
  });

  it('is found in a Helm release, and what is encoded in that', () => {
    const inner = 'tkn_' + 'efgh5678';
    const manifest = `kind: Secret\ndata:\n  config: ${toBase64(`the key = ${inner}\n`)}\n`;
    const release = JSON.stringify({ name: 'x', config: { key: TOKEN }, manifest });
    const data = toBase64(toBase64(gzipSync(release)));
    for (const spelled of [data, data.replace(/.{76}/g, '$&\n    ')]) {
      const found = scan(`kind: Secret\ntype: helm.sh/release.v1\ndata:\n  release: ${spelled}\n`);
      expect(found).toMatchObject([
        { secret: TOKEN, decodedBy: ['base64', 'base64', 'gzip'] },
        { secret: inner, decodedBy: ['base64', 'base64', 'gzip', 'base64'] },
      ]);
      expect(scanner.isDamaged).toBe(false);
    }
  });

  it('yields each of several secrets, in places of their own', () => {
    const all = Array.from({ length: 20 }, (_, index) =>
      `tkn_${(index * 7_919 + 1_679_616).toString(36)}bcd1`.slice(0, 12),
    );
    const found = scan(`x: ${toBase64(gzipSync(all.map((token) => `key: ${token}\n`).join('')))}`);
    expect(found.map(({ secret }) => secret)).toEqual(all);
    const starts = found.map(({ secretSpan }) => secretSpan.start);
    expect(starts).toEqual([...new Set(starts)].toSorted((a, b) => a - b));
  });

  it('is scanned up to where it is cut off or damaged, and that is said', () => {
    const text = toBase64(gzipSync(`${SCRIPT}${toBase64(noise(3000))}`));
    for (const broken of [
      `"${text.slice(0, 2000)}"`,
      `"${text.slice(0, 2000)}...${text.slice(2010)}"`,
      `"${text.slice(0, 2000)}${'A'.repeat(200)}"`,
    ]) {
      expect(scan(broken)).toMatchObject([{ secret: TOKEN }]);
      expect(scanner.isDamaged).toBe(true);
    }
    expect(scan('x')).toEqual([]);
    expect(scanner.isDamaged).toBe(false);
  });

  it('is said to be encrypted, or compressed in other ways', () => {
    const zip = zipOf(SCRIPT);
    zip.writeUInt16LE(1, 6);
    expect(scan(`"${toBase64(zip)}"`)).toEqual([]);
    expect(scanner.isDamaged).toBe(true);
  });

  it('ends a bomb by the budget, and that is said', () => {
    const bomb = Buffer.concat([Buffer.from(SCRIPT), Buffer.alloc(1 << 26, 'password=x ')]);
    for (const pack of [gzipSync, deflateSync, (bytes: Buffer) => zipOf(bytes.toString('latin1'))]) {
      const text = `x: ${toBase64(pack(bomb))}\n`;
      const found = scan(text);
      expect(found[0]).toMatchObject({ secret: TOKEN });
      expect(scanner.isOverspent).toBe(true);
      expect(scanner.decodedBytes).toBeLessThanOrEqual(MIN_DECODED_BYTES + text.length * MAX_DECODED_SHARE);
    }
  });

  it('ends headers that lead nowhere, in work that grows with the text alone', () => {
    // The name of a file goes on to the end, where each of them might begin.
    const name = 'H4sICAAAAAAA' + 'B'.repeat(12);
    scan(name.repeat(100_000));
    expect(scanner.decodedBytes).toBeLessThanOrEqual(MIN_DECODED_BYTES + 2_400_000 * MAX_DECODED_SHARE);
    expect(scanner.isDamaged).toBe(false);
  });

  it('costs nothing where there is none, and next to nothing where something looks like it', () => {
    const png = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), noise(1 << 18)]);
    const woff = Buffer.concat([Buffer.from('774f463200010000', 'hex'), noise(1 << 18)]);
    scan(`{"a":"data:image/png;base64,${toBase64(png)}","b":"data:font/woff2;base64,${toBase64(woff)}"}`);
    expect(scanner.decodedBytes).toBeLessThan(8 * 1024);
    expect(scanner.isDamaged).toBe(false);
    for (const prefix of ['eJw', 'eJz', 'eNo', 'eF4', 'eAE']) {
      const rows = Array.from({ length: 500 }, (_, index) => {
        const row = noise(1 << 15).subarray(index * 64, index * 64 + 60);
        return `key: ${prefix}${toBase64(row)}\n`;
      });
      scan(rows.join(''));
      expect(scanner.isDamaged).toBe(false);
      expect(scanner.decodedBytes).toBeLessThan(MIN_DECODED_BYTES * 4);
    }
    // As documents shorten it.
    expect(scan(`release: "${toBase64(gzipSync(SCRIPT)).slice(0, 60)}..."`)).toEqual([]);
    expect(scanner.isDamaged).toBe(false);
  });

  it('may be larger than any memory for it, be it encoded once or twice', () => {
    const letters = fc.sample(fc.stringMatching(/^[0-9a-z]{8}$/), { numRuns: 3000, seed: 7 });
    const all = letters.map((each) => `tkn_${each}`);
    const filler = toBase64(noise(2_000_000));
    const lines = all.map(
      (token, index) => `${filler.slice(index * 600, index * 600 + 600)}\nkey: ${token}\n`,
    );
    const packed = toBase64(gzipSync(lines.join('')));
    for (const text of [packed, toBase64(packed), packed.replace(/.{76}/g, '$&\n')]) {
      const found = scan(`x: ${text}\n`);
      expect(found.map(({ secret }) => secret)).toEqual(all);
      expect([scanner.isOverspent, scanner.isDamaged, text.length]).toEqual([false, false, text.length]);
    }
  });
});
