// A scanner of the sample rules that undoes encodings, and how much it may decode.
import { expect } from 'vitest';
import {
  createDecodingScanner,
  MAX_DECODED_SHARE,
  MIN_DECODED_BYTES,
} from '../../../src/engine/decoders/decoding-scanner.ts';
import type { Match } from '../../../src/model/match.ts';
import { openRules, packRules } from '../../../src/model/packed-rules.ts';
import { createMatcher, SAMPLE_RULES } from '../sample-rules.ts';

const RULES = [
  ...SAMPLE_RULES,
  createMatcher({
    id: 'whole-word',
    keywords: ['nbk_'],
    pattern: '(?<![0-9A-Za-z])nbk_[0-9a-z]{20}(?![0-9a-z])',
  }),
];

export const scanner: ReturnType<typeof createDecodingScanner> = createDecodingScanner(
  openRules(packRules(RULES)),
  { capacityBytes: 1 << 22 },
);

export function scan(text: string): Match[] {
  const bytes = Buffer.from(text, 'latin1');
  scanner.buffer.set(bytes);
  return scanner.scan({ start: 0, limit: bytes.length, end: bytes.length });
}

export function expectBudgetHeld(text: string): void {
  expect(scanner.decodedBytes).toBeLessThanOrEqual(MIN_DECODED_BYTES + text.length * MAX_DECODED_SHARE);
}
