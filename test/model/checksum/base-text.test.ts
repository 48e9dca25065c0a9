// Base32 against the vectors of RFC 4648, base62 by its definition.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase32, encodeBase32, toBase62 } from '../../../src/model/checksum/base-text.ts';

describe('base32', () => {
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('%j is %j', (text, encoded) => {
    expect(encodeBase32(Buffer.from(text))).toBe(encoded);
    expect(decodeBase32(encoded)?.toString()).toBe(text);
    expect(decodeBase32(encoded.toLowerCase())?.toString()).toBe(text);
  });

  it('round-trips any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect([...decodeBase32(encodeBase32(bytes))!]).toEqual([...bytes]);
      }),
    );
  });

  it('refuses foreign characters', () => {
    for (const foreign of ['0', '1', '8', '=', ' ', 'é'])
      expect(decodeBase32(`MZ${foreign}W`)).toBeUndefined();
  });
});

describe('toBase62', () => {
  it('writes digits, then upper case, then lower case', () => {
    expect([0, 9, 10, 35, 36, 61, 62, 0xffffffff].map(toBase62)).toEqual([
      '0',
      '9',
      'A',
      'Z',
      'a',
      'z',
      '10',
      '4gfFC3',
    ]);
  });
});
