// Decoding costs next to nothing where nothing is encoded, and never more than its budget.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectBudgetHeld, scan, scanner } from './sample-scanner.ts';

describe('the budget of decoding', () => {
  it('decodes nothing of ordinary text, and next to nothing of binary data', () => {
    scan(
      'static const struct someVeryLongIdentifierNameForTesting0123456789 = { 0x0123456789abcdef };'.repeat(
        99,
      ),
    );
    expect(scanner.decodedBytes).toBe(0);
    scan(Array.from({ length: 99 }, (_, index) => `${index.toString(16).padStart(40, '9af3')}`).join('\n'));
    expect(scanner.decodedBytes).toBe(0);
    scan('printf("%2d: %5d %x %08lx\\n", a, b); return x == y && p->q;\n'.repeat(99));
    expect(scanner.decodedBytes).toBe(0);
    scan(
      'read(&page, &list->lock); s = "\\033[1m\\0"; w = 0=2048; x=4; sed s/(a)/\\1\\2/ C:\\User D&D;\n'.repeat(
        99,
      ),
    );
    expect(scanner.decodedBytes).toBe(0);
    const image = noise(1 << 20).toString('base64');
    scan(JSON.stringify({ 'image/png': image }));
    expect(scanner.decodedBytes).toBeLessThan(image.length / 100);
  });

  it('decodes next to nothing of rows of bytes, and finds what stands in one', () => {
    const token = 'tkn_' + 'abcd1234';
    const data = noise(1 << 14);
    for (const base of [16, 8] as const) {
      const toRow = (bytes: Uint8Array): string => rowOf(bytes, base);
      const rows = Array.from({ length: 1 << 11 }, (_, row) => toRow(data.subarray(row * 8, row * 8 + 8)));
      const text = `${rows.join('')}${toRow(Buffer.from(`\0\xff\x01${token}\0\xfe`, 'latin1'))}`;
      expect(scan(text)).toMatchObject([{ secret: token, decodedBy: ['escape'] }]);
      expect(scanner.decodedBytes).toBeLessThan(data.length / 10);
    }
  });

  it('undoes the escapes of all kinds in a line, and says so where there are too many', () => {
    const token = 'tkn_' + 'abcd1234';
    const html = '{"html":"&#60;a href=&#34;/x%2Fy%20z&#34;&#62;","t":"\\u003cb\\u003e"},';
    const encoded = Buffer.from(`{"token":"${token}"}`).toString('base64');
    for (const times of [1, 100, 10_000]) {
      expect(scan(`[${html.repeat(times)}]\n{"cfg":"${encoded}"}\n`)).toMatchObject([{ secret: token }]);
      expect(scanner.isOverspent).toBe(false);
    }
    scan(`${html}=3Dab%253Dab`.repeat(20_000));
    expect(scanner.isOverspent).toBe(false);
    const nested =
      '&#37;41ab%26%2365;cd\\u0025\\u0034\\u0031ef=25=2D41g&#92;u0041h%5cu0041i=5Cu0041j\\u003D41k%3D3D';
    scan(nested.repeat(5_000));
    expect(scanner.isOverspent).toBe(true);
    scan('x');
    expect(scanner.isOverspent).toBe(false);
  });

  it('holds its budget whatever it is given', () => {
    const pieces = fc.constantFrom(
      '%41',
      '\\x41',
      '\\u0042',
      '&#65;',
      '&quot;',
      '=3D',
      '=\n',
      'QUFB',
      '4142',
      'x',
      ' ',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 200 }), fc.nat(3), (parts, times) => {
        const text = parts.join('').repeat(1 + times * 20);
        scan(text);
        expectBudgetHeld(text);
      }),
      { numRuns: 500 },
    );
  });
});

/** Bytes as a string of C, on a line of its own. */
function rowOf(bytes: Uint8Array, base: 8 | 16): string {
  const escapes = Array.from(bytes, (byte) =>
    base === 8 ? `\\${byte.toString(8).padStart(3, '0')}` : `\\x${byte.toString(16).padStart(2, '0')}`,
  );
  return `"${escapes.join('')}"\n`;
}

/** Bytes that look random, the same on every run. */
function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 1;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}
