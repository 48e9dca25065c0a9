// Rules come out of their block of bytes as they went in; those that are off do not come out at all.
import { describe, expect, it } from 'vitest';
import { listRules, openRules, packRules, share } from '../../src/model/packed-rules.ts';
import { createMatcher } from '../engine/sample-rules.ts';

const RULES = [
  createMatcher({ id: 'a-one', keywords: ['one'], pattern: 'one', reach: 10 }),
  // More bytes than characters, so that the offsets of the next one tell bytes from characters.
  createMatcher({ id: 'b-two', keywords: ['zwölf'], pattern: 'zwölf', provider: 'Größe €', reach: 300 }),
  createMatcher({ id: 'c-three', keywords: [], pattern: 'three', files: ['*.key'], lookback: 1, reach: 20 }),
];

describe('packed rules', () => {
  const packed = packRules(RULES);

  it('are read as they were, by index and by id', () => {
    const table = openRules(packed);
    expect(table.ids).toEqual(['a-one', 'b-two', 'c-three']);
    expect(RULES.map((_, index) => table.at(index))).toEqual(RULES);
    expect(RULES.map(({ id }) => table.find(id))).toEqual(RULES);
    expect(table.find('d-four')).toBeUndefined();
  });

  it('are read once', () => {
    const table = openRules(packed);
    expect(table.find('b-two')).toBe(table.at(1));
  });

  it('know their longest reach and the rules of files', () => {
    expect(packed.maxReachBytes).toBe(300);
    expect(openRules(packed).listOfFiles()).toEqual([RULES[2]]);
    expect(packRules([])).toMatchObject({ ids: [], maxReachBytes: 0, ofFiles: [] });
  });

  it('leave out what is off, and keep the places of the others', () => {
    const table = openRules({ ...packed, off: ['a-one', 'c-three'] });
    expect([table.at(0), table.at(1), table.find('c-three')]).toEqual([undefined, RULES[1], undefined]);
    expect(table.listOfFiles()).toEqual([]);
    expect(listRules({ ...packed, off: ['b-two'] })).toEqual([RULES[0], RULES[2]]);
  });

  it('lie in memory that threads share', () => {
    expect(packed.bytes.buffer).toBeInstanceOf(SharedArrayBuffer);
    const bytes = Buffer.from('abc').subarray(1);
    const shared = share(bytes);
    bytes[0] = 0;
    expect([...shared]).toEqual([0x62, 0x63]);
  });
});
