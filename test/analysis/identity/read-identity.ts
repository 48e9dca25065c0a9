// Reads an identity as analysis does, with what a test does not care about filled in.
import type { IdentityInput } from '../../../src/analysis/identity/decoder.ts';
import type { IdentityReading } from '../../../src/analysis/identity/identify.ts';
import { identify } from '../../../src/analysis/identity/identify.ts';

/** The time of every scan in these tests. */
export const NOW_MS: number = Date.UTC(2026, 0, 15);

export function readIdentity(
  decoder: string,
  secret: string,
  rest: Partial<IdentityInput> = {},
): IdentityReading {
  const input: IdentityInput = {
    decoder,
    kind: 'api-key',
    provider: 'Acme',
    ruleId: 'acme-key',
    secret,
    captures: {},
    context: `line before\nKEY = "${secret}"\nline after`,
    nowMs: NOW_MS,
    ...rest,
  };
  return identify(input, (text) => text);
}

export function toBase64Url(text: string): string {
  return Buffer.from(text).toString('base64url');
}
