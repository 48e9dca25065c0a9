// The keywords of assignments: each begins a match of the pattern, and every match begins with one.
import { describe, expect, it } from 'vitest';
import { buildAssignmentPattern, listAssignmentKeywords } from '../../src/rules/assignment.ts';

describe('listAssignmentKeywords', () => {
  it.each([
    [['stripe_key'], ['stripe']],
    [['acme_key'], ['acmekey', 'acme_key', 'acme-key', 'acme.key', 'acme key']],
    [['Acme_Key', 'acme_key'], ['acmekey', 'acme_key', 'acme-key', 'acme.key', 'acme key']],
    [['token'], ['token']],
    [['abc'], ['abc']],
    [
      ['scale_api_key'],
      ['scaleapi', 'scale_api', 'scale-api', 'scale.api', 'scale api'],
    ],
  ])('of %j are %j', (names, keywords) => expect(listAssignmentKeywords(names)).toEqual(keywords));

  it('joins words until they are long enough', () => {
    const keywords = listAssignmentKeywords(['a_b_c_key']);
    // Without separators `abc` is too short, so every keyword goes on to `key`.
    expect(keywords).toHaveLength(5 ** 3);
    expect(keywords).toEqual(expect.arrayContaining(['abckey', 'a_b_c_key', 'a-b.ckey', 'a b c key']));
    expect(keywords.filter((keyword) => keyword.startsWith('a.'))).toHaveLength(keywords.length / 5);
  });
});

describe('buildAssignmentPattern', () => {
  const pattern = new RegExp(`^${buildAssignmentPattern(['acme_key', 'acme_key_id', 'c++_key'], '[0-9]{4}')}`);
  const secretOf = (text: string): string | undefined => pattern.exec(text)?.groups?.['secret'];

  it.each([
    'acme_key=1234',
    'ACMEKEY: 1234',
    'AcmeKeyId = "1234"',
    'acme key_of_production=1234',
    `acme_key${'x'.repeat(24)}=1234`,
    'acme_key => `1234`',
    'acme_key="Bearer 1234"',
    'acme_key=1234,',
    'c++_key=1234',
  ])('finds the value in %s', (text) => expect(secretOf(text)).toBe('1234'));

  it.each([
    'acme__key=1234',
    `acme_key${'x'.repeat(25)}=1234`,
    'acme_key=12345',
    'acme_key=1234-',
    'acme_key1234',
    'acme_key != 1234',
    'ccc_key=1234',
  ])('finds nothing in %s', (text) => expect(secretOf(text)).toBeUndefined());

  it('begins each match with a keyword', () => {
    const keywords = listAssignmentKeywords(['acme_key', 'c++_key']);
    for (const text of ['ACME-KEY=1234', 'acme.key=1234', 'C++ key=1234']) {
      expect(keywords.some((keyword) => text.toLowerCase().startsWith(keyword))).toBe(true);
    }
  });
});
