// Cutting a text changes nothing of what is found in its encoded parts.
import { createHash } from 'node:crypto';
import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openRules, packRules } from '../../../src/model/packed-rules.ts';
import type { Analyst } from '../../../src/analysis/analyst.ts';
import { createDecodingScanner } from '../../../src/engine/decoders/decoding-scanner.ts';
import { createBytesReader } from '../../../src/scan/read-text.ts';
import { scanText } from '../../../src/scan/scan-text.ts';
import { buildZip } from '../../sources/archives/build-archive.ts';
import { SAMPLE_RULES } from '../sample-rules.ts';
import { ENCODABLE, ENCODERS } from './encoders.ts';

/** Secrets in the order in which they are reported, each as often as it is. */
function findIn(text: string, capacityBytes: number): string[] {
  const found: string[] = [];
  const analyst: Analyst = {
    knowsFile: () => false,
    analyse: (_, matches, range) => {
      const within = matches.filter(
        ({ secretSpan }) => secretSpan.start >= range.start && secretSpan.start < range.end,
      );
      const sorted = within.sort((a, b) => a.secretSpan.start - b.secretSpan.start);
      found.push(...sorted.map(({ secret, decodedBy }) => `${secret} ${decodedBy.join()}`));
      return { findings: [], suppressed: [], slots: [], discarded: {} };
    },
  };
  const scanner = createDecodingScanner(openRules(packRules(SAMPLE_RULES)), { capacityBytes });
  const read = createBytesReader(Buffer.from(text, 'latin1'));
  const { diagnostics } = scanText({ scanner, analyst }, { kind: 'stdin', path: 'x' }, read);
  return [...found, ...diagnostics.map(({ message }) => message)];
}

function tokenOf(index: number): string {
  return 'tkn_' + index.toString(36).padStart(8, 'q');
}

const SMALL = 20_000;

describe('chunks', () => {
  it('finds encoded tokens around every edge, by every codec', () => {
    for (const codec of ENCODABLE) {
      for (const encode of ENCODERS[codec]) {
        const parts: string[] = [];
        for (let index = 0; index < 250; index++) {
          parts.push('.'.repeat((index * 7) % 61), ` "${encode(`the key: ${tokenOf(index)} !`)}"\n`);
        }
        const text = parts.join('');
        const expected = Array.from({ length: 250 }, (_, index) => `${tokenOf(index)} ${codec}`);
        expect(findIn(text, 1 << 20)).toEqual(expected);
        expect(findIn(text, SMALL)).toEqual(expected);
        expect(findIn(text, SMALL + 1013)).toEqual(expected);
      }
    }
  });

  it('finds every token of one run that is longer than any memory for it', () => {
    const count = 8000;
    const inside = Array.from(
      { length: count },
      (_, index) => `${'lorem ipsum '.repeat(index % 5)}${tokenOf(index)}`,
    );
    const expected = Array.from({ length: count }, (_, index) => `${tokenOf(index)} base64`);
    for (const encode of [ENCODERS.base64[0]!, ENCODERS.base64[3]!]) {
      const text = `data: "${encode(inside.join('\n'))}"`;
      expect(text.length).toBeGreaterThan(350_000);
      expect(findIn(text, 1 << 20)).toEqual(expected);
      expect(findIn(text, SMALL)).toEqual(expected);
    }
  });

  it('finds what is compressed around every edge', () => {
    const packers = { gzip: gzipSync, zlib: deflateSync, zip: zipOf };
    for (const [format, pack] of Object.entries(packers)) {
      const parts: string[] = [];
      for (let index = 0; index < 400; index++) {
        const packed = pack(Buffer.from(`# what the agent needs\nexport KEY=${tokenOf(index)} !\n`));
        parts.push('.'.repeat((index * 7) % 61), ` "${packed.toString('base64')}"\n`);
      }
      const expected = Array.from({ length: 400 }, (_, index) => `${tokenOf(index)} base64,${format}`);
      for (const capacity of [1 << 20, SMALL, SMALL + 1013]) {
        expect(findIn(parts.join(''), capacity)).toEqual(expected);
      }
    }
  });

  it('finds every token of a compressed text that goes over many edges, encoded once or twice', () => {
    const count = 3000;
    const lines = Array.from({ length: count }, (_, index) => {
      const words = createHash('sha512').update(`${index}`).digest('hex');
      return `${words.repeat(index % 4)}\nkey: ${tokenOf(index)}\n`;
    });
    const text = lines.join('');
    for (const [format, pack] of [
      ['gzip', gzipSync],
      ['zlib', deflateSync],
    ] as const) {
      const packed = pack(text).toString('base64');
      const twice = Buffer.from(packed).toString('base64');
      for (const [spelled, codecs] of [
        [packed, `base64,${format}`],
        [packed.replace(/.{76}/g, '$&\n    '), `base64,${format}`],
        [twice, `base64,base64,${format}`],
        [twice.replace(/.{64}/g, '$&\r\n'), `base64,base64,${format}`],
      ] as const) {
        const expected = Array.from({ length: count }, (_, index) => `${tokenOf(index)} ${codecs}`);
        for (const capacity of [1 << 20, SMALL, SMALL + 1013]) {
          expect(findIn(`data:\n    ${spelled}\n`, capacity)).toEqual(expected);
        }
      }
    }
  });
});

function zipOf(content: Buffer): Buffer {
  return buildZip([{ path: 'run.sh', content }]);
}
