// What may stand before a match and behind its keyword, as the prefilter is told.
import { describe, expect, it } from 'vitest';
import { findBytesAfterKeywords, findBytesBefore } from '../../src/rules/keyword-neighbours.ts';

function has(bytes: string | undefined, characters: string): boolean[] {
  return [...characters].map((character) => bytes!.includes(character));
}

describe('the bytes before a match', () => {
  it('are those that a negative lookbehind does not refuse', () => {
    const before = findBytesBefore('(?<![0-9A-Za-z_])tok_[0-9a-f]{8}', false);
    expect(has(before, 'aZ5_')).toEqual([false, false, false, false]);
    expect(has(before, ' "=\n-\u00ff')).toEqual([true, true, true, true, true, true]);
  });

  it('are refused in either case where case does not count', () => {
    expect(has(findBytesBefore('(?<![a-f])tok_', true), 'aAg')).toEqual([false, false, true]);
    expect(has(findBytesBefore('(?<![a-f])tok_', false), 'aAg')).toEqual([false, true, true]);
  });

  it('are those of all alternatives', () => {
    expect(has(findBytesBefore('(?<!x)tok_|(?<!y)key_', false), 'xyz')).toEqual([true, true, true]);
  });

  it.each([
    'tok_[0-9a-f]{8}',
    '(?<![a-z])tok_|key_',
    '(?<!https?:)tok_',
    '(?<![a-z]|--)tok_',
    '(?<=[\'"])tok_',
    '(?:(?<![a-z])tok_)',
    '\\btok_',
  ])('are not known before %s', (pattern) => {
    expect(findBytesBefore(pattern, false)).toBeUndefined();
  });
});

describe('the bytes behind a short keyword', () => {
  it('are those that its patterns go on with', () => {
    const { 'sk-': after } = findBytesAfterKeywords('sk-(?:[0-9]{4}|live_)[a-f]', ['sk-'], false);
    expect(has(after, '07la_')).toEqual([true, true, true, false, false]);
  });

  it('are not known where a match may end', () => {
    expect(findBytesAfterKeywords('key(?:=[a-z]+)?', ['key'], false)).toEqual({});
  });
});
