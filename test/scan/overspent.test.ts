// More encoded text than is decoded must not read as clean.
import { expect, it } from 'vitest';
import { createToken } from '../sample-secrets.ts';
import { createDefaultScanner, findingsOf, scanBytes } from './scan-bytes.ts';

const UNIT = '{"html":"&#60;a href=&#34;/x%2Fy%20z&#34;&#62;","t":"\\u003cb\\u003e"}=3Dab%253Dab';

it('says that not all of a content was decoded, and scans the rest as it stands', () => {
  const token = createToken('overspent');
  const scanner = createDefaultScanner();
  const outcome = scanBytes(scanner, Buffer.from(`${UNIT.repeat(20_000)}\nkey: ${token}\n`));
  expect(outcome).toMatchObject({
    status: 'scanned',
    diagnostics: [{ level: 'error', subject: 'notes.txt', message: expect.stringContaining('not decoded') }],
  });
  expect(findingsOf(outcome).map(({ secret }) => secret)).toContain(token);
  expect(scanBytes(scanner, Buffer.from('nothing\n'))).toMatchObject({ diagnostics: [] });
});
