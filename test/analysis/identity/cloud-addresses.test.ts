// Azure keys and signatures, and the presigned addresses of AWS and Google Cloud.
import { describe, expect, it } from 'vitest';
import { encodeBase32 } from '../../../src/model/checksum/base-text.ts';
import { readIdentity } from './read-identity.ts';

const KEY = `${'Kk7'.repeat(28)}Kk==`;

function expectHidden(reading: unknown): void {
  expect(JSON.stringify(reading)).not.toContain(KEY.slice(0, 8));
}

describe('azure-storage', () => {
  it('reads the account beside the key', () => {
    const context = `DefaultEndpointsProtocol=https;AccountName=acmestore;AccountKey=${KEY};EndpointSuffix=core.windows.net`;
    const reading = readIdentity('azure-storage', KEY, { context });
    expect(reading).toEqual({
      identity: { kind: 'api-key', provider: 'Acme', account: 'acmestore' },
      expired: false,
      notes: [],
    });
    expectHidden(reading);
  });

  it('reads namespace and policy of a messaging connection string', () => {
    const secret = `Endpoint=sb://acme-bus.servicebus.windows.net/;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=${KEY}`;
    const reading = readIdentity('azure-storage', secret);
    expect(reading.identity).toMatchObject({
      account: 'acme-bus',
      subject: 'RootManageSharedAccessKey',
      issuer: 'acme-bus.servicebus.windows.net',
    });
    expectHidden(reading);
  });

  it('takes nothing from another connection string beside it', () => {
    const other = 'Kk8'.repeat(14);
    const context = [
      `"Storage": "DefaultEndpointsProtocol=https;AccountName=acmestore;AccountKey=${KEY};EndpointSuffix=core.windows.net",`,
      `"Bus": "Endpoint=sb://acme-bus.servicebus.windows.net/;SharedAccessKeyName=Sender;SharedAccessKey=${other}="`,
    ].join('\n');
    const { identity } = readIdentity('azure-storage', KEY, { context });
    expect(identity).toEqual({ kind: 'api-key', provider: 'Acme', account: 'acmestore' });
    expect(readIdentity('azure-storage', `${other}=`, { context }).identity).toMatchObject({
      account: 'acme-bus',
      subject: 'Sender',
    });
  });

  it('reads the account from another line of a configuration', () => {
    const context = `AZURE_STORAGE_KEY=${KEY}\nAccountName=acmestore\n`;
    expect(readIdentity('azure-storage', KEY, { context }).identity).toMatchObject({ account: 'acmestore' });
  });

  it('knows the emulator', () => {
    const context = `AccountName=devstoreaccount1;AccountKey=${KEY}`;
    expect(readIdentity('azure-storage', KEY, { context }).notes).toEqual([
      'the published key of the storage emulator',
    ]);
  });
});

describe('azure-sas', () => {
  const signature = encodeURIComponent(KEY.slice(0, 44));

  it('reads account, permissions and validity of an address', () => {
    const secret = `https://acmestore.blob.core.windows.net/c/b?sv=2022-11-02&st=2025-01-01T00%3A00%3A00Z&se=2025-02-01T00%3A00%3A00Z&sr=b&sp=rw&sip=10.0.0.1&sig=${signature}`;
    const reading = readIdentity('azure-sas', secret);
    expect(reading).toMatchObject({
      expired: true,
      identity: {
        account: 'acmestore',
        issuer: 'acmestore.blob.core.windows.net',
        createdAt: '2025-01-01T00:00:00.000Z',
        expiresAt: '2025-02-01T00:00:00.000Z',
        note: 'permissions rw; resource types b; client addresses 10.0.0.1; version 2022-11-02',
      },
    });
    expectHidden(reading);
  });

  it.each([
    ['2027-03-04', '2027-03-04T00:00:00.000Z'],
    ['2027-03-04T05:06Z', '2027-03-04T05:06:00.000Z'],
    ['2027-03-04T05:06:07', '2027-03-04T05:06:07.000Z'],
    ['2027-03-04T05:06:07%2B01:00', '2027-03-04T04:06:07.000Z'],
    ['1803945600', '2027-03-02T00:00:00.000Z'],
    ['tomorrow', undefined],
    ['March 4, 2027', undefined],
  ])('reads the end %s', (end, expected) => {
    expect(
      readIdentity('azure-sas', `sv=2022-11-02&se=${end}&sp=r&sig=${signature}`).identity.expiresAt,
    ).toBe(expected);
  });

  it('reads the address around a captured signature, as HTML escapes it', () => {
    const context = `<a href="https://acmestore.blob.core.windows.net/c?sv=2022-11-02&amp;si=policy-1&amp;sr=c&amp;sig=${signature}">`;
    const reading = readIdentity('azure-sas', signature, { context });
    expect(reading.identity).toMatchObject({ account: 'acmestore', subject: 'policy-1' });
    expect(reading.notes).toEqual(['valid as long as its stored policy "policy-1" says']);
    expectHidden(reading);
  });

  it('reads a Service Bus token', () => {
    const secret = `SharedAccessSignature sr=https%3a%2f%2facme.servicebus.windows.net%2fq&sig=${signature}&se=1803945600&skn=sender`;
    expect(readIdentity('azure-sas', secret).identity).toMatchObject({
      account: 'acme.servicebus.windows.net',
      subject: 'sender',
      expiresAt: '2027-03-02T00:00:00.000Z',
    });
  });
});

const cask = (signature: string, form = '9', date = 'BF'): string =>
  `${'q'.repeat(52)}JQQJ9${form}${date}${'A'.repeat(16)}${signature}abcd`;

describe('azure-cask', () => {
  it('reads month and service', () => {
    expect(readIdentity('azure-cask', cask('AZDO')).identity).toEqual({
      kind: 'api-key',
      provider: 'Azure DevOps',
      createdAt: '2025-06-01T00:00:00.000Z',
      note: 'created in this month',
    });
  });

  it('says what it does not know, who manages the key, and what form it has', () => {
    expect(readIdentity('azure-cask', cask('zzzz', 'D', 'AL')).identity).toEqual({
      kind: 'api-key',
      provider: 'Acme',
      createdAt: '2024-12-01T00:00:00.000Z',
      note: 'provider signature zzzz; managed by the platform; derived from another key; created in this month',
    });
  });
});

describe('presigned-url', () => {
  const account = Buffer.alloc(10, 0x11);
  account.writeUIntBE(123_456_789_012 * 2 ** 7 + 2 ** 47, 0, 6);
  const keyId = ['AS', 'IA', encodeBase32(account)].join('');
  const signature = 'f0e1d2c3'.repeat(8);

  it('reads signer, account, region and time of version 4', () => {
    const secret = `https://bucket.s3.example.com/x?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${keyId}%2F20250102%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20250102T030405Z&X-Amz-Expires=3600&X-Amz-Signature=${signature}`;
    const reading = readIdentity('presigned-url', secret);
    expect(reading).toMatchObject({
      expired: true,
      identity: {
        kind: 'presigned-url',
        account: '123456789012',
        subject: `ASIA…${keyId.slice(-4)}`,
        issuer: 'bucket.s3.example.com',
        createdAt: '2025-01-02T03:04:05.000Z',
        expiresAt: '2025-01-02T04:04:05.000Z',
        note: 'region eu-west-1; service s3',
      },
    });
    expect(JSON.stringify(reading)).not.toContain(signature.slice(0, 8));
  });

  it('finds the address around a captured signature', () => {
    const context = `curl "https://storage.example.com/b/o?X-Goog-Credential=robot%40p.iam.gserviceaccount.com%2F20250102%2Fauto%2Fstorage%2Fgoog4_request&X-Goog-Date=20250102T030405Z&X-Goog-Expires=60&X-Goog-Signature=${signature}"`;
    expect(readIdentity('presigned-url', signature, { context }).identity).toMatchObject({
      subject: 'robot@p.iam.gserviceaccount.com',
      expiresAt: '2025-01-02T03:05:05.000Z',
    });
  });

  it('reads version 2', () => {
    const secret = `https://bucket.s3.example.com/x?AWSAccessKeyId=${keyId}&Expires=1700000000&Signature=abc`;
    expect(readIdentity('presigned-url', secret).identity).toMatchObject({
      account: '123456789012',
      expiresAt: '2023-11-14T22:13:20.000Z',
    });
  });

  it('reads the address in a short-term Bedrock key', () => {
    const address = `bedrock.example.com/?Action=CallWithBearerToken&X-Amz-Credential=${keyId}%2F20250102%2Fus-east-1%2Fbedrock%2Faws4_request&X-Amz-Date=20250102T030405Z&X-Amz-Expires=43200&X-Amz-Signature=${signature}&Version=1`;
    const secret = ['bedrock', '-api-key-', Buffer.from(address).toString('base64')].join('');
    expect(readIdentity('presigned-url', secret).identity).toMatchObject({
      kind: 'bedrock-api-key',
      account: '123456789012',
      issuer: 'bedrock.example.com',
      expiresAt: '2025-01-02T15:04:05.000Z',
    });
  });
});
