// A slot is one place that holds a credential, however many names stand beside it.
import { expect, it } from 'vitest';
import { expandTemplate } from '../../src/rules/template.ts';
import { createDefaultScanner, gather, scanBytes } from './scan-bytes.ts';

const SECRET = expandTemplate('<alnum:32>', { seed: 'slots-once' });
const scanner = createDefaultScanner();

it.each([
  `api_key = st.secrets.get("api_key", "${SECRET}")\n`,
  `SECRET_KEY = get_secret("SECRET_KEY", "${SECRET}")\n`,
  `x = get_value("SECRET_KEY", "${SECRET}")\n`,
  `key = get_value("api-key", "${SECRET}")\n`,
  `headers = [{"key": "X-API-Key", "value": "${SECRET}"}]\n`,
])('is counted once, and found: %#', (text) => {
  const { slots, findings } = gather(scanBytes(scanner, Buffer.from(text), 'src/a.py'));
  expect(slots.map(({ storage }) => storage.state)).toEqual(['hardcoded']);
  expect(findings).toHaveLength(1);
});
