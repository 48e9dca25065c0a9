// The sentences that formats for people share.
import { describe, expect, it } from 'vitest';
import { describeIdentity } from '../../src/reports/wording.ts';

describe('describeIdentity', () => {
  it('says where a user of a database is one, and of which database', () => {
    const place = { subject: 'app', provider: 'MySQL', account: 'shop', issuer: 'mysql://db.example.com' };
    expect(describeIdentity({ kind: 'database-user', ...place })).toBe(
      'database user app, MySQL, database shop, at mysql://db.example.com',
    );
  });

  it('says who issued a token, and to which account', () => {
    const token = { subject: 'deploy', provider: 'Acme', account: '42', issuer: 'https://id.example.com' };
    expect(
      describeIdentity({ kind: 'service-account', ...token, expiresAt: '2027-01-01T00:00:00.000Z' }),
    ).toBe('service account deploy, Acme, account 42, issued by https://id.example.com, expires 2027-01-01');
  });
});
