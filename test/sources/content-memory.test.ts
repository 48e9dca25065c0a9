import { describe, expect, it } from 'vitest';
import type { ContentMemory } from '../../src/sources/content-memory.ts';
import { createLastingMemory, createReusedMemory } from '../../src/sources/content-memory.ts';

const SIZES = [0, 1, 700, 64 * 1024, 200 * 1024, 256 * 1024, 300 * 1024, 2 * 1024 * 1024];

describe.each([
  ['reused', createReusedMemory],
  ['lasting', createLastingMemory],
])('%s memory', (_, create) => {
  it('gives each content its own bytes, whatever their sizes', () => {
    const memory = create();
    for (let round = 0; round < 5; round++) {
      const contents = SIZES.map((size, index) => fill(memory, size, round * 16 + index));
      contents.forEach((content, index) => expectFilled(content, SIZES[index]!, round * 16 + index));
      expect(memory.usedBytes).toBe(SIZES.reduce((sum, size) => sum + size, 0));
      memory.turn();
      expect(memory.usedBytes).toBe(0);
    }
  });

  it('keeps what was allocated before a turn until the next one', () => {
    const memory = create();
    for (let round = 0; round < 5; round++) {
      const before = fill(memory, 5000, 1);
      memory.turn();
      for (let more = 0; more < 300; more++) fill(memory, 5000, 2);
      expectFilled(before, 5000, 1);
    }
  });
});

it('reused memory stays the same for any number of turns', () => {
  const memory = createReusedMemory();
  const seen = new Set<ArrayBufferLike>();
  for (let round = 0; round < 20; round++) {
    for (let more = 0; more < 10; more++) seen.add(memory.allocate(5000).buffer);
    memory.turn();
  }
  expect(seen.size).toBe(2);
});

it('lasting memory is never overwritten, and shared', () => {
  const memory = createLastingMemory();
  const first = fill(memory, 5000, 1);
  for (let round = 0; round < 5; round++) {
    memory.turn();
    fill(memory, 200 * 1024, 2);
  }
  expectFilled(first, 5000, 1);
  expect(first.buffer).toBeInstanceOf(SharedArrayBuffer);
});

function fill(memory: ContentMemory, sizeBytes: number, value: number): Uint8Array {
  return memory.allocate(sizeBytes).fill(value);
}

function expectFilled(content: Uint8Array, sizeBytes: number, value: number): void {
  expect(content.length).toBe(sizeBytes);
  expect(content.every((byte) => byte === value)).toBe(true);
}
