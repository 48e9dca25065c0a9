// Templates become texts of the right alphabet and length: the same for the same seed, others for others.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHECKSUMS } from '../../src/model/checksum/registry.ts';
import { expandTemplate } from '../../src/rules/template.ts';

function expand(template: string, seed = 'seed', checksum?: string): string {
  return expandTemplate(template, { seed, checksum });
}

const SEEDS = fc.string({ minLength: 1, maxLength: 12 });

describe('a hole', () => {
  it.each([
    ['<digit:6>', /^\d{6}$/],
    ['<lower:20>', /^[a-z]{20}$/],
    ['<upper:20>', /^[A-Z]{20}$/],
    ['<alpha:20>', /^(?=.*[a-z])(?=.*[A-Z])[a-zA-Z]{20}$/],
    ['<alnum:3>', /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)\w{3}$/],
    ['<lower-alnum:3>', /^(?=.*[a-z])(?=.*\d)[a-z\d]{3}$/],
    ['<upper-alnum:3>', /^(?=.*[A-Z])(?=.*\d)[A-Z\d]{3}$/],
    ['<hex:40>', /^(?=.*[a-f])(?=.*\d)[a-f\d]{40}$/],
    ['<upper-hex:40>', /^[A-F\d]{40}$/],
    ['<base64:40>', /^[\w+/]{40}$/],
    ['<base64url:40>', /^[\w-]{40}$/],
    ['<base32:40>', /^[A-Z2-7]{40}$/],
    ['<base58:40>', /^[1-9A-HJ-NP-Za-km-z]{40}$/],
    ['<alnum:5-7>', /^\w{5,7}$/],
    ['<uuid>', /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/],
    ['<pem:60>', /^[\w+/]{64}\n[\w+/]{16}$/],
    ['a<digit:2>b<digit:2>c', /^a\d\db\d\dc$/],
  ])('%s is of its kind, for every seed', (template, kind) => {
    fc.assert(fc.property(SEEDS, (seed) => kind.test(expand(template, seed))));
  });

  it('of a range is of every length in it', () => {
    const lengths = Array.from({ length: 200 }, (_, index) => expand('<alnum:5-7>', `${index}`).length);
    expect(new Set(lengths)).toEqual(new Set([5, 6, 7]));
  });

  it.each(['base64', 'base64url'] as const)('%s of a template encodes what it becomes', (encoding) => {
    const text = expand(`<${encoding}:user:<digit:9>>`);
    expect(Buffer.from(text, encoding).toString('latin1')).toMatch(/^user:\d{9}$/);
  });

  it.each(['<b>', '<unknown:5>', '<alnum>', '<alnum:many>', 'a < b > c', '<string name="x">', '</key>'])(
    '%s is none, and stands for itself',
    (text) => expect(expand(text)).toBe(text),
  );
});

describe('a template', () => {
  it('becomes the same text for the same seed, and another for another', () => {
    fc.assert(
      fc.property(SEEDS, SEEDS, (one, other) => {
        expect(expand('<alnum:30>', one)).toBe(expand('<alnum:30>', one));
        if (one !== other) expect(expand('<alnum:30>', one)).not.toBe(expand('<alnum:30>', other));
      }),
    );
    expect(expand('<alnum:12><alnum:12>')).not.toMatch(/^(.{12})\1$/);
  });

  it('is completed by a checksum over what stands before it', () => {
    const template = `${['gh', 'p_'].join('')}<alnum:30><checksum>`;
    fc.assert(
      fc.property(SEEDS, (seed) => {
        expect(CHECKSUMS['github-crc32']!.verify(expand(template, seed, 'github-crc32'))).toBe(true);
      }),
    );
  });

  it.each([undefined, 'none', 'constructor'])('cannot be completed by the checksum %s', (family) => {
    expect(() => expand('x<checksum>', 'seed', family)).toThrow(`not '${family ?? 'none'}'`);
  });
});
