// More encoded text than is decoded must not read as clean.
import { expect, it } from 'vitest';
import { createToken } from '../sample-secrets.ts';
import { createDefaultScanner, findingsOf, scanBytes } from './scan-bytes.ts';

/** Escapes in escapes: those that only stand side by side are undone in one order. */
const UNIT =
  '&#37;41ab%26%2365;cd\\u0025\\u0034\\u0031ef=25=2D41g&#92;u0041h%5cu0041i=5Cu0041j\\u003D41k%3D3D';

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
