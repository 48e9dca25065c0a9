// Tokens and files that carry their own description: Sentry, 1Password, Grafana, JFrog, PyPI, Google Cloud.
import { describe, expect, it } from 'vitest';
import { readIdentity, toBase64Url } from './read-identity.ts';

const RANDOM = 'Rr8'.repeat(15);
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

function expectHidden(reading: unknown): void {
  expect(JSON.stringify(reading)).not.toContain(RANDOM.slice(0, 8));
}

describe('sentry-org', () => {
  it('reads organization, region and time', () => {
    const payload = base64({
      iat: 1_700_000_000.5,
      url: 'https://sentry.example.com',
      region_url: 'https://eu.sentry.example.com',
      org: 'acme',
    });
    const reading = readIdentity('sentry-org', ['sntr', 'ys_', payload, '_', RANDOM].join(''));
    expect(reading.identity).toMatchObject({
      account: 'acme',
      issuer: 'https://eu.sentry.example.com',
      createdAt: '2023-11-14T22:13:20.500Z',
    });
    expectHidden(reading);
  });
});

describe('onepassword', () => {
  it('reads address, service account and device, and none of the keys', () => {
    const token = {
      signInAddress: 'acme.1password.example',
      email: 'robot@1password.example',
      secretKey: RANDOM,
      srpX: RANDOM,
      muk: { k: RANDOM },
      deviceUuid: 'abcd1234',
    };
    const reading = readIdentity('onepassword', ['op', 's_', toBase64Url(JSON.stringify(token))].join(''));
    expect(reading.identity).toMatchObject({
      issuer: 'acme.1password.example',
      subject: 'robot@1password.example',
      note: 'device abcd1234',
    });
    expectHidden(reading);
  });
});

describe('grafana', () => {
  it('reads organization, name and region of a cloud token', () => {
    const reading = readIdentity(
      'grafana',
      ['gl', 'c_', base64({ o: '4711', n: 'ci-writer', k: RANDOM, m: { r: 'eu' } })].join(''),
    );
    expect(reading.identity).toMatchObject({
      kind: 'access-policy-token',
      account: 'organization 4711',
      subject: 'ci-writer',
      note: 'region eu',
    });
    expectHidden(reading);
  });

  it('reads organization and name of an old API key', () => {
    const reading = readIdentity('grafana', base64({ k: RANDOM, n: 'ci', id: 1 }));
    expect(reading.identity).toMatchObject({ kind: 'api-key', account: 'organization 1', subject: 'ci' });
    expectHidden(reading);
  });

  it('knows a service account token by its prefix', () => {
    expect(readIdentity('grafana', ['gl', 'sa_', RANDOM].join('')).identity.kind).toBe('service-account');
  });
});

const referenceToken = (expiry: string): string =>
  Buffer.from(`reftkn:01:${expiry}:${RANDOM}`).toString('base64');

describe('jfrog-reference', () => {
  it('reads the expiry', () => {
    const reading = readIdentity('jfrog-reference', referenceToken('1700000000'));
    expect(reading.identity.expiresAt).toBe('2023-11-14T22:13:20.000Z');
    expect(reading.expired).toBe(true);
    expectHidden(reading);
  });

  it('notes a token without one', () => {
    expect(readIdentity('jfrog-reference', referenceToken('0000000000'))).toMatchObject({
      expired: false,
      notes: ['never expires'],
    });
  });
});

const packet = (type: number, text: string): Buffer => {
  const bytes = Buffer.from(text);
  const length = bytes.length < 128 ? [bytes.length] : [(bytes.length & 0x7f) | 0x80, bytes.length >> 7];
  return Buffer.concat([Buffer.from([type, ...length]), bytes]);
};
const macaroon = (...caveats: unknown[]): string => {
  const end = Buffer.alloc(1);
  const head = [
    Buffer.from([2]),
    packet(1, 'registry.example.com'),
    packet(2, '919108f7-52d1-4320-9bac-f847db4148a8'),
    end,
  ];
  const body = caveats.flatMap((caveat) => [packet(2, JSON.stringify(caveat)), end]);
  return [
    'py',
    'pi-',
    Buffer.concat([...head, ...body, end, packet(6, RANDOM.slice(0, 32))]).toString('base64url'),
  ].join('');
};

describe('pypi-macaroon', () => {
  it('reads a token of a user', () => {
    const reading = readIdentity(
      'pypi-macaroon',
      macaroon({ version: 1, permissions: 'user' }, [3, 'uuid-of-user']),
    );
    expect(reading.identity).toMatchObject({
      kind: 'user-token',
      issuer: 'registry.example.com',
      subject: 'user uuid-of-user',
      note: 'scope: every project of its user; token id 919108f7-52d1-4320-9bac-f847db4148a8',
    });
    expect(reading.notes).toEqual(['never expires']);
    expectHidden(reading);
  });

  it('reads projects and expiry, in both forms of caveats', () => {
    const projects = Array.from({ length: 12 }, (_, index) => `project-number-${index}`);
    const legacy = readIdentity('pypi-macaroon', macaroon({ version: 1, permissions: { projects } }));
    expect(legacy.identity).toMatchObject({ kind: 'project-token' });
    expect(legacy.identity.note).toContain('scope: project-number-0, project-number-1');
    const tagged = readIdentity(
      'pypi-macaroon',
      macaroon([0, 1_700_000_000, 1_600_000_000], [1, ['one']], [2, ['id-1', 'id-2']]),
    );
    expect(tagged).toMatchObject({
      expired: true,
      identity: { kind: 'project-token', expiresAt: '2023-11-14T22:13:20.000Z' },
    });
    expect(tagged.identity.note).toContain('scope: one; scope: 2 projects by id');
  });

  it('reads nothing from another version', () => {
    expect(
      readIdentity(
        'pypi-macaroon',
        `${['py', 'pi-'].join('')}${Buffer.from([1, 2, 3]).toString('base64url')}`,
      ).identity,
    ).toEqual({
      kind: 'api-key',
      provider: 'Acme',
    });
  });
});

describe('gcp-service-account', () => {
  const file = {
    type: 'service_account',
    project_id: 'my-project',
    private_key_id: '0123456789abcdef0123456789abcdef01234567',
    private_key: `-----BEGIN PRIVATE KEY-----\n${RANDOM}\n-----END PRIVATE KEY-----\n`,
    client_email: 'robot@my-project.iam.gserviceaccount.com',
    client_id: '112233445566778899001',
  };
  const expected = {
    account: 'my-project',
    subject: file.client_email,
    note: `key id ${file.private_key_id}`,
  };

  it('reads the fields around the key', () => {
    const context = JSON.stringify(file, undefined, 2);
    const reading = readIdentity('gcp-service-account', JSON.stringify(file.private_key).slice(1, -1), {
      context,
    });
    expect(reading.identity).toMatchObject(expected);
    expectHidden(reading);
  });

  it('reads the object that is the secret itself, also within a string', () => {
    expect(readIdentity('gcp-service-account', JSON.stringify(file)).identity).toMatchObject(expected);
    expect(readIdentity('gcp-service-account', JSON.stringify(JSON.stringify(file))).identity).toMatchObject(
      expected,
    );
  });

  it('takes the project from the address where it is not told', () => {
    const context = `client_email stands alone: "client_email": "${file.client_email}"`;
    expect(readIdentity('gcp-service-account', 'x', { context }).identity.account).toBe('my-project');
  });

  it('knows the credentials of a person', () => {
    const person = JSON.stringify({
      type: 'authorized_user',
      client_id: '1-a.apps.example.com',
      refresh_token: RANDOM,
    });
    expect(readIdentity('gcp-service-account', person).identity).toMatchObject({
      kind: 'user-credential',
      subject: '1-a.apps.example.com',
    });
  });
});
