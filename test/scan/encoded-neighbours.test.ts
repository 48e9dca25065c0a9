// Secrets side by side in encoded text share characters of it: each is reported.
import { expect, it } from 'vitest';
import { createToken } from '../sample-secrets.ts';
import { createDefaultScanner, findingsOf, scanBytes } from './scan-bytes.ts';

it.each([1, 2, 3])('reports each of neighbours that are encoded %i times', (levels) => {
  const tokens = Array.from({ length: 8 }, (_, index) => createToken(`neighbour ${index}`));
  let text = `a\n${tokens.join('\n')}\n`;
  for (let level = 0; level < levels; level++) text = Buffer.from(text).toString('base64');
  const found = findingsOf(scanBytes(createDefaultScanner(), Buffer.from(`data: ${text}\n`)));
  expect(found.map(({ secret }) => secret).sort()).toEqual([...tokens].sort());
});
