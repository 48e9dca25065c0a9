// Kubernetes client configuration, with a certificate made here.
import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readIdentity, toBase64Url } from './read-identity.ts';

/** One DER value. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

function name(attributes: readonly (readonly [number, string])[]): Buffer {
  const sets = attributes.map(([type, value]) =>
    der(0x31, der(0x30, der(0x06, Buffer.from([0x55, 0x04, type])), der(0x0c, Buffer.from(value)))),
  );
  return der(0x30, ...sets);
}

const COMMON_NAME = 3;
const ORGANIZATION = 10;

/** A self-signed Ed25519 certificate in PEM, valid from 2024 to the given year. */
function makeCertificate(endYear: string): string {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const algorithm = der(0x30, der(0x06, Buffer.from([0x2b, 0x65, 0x70])));
  const subject = name([
    [ORGANIZATION, 'system:masters'],
    [COMMON_NAME, 'kubernetes-admin'],
  ]);
  const validity = der(
    0x30,
    der(0x17, Buffer.from('240101000000Z')),
    der(0x17, Buffer.from(`${endYear}0101000000Z`)),
  );
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const version = der(0xa0, der(0x02, Buffer.from([2])));
  const body = der(0x30, version, der(0x02, Buffer.from([1])), algorithm, subject, validity, subject, key);
  const signature = der(0x03, Buffer.alloc(1), sign(null, body, privateKey));
  const text = der(0x30, body, algorithm, signature).toString('base64').replace(/.{64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`;
}

function makeConfig(user: string): string {
  return [
    'apiVersion: v1',
    'clusters:',
    '- cluster:',
    '    server: https://10.20.30.40:6443',
    '  name: shop-cluster',
    'contexts:',
    '- context:',
    '    cluster: shop-cluster',
    '    user: admin-of-shop',
    '  name: admin@shop',
    'current-context: admin@shop',
    'users:',
    '- name: admin-of-shop',
    '  user:',
    user,
  ].join('\n');
}

const SECRET = 'Kc5'.repeat(60);

describe('kubeconfig', () => {
  it('reads cluster, server, user and context', () => {
    const context = makeConfig(`    token: ${SECRET}`);
    expect(readIdentity('kubeconfig', SECRET, { context })).toEqual({
      identity: {
        kind: 'api-key',
        provider: 'Acme',
        account: 'shop-cluster',
        subject: 'admin-of-shop',
        issuer: 'https://10.20.30.40:6443',
        note: 'current context admin@shop',
      },
      expired: false,
      notes: ['its host is in a private network'],
    });
  });

  it('reads user, groups and end from the certificate', () => {
    const certificate = Buffer.from(makeCertificate('25')).toString('base64');
    const context = makeConfig(`    client-certificate-data: ${certificate}\n    client-key-data: ${SECRET}`);
    expect(readIdentity('kubeconfig', SECRET, { context })).toMatchObject({
      expired: true,
      identity: {
        kind: 'client-certificate',
        subject: 'kubernetes-admin',
        createdAt: '2024-01-01T00:00:00.000Z',
        expiresAt: '2025-01-01T00:00:00.000Z',
        note: 'groups system:masters; current context admin@shop',
      },
    });
  });

  it('reads the claims of a token, and keeps the names of the file', () => {
    const claims = { iss: 'kubernetes/serviceaccount', sub: 'system:serviceaccount:shop:robot' };
    const token = `${toBase64Url('{"alg":"RS256"}')}.${toBase64Url(JSON.stringify(claims))}.c2ln`;
    const { identity, notes } = readIdentity('kubeconfig', token, {
      context: makeConfig(`    token: ${token}`),
    });
    expect(identity).toMatchObject({
      kind: 'service-account',
      subject: 'system:serviceaccount:shop:robot',
      account: 'shop-cluster',
    });
    expect(notes).toContain('never expires: it has no exp claim');
  });

  it('takes the entry above the secret where nothing else names the user', () => {
    const context = `users:\n- name: first\n  user: {}\n- name: second\n  user:\n    token: ${SECRET}\n- name: third\n`;
    expect(readIdentity('kubeconfig', SECRET, { context }).identity.subject).toBe('second');
  });

  it('joins user, context and cluster where there are several', () => {
    const context = `clusters:
- cluster:
    server: https://one.example.com
  name: one
- cluster:
    server: https://two.example.com
  name: two
contexts:
- context:
    cluster: one
    namespace: shop
    user: first
  name: a
- context:
    cluster: two
    user: second
  name: b
users:
- name: first
  user:
    token: ${SECRET}
- name: second
  user:
    token: other
`;
    expect(readIdentity('kubeconfig', SECRET, { context }).identity).toMatchObject({
      subject: 'first',
      account: 'one',
      issuer: 'https://one.example.com',
    });
  });

  it('does not take the certificate of another user', () => {
    const certificate = Buffer.from(makeCertificate('25')).toString('base64');
    const context = makeConfig(
      `    token: ${SECRET}\n- name: other\n  user:\n    client-certificate-data: ${certificate}`,
    );
    const { identity, expired } = readIdentity('kubeconfig', SECRET, { context });
    expect(identity.subject).toBe('admin-of-shop');
    expect(expired).toBe(false);
  });

  it('survives a certificate that is none', () => {
    const context = makeConfig(
      `    client-certificate-data: ${'QUJD'.repeat(40)}\n    client-key-data: ${SECRET}`,
    );
    expect(readIdentity('kubeconfig', SECRET, { context }).identity.subject).toBe('admin-of-shop');
  });
});
