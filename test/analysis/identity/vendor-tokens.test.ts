// Tokens whose prefix or fixed places say whose they are.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeBase32 } from '../../../src/model/checksum/base-text.ts';
import { readIdentity, toBase64Url } from './read-identity.ts';

const join = (...parts: string[]): string => parts.join('');

/** A key id of an account: the reverse of what is read. */
function keyIdOf(prefix: string, account: number): string {
  const bytes = Buffer.alloc(10, 0xa5);
  bytes.writeUIntBE(account * 2 ** 7 + 2 ** 47, 0, 6);
  return prefix + encodeBase32(bytes);
}

describe('aws-key-id', () => {
  it('reads the account of any key id', () => {
    fc.assert(
      fc.property(
        fc.nat(99_999_999).chain((low) => fc.nat(9999).map((high) => high * 1e8 + low)),
        (account) => {
          const keyId = keyIdOf('AKIA', account);
          fc.pre(!/[IJ]/.test(keyId[4]!));
          const { identity } = readIdentity('aws-key-id', 's'.repeat(40), { captures: { id: keyId } });
          expect(identity).toMatchObject({
            account: String(account).padStart(12, '0'),
            subject: `AKIA…${keyId.slice(-4)}`,
            kind: 'access-key',
          });
        },
      ),
    );
  });

  it('labels keys of canary accounts', () => {
    const keyId = join('AK', 'IA', 'QYLPMN5H', 'AAAAAAAA');
    const { identity, notes } = readIdentity('aws-key-id', keyId);
    expect(identity).toMatchObject({ account: '052310077262', note: 'possible honeytoken, do not test' });
    expect(notes).toEqual(['possible honeytoken, do not test']);
    expect(identity.subject).toBeUndefined();
  });

  it('takes the key id nearest to the secret', () => {
    const [near, far] = [keyIdOf('ASIA', 123_456_789_012), keyIdOf('AKIA', 210_987_654_321)];
    const secret = 'w'.repeat(40);
    const context = `id = ${far}\n\n\n\nid = ${near}\nsecret = ${secret}\n`;
    expect(readIdentity('aws-key-id', secret, { context }).identity).toMatchObject({
      account: '123456789012',
      kind: 'temporary-access-key',
    });
  });

  it('reads no account from old ids', () => {
    const { identity } = readIdentity('aws-key-id', 's'.repeat(40), {
      captures: { id: join('AK', 'IA', 'J', 'A'.repeat(15)) },
    });
    expect(identity).not.toHaveProperty('account');
  });

  it('reads the user and the account of a long-term Bedrock key, not its secret', () => {
    const text = `BedrockAPIKey-ab12-at-123456789012:${'Zz9'.repeat(14)}`;
    const { identity } = readIdentity('aws-key-id', join('AB', 'SK') + Buffer.from(text).toString('base64'));
    expect(identity).toMatchObject({ subject: 'BedrockAPIKey-ab12', account: '123456789012' });
    expect(JSON.stringify(identity)).not.toContain('Zz9');
  });
});

describe('github', () => {
  it.each([
    ['ghp_', 'personal-token', 'classic personal access token'],
    ['gho_', 'oauth-token', 'OAuth access token, acts for a user'],
    ['ghu_', 'user-token', 'GitHub App token, acts for a user'],
    ['ghs_', 'app-installation', 'GitHub App installation token'],
    ['ghr_', 'refresh-token', 'GitHub App refresh token'],
  ])('%s…', (prefix, kind, note) => {
    expect(readIdentity('github', prefix + 'a'.repeat(36)).identity).toEqual({
      kind,
      provider: 'Acme',
      note,
    });
  });

  it('names the probable owner of a fine-grained token', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), (id) => {
        const bytes = Buffer.alloc(4);
        bytes.writeUInt32BE(id);
        const secret = `${join('github', '_pat_')}11${encodeBase32(bytes)}0${'B'.repeat(12)}_${'c'.repeat(59)}`;
        expect(readIdentity('github', secret).identity.subject).toBe(`probable user id ${id}`);
      }),
    );
  });

  it('reads app, issue and expiry of a stateless installation token', () => {
    const claims = toBase64Url(JSON.stringify({ iat: 1_780_000_000, exp: 1_780_003_600 }));
    const secret = `${join('gh', 's_')}12345_${toBase64Url('{"alg":"ES256"}')}.${claims}.${'x'.repeat(86)}`;
    expect(readIdentity('github', secret).identity).toMatchObject({
      kind: 'app-installation',
      subject: 'app 12345',
      createdAt: '2026-05-28T20:26:40.000Z',
      expiresAt: '2026-05-28T21:26:40.000Z',
    });
  });
});

describe('gitlab', () => {
  it('names the kind by the prefix', () => {
    expect(readIdentity('gitlab', join('gl', 'dt-') + 'a'.repeat(20)).identity).toMatchObject({
      kind: 'deploy-token',
    });
    expect(readIdentity('gitlab', join('GR', '1348941') + 'a'.repeat(20)).identity).toMatchObject({
      kind: 'runner',
    });
  });

  const random = Buffer.alloc(16, 0xfe);
  const routing = Buffer.from('c:1\no:2s\np:zz\nu:iwbh4');
  it.each([
    ['present', Buffer.concat([random, routing, Buffer.from([routing.length])]), '.01'],
    ['first', Buffer.concat([routing, random, Buffer.from([random.length])]), ''],
  ])('reads the routing payload of the %s form', (_, payload, version) => {
    const text = payload.toString('base64url');
    const secret = `${join('gl', 'rt-')}t3_${text}${version}.${text.length.toString(36).padStart(2, '0')}0000000`;
    expect(readIdentity('gitlab', secret).identity).toMatchObject({
      kind: 'runner',
      account: 'organization 100, cell 1',
      subject: `project 1295, user ${parseInt('iwbh4', 36)}`,
    });
  });

  it('says nothing of a payload that is no routing', () => {
    const secret = `${join('gl', 'pat-')}${'Ab1_'.repeat(9)}.01.100000000`;
    expect(readIdentity('gitlab', secret).identity).not.toHaveProperty('account');
  });
});

describe('slack', () => {
  it.each([
    [
      join('xo', 'xb-', '1234567890123-2345678901234-'),
      { kind: 'bot', account: 'workspace 1234567890123', subject: 'user 2345678901234' },
    ],
    [
      join('xo', 'xp-', '123456789012-234567890123-345678901234-'),
      { kind: 'user-token', subject: 'user 234567890123' },
    ],
    [
      join('xo', 'xe.xo', 'xb-1-'),
      { kind: 'bot', note: 'bot token; rotated token, expires within 12 hours' },
    ],
    [join('xa', 'pp-1-', 'A012ABCD34E-1234567890123-'), { kind: 'app-token', subject: 'app A012ABCD34E' }],
    [
      'https://hooks.example.com/services/T012ABCDE/B345FGHIJ/',
      { kind: 'webhook', account: 'workspace T012ABCDE', subject: 'B345FGHIJ' },
    ],
  ])('%s…', (prefix, expected) => {
    const { identity } = readIdentity('slack', `${prefix}Qq7Zz8Xx9Ww6Vv5Uu4Tt3Ss2`);
    expect(identity).toMatchObject(expected);
    expect(JSON.stringify(identity)).not.toContain('Qq7Zz8Xx');
  });
});

describe('stripe, mailchimp, twilio', () => {
  it('reads mode and kind of a Stripe key', () => {
    expect(readIdentity('stripe', join('rk', '_test_') + 'a'.repeat(24)).identity).toEqual({
      kind: 'restricted-key',
      provider: 'Acme',
      environment: 'test',
    });
    expect(readIdentity('stripe', join('wh', 'sec_') + 'a'.repeat(32)).identity.kind).toBe('webhook');
  });

  it('reads the data centre of a Mailchimp key', () => {
    expect(readIdentity('mailchimp', `${'0a'.repeat(16)}-us12`).identity).toMatchObject({
      issuer: 'us12.api.mailchimp.com',
    });
  });

  it('reads account and key that stand with a Twilio secret', () => {
    const [account, key, secret] = [
      join('AC', 'a1'.repeat(16)),
      join('SK', 'b2'.repeat(16)),
      'c3'.repeat(16),
    ];
    const context = `TWILIO_ACCOUNT=${account}\nTWILIO_KEY=${key}\nTWILIO_SECRET=${secret}`;
    expect(readIdentity('twilio', secret, { context }).identity).toMatchObject({ account, subject: key });
  });
});

/** The middle part of a Discord token. */
function issue(seconds: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(seconds);
  return bytes.toString('base64url');
}

describe('chat bots', () => {
  const id = String((BigInt(Date.UTC(2021, 4, 6) - 1_420_070_400_000) << 22n) + 77n);
  it.each([
    ['its own time', issue(Date.UTC(2022, 1, 2) / 1000), '2022-02-02T00:00:00.000Z'],
    [
      'its own time of the old count',
      issue(Date.UTC(2022, 1, 2) / 1000 - 1_293_840_000),
      '2022-02-02T00:00:00.000Z',
    ],
    ['the time of its bot, when its own is absurd', issue(0xffffffff), '2021-05-06T00:00:00.000Z'],
  ])('a Discord token tells %s', (_, middle, createdAt) => {
    const { identity } = readIdentity('discord-bot', `${toBase64Url(id)}.${middle}.${'Hh5'.repeat(9)}`);
    expect(identity).toMatchObject({ kind: 'bot', subject: id, createdAt });
    expect(JSON.stringify(identity)).not.toContain('Hh5Hh5');
  });

  it('a Discord webhook tells its id and time', () => {
    const { identity } = readIdentity(
      'discord-bot',
      `https://discord.example.com/api/webhooks/${id}/${'x'.repeat(68)}`,
    );
    expect(identity).toMatchObject({ kind: 'webhook', subject: id, createdAt: '2021-05-06T00:00:00.000Z' });
  });

  it('a Telegram token tells its bot', () => {
    expect(readIdentity('telegram', `123456789:A${'a'.repeat(34)}`).identity).toMatchObject({
      kind: 'bot',
      subject: 'bot 123456789',
    });
  });
});
