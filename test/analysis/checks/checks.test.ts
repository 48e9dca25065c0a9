// What each check objects to, and what it lets pass.
import { describe, expect, it } from 'vitest';
import { createAllowlistCheck } from '../../../src/analysis/checks/allowlist.ts';
import { failsChecksum, verifyChecksum } from '../../../src/analysis/checks/checksum.ts';
import { entropyOf, failsEntropy } from '../../../src/analysis/checks/entropy.ts';
import { hasInlineComment } from '../../../src/analysis/checks/inline-comment.ts';
import { isPublicByDesign } from '../../../src/analysis/checks/public-by-design.ts';
import { CHECKSUMS } from '../../../src/model/checksum/registry.ts';
import type { AllowEntry } from '../../../src/model/config.ts';
import { expandTemplate } from '../../../src/rules/template.ts';
import { createPathMatcher } from '../../../src/sources/path-matcher.ts';
import { buildCandidate } from '../build-candidate.ts';

const TODAY = '2026-06-15';

describe('the allowlist', () => {
  const candidate = buildCandidate('key = abc123', 'abc123', { path: 'test/a.ts', rule: { id: 'acme-key' } });
  const accepts = (...entries: Omit<AllowEntry, 'reason'>[]): string | undefined =>
    createAllowlistCheck({
      entries: entries.map((entry, index) => ({ ...entry, reason: `reason ${index}` })),
      createPathMatcher: (globs) => createPathMatcher(globs),
      today: TODAY,
    })(candidate)?.because;

  it.each<[string, Omit<AllowEntry, 'reason'>]>([
    ['a path', { paths: ['test/'] }],
    ['a rule', { rules: ['other-key', 'acme-key'] }],
    ['a pattern', { pattern: '^abc[0-9]{3}$' }],
    ['all the conditions of an entry', { paths: ['*.ts'], rules: ['acme-key'], pattern: 'abc' }],
    ['its last day', { rules: ['acme-key'], expires: TODAY }],
  ])('accepts by %s', (_, entry) => expect(accepts(entry)).toBe('reason 0'));

  it.each<[string, Omit<AllowEntry, 'reason'>]>([
    ['another path', { paths: ['src/'] }],
    ['another rule', { rules: ['other-key'] }],
    ['another value', { pattern: '^abc$' }],
    ['one condition of two', { paths: ['test/'], rules: ['other-key'] }],
    ['a day that has passed', { rules: ['acme-key'], expires: '2026-06-14' }],
  ])('accepts nothing by %s', (_, entry) => expect(accepts(entry)).toBeUndefined());

  it('gives the reason of the first entry that accepts', () => {
    expect(accepts({ paths: ['src/'] }, { paths: ['test/'] }, { rules: ['acme-key'] })).toBe('reason 1');
  });

  it('tries no pattern on a value of more than 4096 characters', () => {
    const options = { createPathMatcher, today: TODAY, entries: [{ pattern: '^x', reason: 'long' }] };
    const judged = [4096, 4097].map((length) => {
      const value = 'x'.repeat(length);
      return createAllowlistCheck(options)(buildCandidate(value, value))?.by;
    });
    expect(judged).toEqual(['allowlist', undefined]);
  });
});

function acceptanceOf(text: string): string | undefined {
  return hasInlineComment(buildCandidate(text, 'VALUE', { rule: { id: 'acme-key' } }))?.because;
}

describe('an inline comment', () => {
  const ALLOW = ['nhi-scan', 'allow'].join(':');

  it.each([
    [`VALUE # ${ALLOW} acme-key -- a sample`, 'a sample'],
    [`VALUE // ${ALLOW} other-key,acme-key -- both  `, 'both'],
    [`VALUE # ${ALLOW} * -- all`, 'all'],
    [`VALUE # ${ALLOW}`, 'accepted by an inline comment, without a reason'],
    [`VALUE # ${ALLOW} acme-key`, 'accepted by an inline comment, without a reason'],
    [`# ${ALLOW} -- the line before\nVALUE`, 'the line before'],
    [`# ${ALLOW} -- with CRLF\r\nVALUE`, 'with CRLF'],
    [`VALUE # ${['gitleaks', 'allow'].join(':')}`, "accepted by 'gitleaks:allow'"],
    [
      `# ${['pragma: allowlist nextline', 'secret'].join(' ')}\nVALUE`,
      "accepted by 'pragma: allowlist nextline secret'",
    ],
  ])('accepts: %s', (text, because) => expect(acceptanceOf(text)).toBe(because));

  it.each([
    ['VALUE'],
    [`VALUE # ${ALLOW} other-key -- another rule`],
    [`VALUE # ${ALLOW} acme -- part of the id`],
    [`# ${ALLOW}\n\nVALUE`],
    [`VALUE\n# ${ALLOW}`],
    [`# ${['gitleaks', 'allow'].join(':')}\nVALUE`],
    [`VALUE # ${['pragma: allowlist nextline', 'secret'].join(' ')}`],
  ])('accepts nothing: %s', (text) => expect(acceptanceOf(text)).toBeUndefined());
});

describe('entropy', () => {
  it.each([
    ['', 0],
    ['aaaa', 0],
    ['abab', 1],
    ['abcd', 2],
    ['aaab', 0.811],
    ['0123456789abcdef', 4],
  ])('of %j is %d bits a character', (text, bits) => expect(entropyOf(text)).toBeCloseTo(bits, 3));

  it.each([
    ['abcd', 2, undefined],
    ['abab', 1.5, "its entropy of 1.0 bits per character is below the rule's 1.5"],
    ['aaaa', undefined, undefined],
  ])('of %j against a minimum of %s', (value, entropy, because) => {
    const rule = entropy === undefined ? {} : { entropy };
    expect(failsEntropy(buildCandidate(value, value, { rule }))?.because).toBe(because);
  });
});

describe('a checksum', () => {
  const good = expandTemplate(`${['gh', 'p_'].join('')}<alnum:30><checksum>`, {
    seed: 'good',
    checksum: 'github-crc32',
  });
  const bad = good.slice(0, -1) + (good.endsWith('0') ? '1' : '0');
  const [documented, other] = [true, false].map((isDocumented) =>
    Object.keys(CHECKSUMS).find((name) => CHECKSUMS[name]!.documented === isDocumented)!,
  ) as [string, string];

  it.each([
    ['that fits', good, 'github-crc32', true, false],
    ['that does not fit', bad, 'github-crc32', false, CHECKSUMS['github-crc32']!.documented],
    ['that does not fit, of a documented format', 'x'.repeat(60), documented, false, true],
    ['that does not fit, of another format', 'x'.repeat(60), other, false, false],
    ['of no known family', bad, 'none', undefined, false],
    ['of no family', bad, undefined, undefined, false],
  ])('%s', (...[, value, checksum, fits, isDropped]) => {
    const candidate = buildCandidate(value, value, { rule: checksum === undefined ? {} : { checksum } });
    expect(verifyChecksum(candidate)).toBe(fits);
    expect(failsChecksum(candidate)?.by).toBe(isDropped ? 'checksum' : undefined);
  });
});

describe('what is public by design', () => {
  it.each([
    ['public', 'public'],
    ['secret', undefined],
    ['helper', undefined],
  ] as const)('is of kind %s: %s', (kind, by) => {
    expect(isPublicByDesign(buildCandidate('x', 'x', { rule: { kind } }))?.by).toBe(by);
  });
});
