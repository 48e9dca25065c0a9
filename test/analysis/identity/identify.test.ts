// What holds for every decoder: the hint remains, nothing throws, no secret is shown, absurd times are dropped.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DECODERS } from '../../../src/analysis/identity/decoders.ts';
import { DECODER_NAMES } from '../../../src/model/decoder-names.ts';
import { NOW_MS, readIdentity, toBase64Url } from './read-identity.ts';

const NAMES = Object.keys(DECODERS);
const HINT = { kind: 'api-key', provider: 'Acme' };

/** Beginnings of the formats that decoders know, so that garbage reaches their depths. */
const BEGINNINGS = [
  '',
  'eyJ',
  'ghs_1_eyJ',
  'github_pat_11',
  'glpat-',
  'xoxb-',
  'pypi-',
  'pypi-Ag',
  'sntrys_',
  'ops_',
  'glc_',
  'ABSK',
  '-----BEGIN OPENSSH PRIVATE KEY-----',
  '-----BEGIN RSA PRIVATE KEY-----',
  'PuTTY-User-Key-File-3: ',
  'postgres://',
  'mongodb+srv://a:',
  '?X-Amz-Credential=',
  '?sig=',
  'bedrock-api-key-',
  'AKIA',
  '01J',
];

function jwt(claims: object): string {
  return [toBase64Url('{"alg":"RS256"}'), toBase64Url(JSON.stringify(claims)), 'c2ln'].join('.');
}

describe('identify', () => {
  it('has a name that rules may give, and no other name does', () => {
    expect([...DECODER_NAMES]).toEqual(Object.keys(DECODERS).sort());
  });

  it('says what the rule says when there is no decoder, or none of that name', () => {
    for (const decoder of ['', 'unknown', 'constructor', '__proto__', 'toString']) {
      expect(readIdentity(decoder, 'value')).toEqual({ identity: HINT, expired: false, notes: [] });
    }
  });

  it('keeps the environment that the rule decides', () => {
    const { identity } = readIdentity('stripe', ['sk', '_live_'].join('') + 'a'.repeat(24), {
      environment: 'sandbox',
    });
    expect(identity.environment).toBe('sandbox');
  });

  it('writes times as ISO 8601 in UTC, and says what is expired', () => {
    const { identity, expired, notes } = readIdentity('jwt', jwt({ iat: 1_700_000_000, exp: 1_700_003_600 }));
    expect(identity).toMatchObject({
      createdAt: '2023-11-14T22:13:20.000Z',
      expiresAt: '2023-11-14T23:13:20.000Z',
    });
    expect(expired).toBe(true);
    expect(notes).toContain('expired on 2023-11-14');
  });

  it('drops absurd times', () => {
    for (const exp of [0, -5, 1, 1_000_000_000, 5_000_000_000, 1e300, Number.MAX_SAFE_INTEGER]) {
      const reading = readIdentity('jwt', jwt({ iat: exp, exp }));
      expect(reading.identity).not.toHaveProperty('createdAt');
      expect(reading.identity).not.toHaveProperty('expiresAt');
      expect(reading.expired).toBe(false);
    }
  });

  it('does not call expired what expires after the scan', () => {
    expect(readIdentity('jwt', jwt({ exp: NOW_MS / 1000 + 1 })).expired).toBe(false);
    expect(readIdentity('jwt', jwt({ exp: NOW_MS / 1000 })).expired).toBe(true);
  });

  it('makes hostile text harmless: control characters escaped, lines joined, length cut', () => {
    const { identity } = readIdentity('jwt', jwt({ sub: 'a\u001b[31m\n\nb\u202e', iss: 'x'.repeat(5000) }));
    expect(identity.subject).toBe('a\\u{1b}[31m b\\u{202e}');
    expect(identity.issuer).toHaveLength(201);
  });

  it('reads UTF-8 in latin1 context', () => {
    const user = Buffer.from('müller').toString('latin1');
    expect(
      readIdentity('connection-string', `postgres://${user}:geheim1@db.example.com/x`).identity.subject,
    ).toBe('müller');
  });

  it('never shows a text that holds the secret', () => {
    const { identity } = readIdentity('connection-string', 'hunter22', {
      context: 'postgres://hunter22:hunter22@hunter22.example.com/hunter22', // nhi-scan:allow generic-url-credentials -- invented
    });
    expect(JSON.stringify(identity)).not.toContain('hunter22');
  });
});

describe.each(NAMES)('%s', (name) => {
  it('is total: whatever the text, the hint remains or becomes more precise', () => {
    const start = fc.constantFrom(...BEGINNINGS);
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('base64')),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
      fc.json().map(toBase64Url),
    );
    fc.assert(
      fc.property(start, text, text, (prefix, secret, context) => {
        const reading = readIdentity(name, prefix + secret, {
          context: context + prefix + secret,
          captures: { part: context },
        });
        expect(reading.identity.kind).not.toBe('');
        expect(reading.identity.provider).not.toBe('');
        for (const value of Object.values(reading.identity)) {
          expect(typeof value).toBe('string');
          expect(value).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f]/);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('does bounded work on long hostile texts', () => {
    const units = [
      'eyJ',
      'a',
      ' ',
      '"',
      '=',
      '://',
      '@',
      '-----BEGIN RSA PRIVATE KEY-----',
      'name: x\n',
      'AKIA',
      '0123456789abcdef',
      ';user=',
    ];
    for (const unit of units) {
      const secret = unit.repeat(Math.ceil(200_000 / unit.length));
      expect(readIdentity(name, secret, { context: secret }).identity.kind).not.toBe('');
    }
  });
});
