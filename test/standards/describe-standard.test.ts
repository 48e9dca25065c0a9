import { describe, expect, it } from 'vitest';
import { describeStandard, STANDARDS } from '../../src/standards/describe-standard.ts';
import { FRAMEWORKS } from '../../src/standards/map-standards.ts';
import { PROFILE, PROFILE_NOTE } from '../../src/standards/profile.ts';

describe('the table of standards', () => {
  it('has a title, an address and a description for every id, each once', () => {
    const ids = STANDARDS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { title, url, about, framework } of STANDARDS) {
      expect(url).toMatch(/^https:\/\/(?:owasp\.org|cwe\.mitre\.org|attack\.mitre\.org|doi\.org)\//);
      expect([title, about, framework].every((text) => text.length > 8)).toBe(true);
    }
  });

  it('says where every framework was read', () => {
    expect(FRAMEWORKS.map(({ source }) => source).filter((source) => !source.startsWith('https://'))).toEqual(
      [],
    );
  });

  it('has the official list whole and in order', () => {
    const official = STANDARDS.filter(({ id }) => id.startsWith('NHI'));
    expect(official.map(({ id }) => id)).toEqual(
      Array.from({ length: 10 }, (_, index) => `NHI${index + 1}:2025`),
    );
    expect(official[2]!.title).toBe('Vulnerable Third-Party NHI');
  });
});

describe('describeStandard', () => {
  it.each([
    ['NHI2:2025', 'Secret Leakage'],
    ['nhi7', 'Long-Lived Secrets'],
    ['CWE-798', 'Use of Hard-coded Credentials'],
    [' cwe-321 ', 'Use of Hard-coded Cryptographic Key'],
    ['t1552.004', 'Unsecured Credentials: Private Keys'],
  ])('finds %s', (id, title) => {
    expect(describeStandard(id)?.title).toBe(title);
  });

  it('knows that an id of version 1.1 has another name now', () => {
    expect(describeStandard('PR.AC-4')?.about).toContain('PR.AA-05');
    expect(describeStandard('PR.AC-4')).not.toHaveProperty('when');
  });

  it('does not take the profile for an item of the official list', () => {
    expect(describeStandard('NHI-03')).toBeUndefined();
    expect(describeStandard('NHI-3')).toBeUndefined();
  });

  it('does not know what is not there', () => {
    expect(describeStandard('CWE-1')).toBeUndefined();
    expect(describeStandard('')).toBeUndefined();
  });
});

describe('the profile', () => {
  it('says of itself that it is not the third item of the official list', () => {
    expect(PROFILE_NOTE).toContain('not item 3 of the OWASP NHI Top 10');
    expect(PROFILE.paragraphs.some(({ text }) => text.includes('Vulnerable Third-Party NHI'))).toBe(true);
  });

  it('names the official ids of the same ground', () => {
    expect(PROFILE.official.map(({ id }) => id)).toEqual(['NHI2:2025', 'NHI7:2025', 'NHI6:2025']);
    expect(PROFILE.official.every(({ id }) => describeStandard(id) !== undefined)).toBe(true);
  });
});
