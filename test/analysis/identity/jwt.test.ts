// JSON Web Tokens, by what issuers put into them.
import { describe, expect, it } from 'vitest';
import { NOW_MS, readIdentity, toBase64Url } from './read-identity.ts';

const SIGNATURE = 'Sg9'.repeat(14);
const YEAR_LATER = NOW_MS / 1000 + 31_536_000;

function jwt(claims: object, header: object = { alg: 'RS256', kid: 'key-1' }): string {
  return `${toBase64Url(JSON.stringify(header))}.${toBase64Url(JSON.stringify(claims))}.${SIGNATURE}`;
}

describe('jwt', () => {
  it('reads issuer, subject, audience, algorithm, key and time', () => {
    const claims = {
      iss: 'https://issuer.example.com',
      sub: 'robot',
      aud: ['api', 'web'],
      iat: 1_767_225_600,
      exp: YEAR_LATER,
    };
    const reading = readIdentity('jwt', jwt({ ...claims, azp: 'client-7', scope: 'read' }));
    expect(reading).toEqual({
      identity: {
        kind: 'api-key',
        provider: 'Acme',
        issuer: 'https://issuer.example.com',
        subject: 'robot',
        createdAt: '2026-01-01T00:00:00.000Z',
        expiresAt: '2027-01-15T00:00:00.000Z',
        note: 'algorithm RS256; key id key-1; audience api, web; client client-7; scope read',
      },
      expired: false,
      notes: [],
    });
    expect(JSON.stringify(reading)).not.toContain(SIGNATURE.slice(0, 8));
  });

  const tenant = '00000000-0000-4000-8000-000000000001';
  it.each([
    [{ iss: 'https://securetoken.google.com/my-app' }, { provider: 'Firebase', account: 'my-app' }],
    [{ iss: 'https://accounts.google.com' }, { provider: 'Google' }],
    [
      { iss: `https://sts.windows.net/${tenant}/`, idtyp: 'app' },
      { provider: 'Microsoft Entra ID', account: tenant, kind: 'service-principal' },
    ],
    [
      { iss: `https://login.microsoftonline.com/${tenant}/v2.0` },
      { provider: 'Microsoft Entra ID', account: tenant },
    ],
    [{ iss: 'https://acme.okta.com/oauth2/default' }, { provider: 'Okta', account: 'acme.okta.com' }],
    [{ iss: 'https://acme.eu.auth0.com/' }, { provider: 'Auth0', account: 'acme.eu.auth0.com' }],
    [
      { iss: 'kubernetes/serviceaccount', 'kubernetes.io/serviceaccount/namespace': 'shop' },
      { provider: 'Kubernetes', kind: 'service-account', account: 'shop' },
    ],
    [
      { iss: 'https://kubernetes.default.svc.cluster.local', 'kubernetes.io': { namespace: 'shop' } },
      { provider: 'Kubernetes', account: 'shop' },
    ],
    [
      { iss: 'https://token.actions.githubusercontent.com', repository_owner: 'acme' },
      { provider: 'GitHub Actions', kind: 'workload', account: 'acme' },
    ],
    [
      { iss: 'https://gitlab.com', namespace_path: 'acme' },
      { provider: 'GitLab CI/CD', account: 'acme' },
    ],
    [
      { iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab' },
      { provider: 'Amazon Cognito', account: 'eu-west-1_Ab' },
    ],
    [
      { iss: 'supabase', ref: 'abcdefgh', role: 'service_role' },
      { provider: 'Supabase', account: 'abcdefgh' },
    ],
    [{ iss: 'jfac@0123abc' }, { provider: 'JFrog', account: '0123abc' }],
    [{ iss: 'https://evil.example.com/?https://gitlab.com' }, { provider: 'Acme' }],
  ])('%j', (claims, expected) => {
    expect(readIdentity('jwt', jwt({ ...claims, exp: YEAR_LATER })).identity).toMatchObject(expected);
  });

  it('notes what never expires and what is not signed', () => {
    const unsigned = `${toBase64Url('{"alg":"none"}')}.${toBase64Url('{"sub":"x"}')}.`;
    expect(readIdentity('jwt', unsigned).notes).toEqual([
      'is not signed: its algorithm is "none"',
      'never expires: it has no exp claim',
    ]);
  });

  it('finds the token in a header value', () => {
    expect(readIdentity('jwt', `Bearer ${jwt({ sub: 'robot' })}`).identity.subject).toBe('robot');
  });

  it('reads nothing from three parts that are no JWT', () => {
    for (const secret of [
      'eyJ.eyJ.eyJ',
      `${toBase64Url('{"typ":"TCV2"}')}.${'q'.repeat(36)}.x`,
      `${toBase64Url('[1]')}.${toBase64Url('{}')}.x`,
    ]) {
      expect(readIdentity('jwt', secret).identity).toEqual({ kind: 'api-key', provider: 'Acme' });
    }
  });

  it('does not take claims from a prototype', () => {
    const secret = `${toBase64Url('{"alg":"RS256"}')}.${toBase64Url('{"__proto__":{"sub":"polluted"}}')}.x`;
    expect(readIdentity('jwt', secret).identity).not.toHaveProperty('subject');
  });
});
