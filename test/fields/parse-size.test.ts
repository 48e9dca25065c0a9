import { describe, expect, it } from 'vitest';
import { parseSize } from '../../src/fields/parse-size.ts';

describe('a size', () => {
  it.each([
    ['0', 0],
    ['10', 10],
    ['1K', 1024],
    ['10M', 10 * 1024 ** 2],
    [' 2 g ', 2 * 1024 ** 3],
    ['5MB', 5 * 1024 ** 2],
    ['5MiB', 5 * 1024 ** 2],
  ])('%j is %i bytes', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  it.each(['', 'M', '-1', '1.5M', '1T', '10 M B', '1e3', '9'.repeat(16), `${'9'.repeat(15)}G`])(
    'is not %j',
    (text) => {
      expect(parseSize(text)).toBeUndefined();
    },
  );
});
