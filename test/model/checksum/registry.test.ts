// Every checksum family: the synthetic vectors of the facts, and what must hold for all tokens of its form.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase32, encodeBase32 } from '../../../src/model/checksum/base-text.ts';
import { CHECKSUMS } from '../../../src/model/checksum/registry.ts';

const ALNUM = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE64 = `${ALNUM}+/`;
const BASE64URL = `${ALNUM}-_`;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const BECH32 = 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L';

function text(alphabet: string, length: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length });
}

/** Prefixes are put together here, so that no token stands in this file. */
const prefix = (...parts: string[]): string => parts.join('');

interface Shape {
  readonly family: string;
  /** Everything up to the check characters. */
  readonly before: fc.Arbitrary<string>;
  /** What follows the check characters. */
  readonly after?: fc.Arbitrary<string>;
  /** Characters at the beginning that the check does not cover. */
  readonly blindHead?: number;
  /** Characters at the end that the check does not cover. */
  readonly blindTail?: number;
}

const SHAPES: readonly Shape[] = [
  { family: 'github-crc32', before: text(ALNUM, 30).map((body) => prefix('gh', 'p_') + body), blindHead: 4 },
  { family: 'github-crc32', before: text(ALNUM, 70).map((body) => prefix('gh', 'r_') + body), blindHead: 4 },
  { family: 'github-crc32', before: text(ALNUM, 30).map((body) => prefix('np', 'm_') + body), blindHead: 4 },
  {
    family: 'github-fine-grained',
    before: fc
      .tuple(text(ALNUM, 22), text(ALNUM, 43))
      .map(([first, second]) => `${prefix('github', '_pat_')}${first}_${second}`),
    after: text(ALNUM, 8),
    blindTail: 8,
  },
  { family: 'vercel-crc32', before: text(ALNUM, 50).map((body) => prefix('vc', 'p_') + body), blindHead: 4 },
  {
    family: 'cloudflare-crc32',
    before: text(ALNUM, 40).map((body) => prefix('cf', 'ut_') + body),
    blindHead: 5,
  },
  { family: 'grafana-crc32', before: text(ALNUM, 32).map((body) => `${prefix('gl', 'sa_')}${body}_`) },
  {
    family: 'confluent-crc32',
    before: text(BASE64, 54).map((body) => prefix('cf', 'lt') + body),
    blindHead: 4,
  },
  {
    family: 'zuplo-crc32',
    before: text(ALNUM, 32).map((body) => `${prefix('zp', 'ka_')}${body}_`),
    blindHead: 5,
  },
  { family: 'atlassian-crc32', before: text(ALNUM, 24).map((body) => prefix('AT', 'BB') + body) },
  {
    family: 'atlassian-crc32',
    before: text(BASE64URL, 180).map((body) => `${prefix('ATATT', '3xFfG')}${body}=`),
  },
  {
    family: 'gitlab-routable',
    before: text(BASE64URL, 36).map((body) => `${prefix('gl', 'pat-')}${body}.01.10`),
  },
  {
    family: 'gitlab-routable',
    before: text(BASE64URL, 36).map((body) => `${prefix('gl', 'pat-')}${body}.10`),
  },
  { family: 'azure-64', before: text(BASE64, 76).map((body) => `${body}+ASt`) },
  { family: 'azure-32', before: text(BASE64, 33).map((body) => `${body}AzCa`) },
  {
    family: 'azure-cask',
    before: text(ALNUM, 52).map((body) => `${body}JQQJ99BFAAAAAAAAAAAAAAAAAAAAAZDO`.slice(0, 80)),
  },
  { family: 'azure-devops-pat', before: text(BASE32, 44), blindTail: 1 },
  { family: 'age-bech32', before: text(BECH32, 52).map((body) => prefix('AGE-SECRET', '-KEY-1') + body) },
  { family: 'age-bech32', before: text(BECH32, 52).map((body) => prefix('AGE-SECRET', '-KEY-PQ-1') + body) },
];

const a = (length: number): string => 'A'.repeat(length);

describe('the vectors of the facts', () => {
  it.each([
    ['github-crc32', prefix('gh', 'p_') + a(30), '0uCPlr'],
    ['github-crc32', prefix('gh', 'r_') + a(70), '2pl4EB'],
    ['github-crc32', prefix('np', 'm_') + a(30), '0uCPlr'],
    ['github-fine-grained', `${prefix('github', '_pat_')}11AAAAAAA0${a(12)}_${a(43)}`, 'YMUQSXOM'],
    ['vercel-crc32', prefix('vc', 'k_') + a(50), '1cGWCC'],
    ['cloudflare-crc32', prefix('cf', 'k_') + a(40), '2ae98c30'],
    ['grafana-crc32', `${prefix('gl', 'sa_')}${a(32)}_`, 'd8dc8af3'],
    ['confluent-crc32', prefix('cf', 'lt') + a(54), 'FZQbVQ'],
    ['zuplo-crc32', `${prefix('zp', 'ka_')}${'a'.repeat(32)}_`, 'cab11777'],
    ['atlassian-crc32', prefix('AT', 'BB') + a(24), '161F510F'],
    // The sample that NuGetGallery documents for its keys.
    ['azure-cask', `${'a'.repeat(52)}JQQJ99ALN5Z0000LZENeS003NUGT`, '3OrW'],
  ])('%s: %s → %s', (family, before, check) => {
    expect(CHECKSUMS[family]!.complete(before)).toBe(check);
    const after = family === 'github-fine-grained' ? a(8) : '';
    expect(CHECKSUMS[family]!.verify(before + check + after)).toBe(true);
  });

  it('age: the test vectors of BIP-173', () => {
    const { verify } = CHECKSUMS['age-bech32']!;
    const valid = [
      'A12UEL5L',
      'a12uel5l',
      'an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs',
      'abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw',
      'split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w',
      '?1ezyfcl',
    ];
    expect(valid.map(verify)).toEqual(valid.map(() => true));
    const invalid = ['A1G7SGD8', 'x1b4n0q5v', 'li1dgmt3', '10a06t8', '1qzzfhee', 'A12UEl5l', 'pzry9x0s0muk'];
    expect(invalid.map(verify)).toEqual(invalid.map(() => false));
  });
});

describe.each(SHAPES)(
  '$family',
  ({ family, before, after = fc.constant(''), blindHead = 0, blindTail = 0 }) => {
    const { complete, verify } = CHECKSUMS[family]!;
    const tokens = fc.tuple(before, after).map(([head, tail]) => head + complete(head) + tail);

    it('accepts what it completes, which has always the same length', () => {
      fc.assert(
        fc.property(tokens, tokens, (token, other) => {
          expect(verify(token)).toBe(true);
          expect(other).toHaveLength(token.length);
        }),
      );
    });

    it('refuses a token with one changed character', () => {
      fc.assert(
        fc.property(tokens, fc.nat(), fc.constantFrom(...ALNUM), (token, seed, character) => {
          const end = token.replace(/=+$/, '').length - blindTail;
          const place = blindHead + (seed % (end - blindHead));
          const isSame =
            family === 'azure-devops-pat'
              ? token[place] === character.toLowerCase()
              : token[place] === character;
          fc.pre(!isSame);
          expect(verify(token.slice(0, place) + character + token.slice(place + 1))).toBe(false);
        }),
      );
    });

    it('refuses a token cut short or lengthened', () => {
      fc.assert(
        fc.property(tokens, (token) => {
          expect(verify(token.slice(0, -3))).toBe(false);
          expect(verify(`${token}A`)).toBe(false);
        }),
      );
    });
  },
);

describe('CHECKSUMS', () => {
  it('says of every family what it computes and where that is from', () => {
    for (const { description } of Object.values(CHECKSUMS)) expect(description).toMatch(/\(.{8,}\)\.$/);
  });

  it('never throws, on any text', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 120 }),
      text(BASE64URL, 84),
      text(`${BASE32}_.=`, 52),
    );
    fc.assert(
      fc.property(anything, (value) => {
        for (const { verify, complete } of Object.values(CHECKSUMS)) {
          expect(typeof verify(value)).toBe('boolean');
          expect(typeof complete(value)).toBe('string');
        }
      }),
    );
  });

  it('knows no name that every object knows', () => {
    expect('constructor' in CHECKSUMS).toBe(false);
  });
});

describe('kinds of key', () => {
  it.each(['azure-64', 'azure-32'])('%s is refused when seeded with an unknown label', (family) => {
    const length = family === 'azure-64' ? 64 : 32;
    expect(CHECKSUMS[family]!.verify(Buffer.alloc(length, 7).toString('base64'))).toBe(false);
  });

  it('azure-cask: the long form carries four bytes of base64', () => {
    const short = `${'a'.repeat(52)}JQQJ99ALN5Z0000LZENeS003NUGT`;
    // 3OrW is the beginning of these bytes in base62.
    const long = short + Buffer.from([0xb9, 0xb7, 0x23, 0x93]).toString('base64');
    expect(CHECKSUMS['azure-cask']!.verify(long)).toBe(true);
    expect(CHECKSUMS['azure-cask']!.verify(`${long.slice(0, -3)}B==`)).toBe(false);
  });

  it('azure-devops-pat: accepts the constants of users and of applications, and no other', () => {
    const { complete, verify } = CHECKSUMS['azure-devops-pat']!;
    const user = 'a'.repeat(44) + complete('a'.repeat(44));
    const withConstant = (constant: number): string => {
      const token = decodeBase32(user)!;
      const change = Buffer.alloc(4);
      change.writeUInt32BE((0xe0b9692d ^ constant) >>> 0);
      for (const [index, place] of [2, 7, 8, 22].entries()) token[place]! ^= change[index]!;
      return encodeBase32(token).toLowerCase();
    };
    expect([0xe0b9692d, 0x1019f92e, 0].map((constant) => verify(withConstant(constant)))).toEqual([
      true,
      true,
      false,
    ]);
  });
});
