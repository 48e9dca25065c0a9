// What documents write for a value that they leave out is none.
import { expect, it } from 'vitest';
import { createDefaultScanner, findingsOf, scanBytes } from './scan-bytes.ts';

it.each(['…', '……'])('takes %s for a placeholder', (value) => {
  const scanner = createDefaultScanner();
  const text = `Server=db.acme.io;Database=orders;User ID=app;Password=${value};\n`;
  expect(findingsOf(scanBytes(scanner, Buffer.from(text), 'notes.cs'))).toEqual([]);
});
