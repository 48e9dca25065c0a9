// A composite credential whose other part is not near: its own name may say enough.
import { expect, it } from 'vitest';
import { invent, scanText } from './generic/scan-line.ts';

const SECRET = invent('<base64:40>');

it('is found where its name says what it is', () => {
  const text = `[store]\nenv_auth = false\nsecret_access_key = ${SECRET}\n`;
  expect(scanText(text, 'rclone.conf')).toMatchObject([
    { ruleId: 'aws-s3-secret-access-key', secret: SECRET },
  ]);
});

it('is not where its value holds a place', () => {
  expect(scanText('[store]\nsecret_access_key = your-secret-access-key\n', 'rclone.conf')).toEqual([]);
});
