// Connection strings: user, host and database are told, the password never.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeReach, environmentOfHost } from '../../../src/analysis/identity/hosts.ts';
import { readIdentity } from './read-identity.ts';

const PASSWORD = 'Pw9!kQz7&Tr5'; // nhi-scan:allow generic-password -- invented
const ENCODED = encodeURIComponent(PASSWORD);

function notesOn(host: string): readonly string[] {
  return readIdentity('connection-string', `redis://:${PASSWORD}@${host}/0`).notes;
}

describe('connection-string', () => {
  it.each([
    [
      `postgres://app:${ENCODED}@db.example.com:5432/shop?sslmode=require`,
      { provider: 'PostgreSQL', subject: 'app', issuer: 'postgres://db.example.com:5432', account: 'shop' },
    ],
    [
      `postgresql+psycopg2://app:${PASSWORD}@db.example.com/shop`,
      { provider: 'PostgreSQL', issuer: 'postgresql+psycopg2://db.example.com' },
    ],
    [
      `mongodb+srv://app:${ENCODED}@cluster0.ab1cd.mongodb.net/shop`,
      { provider: 'MongoDB Atlas', subject: 'app', account: 'shop' },
    ],
    [
      `mongodb://app:${ENCODED}@a.example.com:27017,b.example.com:27018/shop`,
      { issuer: 'mongodb://a.example.com:27017', account: 'shop' },
    ],
    [
      `rediss://:${ENCODED}@eu1-x.upstash.io:6379`,
      { provider: 'Upstash', issuer: 'rediss://eu1-x.upstash.io:6379' },
    ],
    [
      `amqp://svc%40team:${ENCODED}@mq.example.com/%2f`,
      { provider: 'RabbitMQ', subject: 'svc@team', account: '%2f' },
    ],
    [
      `mysql://app:${ENCODED}@shop-prod.abc.eu-west-1.rds.amazonaws.com/shop`,
      { provider: 'Amazon RDS', environment: 'production' },
    ],
    [
      `jdbc:postgresql://db.example.com:5432/shop?user=app&password=${ENCODED}`,
      { provider: 'PostgreSQL', subject: 'app', issuer: 'postgresql://db.example.com:5432', account: 'shop' },
    ],
    [
      `jdbc:sqlserver://acme.database.windows.net:1433;databaseName=shop;user=app;password=x@${PASSWORD}`,
      {
        provider: 'Azure SQL',
        subject: 'app',
        account: 'shop',
        issuer: 'sqlserver://acme.database.windows.net:1433',
      },
    ],
    [
      `Server=tcp:acme.database.windows.net,1433;Initial Catalog=shop;User ID=app;Password=${PASSWORD};`,
      { provider: 'Azure SQL', subject: 'app', account: 'shop', issuer: 'acme.database.windows.net:1433' },
    ],
    [
      `Data Source=sql.example.com\\SQLEXPRESS;Database=shop;Uid=app;Pwd=${PASSWORD}`,
      { subject: 'app', account: 'shop', issuer: 'sql.example.com' },
    ],
    [
      `host=db.example.com port=5432 dbname=shop user=app password=${PASSWORD}`,
      { subject: 'app', account: 'shop', issuer: 'db.example.com:5432' },
    ],
    [
      `app:${PASSWORD}@tcp(db.example.com:3306)/shop?parseTime=true`,
      { provider: 'MySQL', subject: 'app', account: 'shop', issuer: 'mysql://db.example.com:3306' },
    ],
    [`redis://u:${ENCODED}@[2001:db8::1]:6379/0`, { issuer: 'redis://[2001:db8::1]:6379', account: '0' }],
    [
      `https://x-access-token:${ENCODED}@git.example.com/a/b.git`,
      { subject: 'x-access-token', note: 'the user "x-access-token" means that the password is a token' },
    ],
  ])('%s', (secret, expected) => {
    const reading = readIdentity('connection-string', secret);
    expect(reading.identity).toMatchObject(expected);
    expect(JSON.stringify(reading)).not.toContain('Pw9');
  });

  it('reads the address around a captured password, whatever its characters', () => {
    // nhi-scan:allow generic-password -- invented
    for (const password of [PASSWORD, 'p@ss/w:rd?#;x', 'a@b@c.example']) {
      const context = `url: postgres://app:${password}@db.example.com:5432/shop # main`;
      const { identity } = readIdentity('connection-string', password, { context });
      expect(identity).toMatchObject({
        subject: 'app',
        issuer: 'postgres://db.example.com:5432',
        account: 'shop',
      });
      const line = `<add connectionString="Server=db.example.com;Database=shop;User ID=app;Password=${password}" />`;
      const fields = readIdentity('connection-string', password, { context: line }).identity;
      expect(fields).toMatchObject({ subject: 'app', issuer: 'db.example.com', account: 'shop' });
    }
  });

  it('takes the path of an address for an account only where it names an owner', () => {
    const places = ['github.com/acme/shop.git', 'git.example.com/shop.git', 'registry.example.com/simple/'];
    const accounts = places.map(
      (place) => readIdentity('connection-string', `https://deploy:${ENCODED}@${place}`).identity.account,
    );
    expect(accounts).toEqual(['acme', undefined, undefined]);
  });

  it('does not tell a token that stands where the user would', () => {
    const token = 'Tt6'.repeat(12);
    const { identity } = readIdentity('connection-string', `https://${token}@git.example.com/a.git`);
    expect(identity.issuer).toBe('https://git.example.com');
    expect(JSON.stringify(identity)).not.toContain('Tt6Tt6');
  });

  it('notes hosts that cannot be reached from everywhere', () => {
    expect(notesOn('localhost:6379')).toEqual(['its host is this machine (localhost)']);
    expect(notesOn('10.1.2.3')).toEqual(['its host is in a private network']);
    expect(notesOn('redis')).toEqual(['its host has a local name, such as that of a container']);
    expect(notesOn('cache.example.com')).toEqual([]);
  });

  it('never tells the password, whatever it is', () => {
    const passwords = fc.string({
      unit: fc.constantFrom(...'ABXYZ019@/:?#;&=%+!'),
      minLength: 8,
      maxLength: 30,
    });
    fc.assert(
      fc.property(passwords, fc.boolean(), (password, isWhole) => {
        const text = `mysql://app:${password}@db.example.com:3306/shop`;
        const secret = isWhole ? text : password;
        const { identity, notes } = readIdentity('connection-string', secret, { context: `url = "${text}"` });
        const shown = Object.values(identity).concat(notes);
        expect(shown.filter((value) => value.includes(password))).toEqual([]);
      }),
    );
  });
});

describe('describeReach', () => {
  it.each([
    'localhost',
    '127.0.0.1',
    '127.1.2.3',
    '::1',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.1',
    '192.168.1.1',
    '100.64.0.1',
    'fd12::1',
    'db.internal',
    'db.svc.cluster.local',
    'postgres',
  ])('%s is not public', (host) => expect(describeReach(host)).toBeDefined());
  it.each([
    'example.com',
    '172.32.0.1',
    '11.0.0.1',
    '8.8.8.8',
    '100.128.0.1',
    '2001:db8::1',
    'internal.example.com',
  ])('%s is public', (host) => expect(describeReach(host)).toBeUndefined());
});

describe('environmentOfHost', () => {
  it.each([
    ['db-prod-1.example.com', 'production'],
    ['staging.db.example.com', 'staging'],
    ['db.dev.example.com', 'development'],
    ['example.dev', undefined],
    ['product.example.com', undefined],
    ['constructor.example.com', undefined],
  ])('%s: %s', (host, expected) => expect(environmentOfHost(host)).toBe(expected));
});
