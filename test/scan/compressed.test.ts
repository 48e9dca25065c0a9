// Credentials in compressed data that is written as text, as the tools write it: found at their line, and hidden.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { describeStorage } from '../../src/reports/wording.ts';
import { createToken } from '../sample-secrets.ts';
import { createDefaultScanner, createSetup, findingsOf, gather, scanBytes } from './scan-bytes.ts';

const TOKEN = createToken('compressed');
const SCRIPT = `#!/bin/sh\n# sets up what the agent needs\nexport KEY=${TOKEN}\nexec /usr/bin/agent --verbose\n`;
const PACKED = gzipSync(SCRIPT).toString('base64');

const scanner = createDefaultScanner();
const say = (text: string, path: string): string[] =>
  findingsOf(scanBytes(scanner, Buffer.from(text), path)).map(
    (finding) => `${finding.location.startLine} ${finding.secret} ${describeStorage(finding)}`,
  );

describe('compressed text', () => {
  it('is told by the chain of its codecs, at the line of the secret', () => {
    const block = PACKED.replace(/.{60}(?!$)/g, '$&\n    ');
    const cloudInit = `#cloud-config\nwrite_files:\n- encoding: gz+b64\n  content: |\n    ${block}\n`;
    const found = say(cloudInit, 'user-data.yaml');
    expect(found).toEqual([
      expect.stringMatching(new RegExp(`^[67] ${TOKEN} hard-coded and encoded \\(base64 > gzip\\) in `)),
    ]);
    const release = gzipSync(JSON.stringify({ name: 'app', config: { key: TOKEN } })).toString('base64');
    const helm = `kind: Secret\ndata:\n  release: ${Buffer.from(release).toString('base64')}\n`;
    expect(say(helm, 'release.yaml')).toEqual([
      expect.stringMatching(
        new RegExp(`^3 ${TOKEN} hard-coded and encoded \\(base64 > base64 > gzip\\) in `),
      ),
    ]);
  });

  it('is not shown', () => {
    const hiding = createDefaultScanner({
      analysis: { ...createSetup().analysis, showSecrets: false, keep: 'all' },
    });
    const said = JSON.stringify(gather(scanBytes(hiding, Buffer.from(`user_data: ${PACKED}\n`), 'a.yaml')));
    expect(said).toContain('gzip');
    for (const part of [TOKEN.slice(0, 12), TOKEN.slice(-8), PACKED.slice(20, 60), PACKED.slice(-40, -8)]) {
      expect(said).not.toContain(part);
    }
  });

  it('that ends too early, or that is too much, makes the report incomplete', () => {
    const long = Array.from({ length: 400 }, (_, index) => `${SCRIPT}# ${index * 7919}\n`).join('');
    const cut = gzipSync(long).toString('base64').slice(0, 1200);
    const bomb = gzipSync(Buffer.alloc(1 << 25)).toString('base64');
    for (const [text, message] of [
      [cut, 'only what could be unpacked is scanned'],
      [bomb, 'the rest of it was not decoded'],
    ] as const) {
      const outcome = scanBytes(scanner, Buffer.from(`x: ${text}\n`));
      expect(outcome).toMatchObject({
        diagnostics: [{ level: 'error', subject: 'notes.txt', message: expect.stringContaining(message) }],
      });
    }
    expect(findingsOf(scanBytes(scanner, Buffer.from(`x: ${cut}\n`)))).not.toEqual([]);
  });
});
