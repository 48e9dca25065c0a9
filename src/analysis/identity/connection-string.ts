// Connection strings: who connects to what. The password is never told.
import type { Connection } from './connection-parts.ts';
import { readConnection } from './connection-parts.ts';
import type { Decoder, Facts } from './decoder.ts';
import { cloudOf, describeReach, environmentOf, environmentOfHost } from './hosts.ts';
import { decodePercent } from './url-query.ts';

/** User, host and database; where the host is; and the environment that its name says. */
export const decodeConnectionString: Decoder = (input) => {
  const connection = readConnection(input);
  if (!connection) return {};
  const facts = { ...describeHost(connection), ...describeUser(connection) };
  return { ...facts, account: isAccount(connection) ? connection.database : undefined };
};

/** Hosts whose addresses begin with the owner of a repository. */
const OWNED: ReadonlySet<string> = new Set([
  'github.com',
  'gitlab.com',
  'bitbucket.org',
  'codeberg.org',
  'dev.azure.com',
]);

/** The path of an address of the web is no database, and seldom an account. */
function isAccount({ scheme, host = '' }: Connection): boolean {
  return !/^(?:https?|git|ssh|[st]?ftps?|smtps?|ldaps?|smb)$/.test(scheme) || OWNED.has(host.toLowerCase());
}

/** By scheme, up to a `+driver`. */
const PRODUCTS: Readonly<Record<string, string>> = {
  postgres: 'PostgreSQL',
  postgresql: 'PostgreSQL',
  postgis: 'PostgreSQL',
  mysql: 'MySQL',
  mysql2: 'MySQL',
  mariadb: 'MariaDB',
  mongodb: 'MongoDB',
  redis: 'Redis',
  rediss: 'Redis',
  amqp: 'RabbitMQ',
  amqps: 'RabbitMQ',
  sqlserver: 'SQL Server',
  mssql: 'SQL Server',
  oracle: 'Oracle Database',
  clickhouse: 'ClickHouse',
  cockroachdb: 'CockroachDB',
  snowflake: 'Snowflake',
  nats: 'NATS',
  ldap: 'LDAP',
  ldaps: 'LDAP',
  ftp: 'FTP',
  ftps: 'FTP',
  sftp: 'SFTP',
  smb: 'SMB',
  smtp: 'SMTP',
  smtps: 'SMTP',
};

/** User names that stand for no user: what follows them is a token. */
const TOKEN_USERS: ReadonlySet<string> = new Set([
  'x-access-token',
  'oauth2',
  'gitlab-ci-token',
  '__token__',
  'token',
]);

/** Passwords that are none: what stands before them is a token. The same as in the rule for such addresses. */
const TOKEN_PASSWORDS: ReadonlySet<string> = new Set([
  'x-oauth-basic',
  'x-access-token',
  'x-token-auth',
  'api_token',
]);

function describeUser({ user, password }: Connection): Facts {
  const isUserToken = password !== undefined && TOKEN_PASSWORDS.has(password.toLowerCase());
  // Without a password the name before the host is the secret itself.
  if (password === undefined || isUserToken) {
    const details = isUserToken ? [`the password "${password}" means that the user is a token`] : [];
    return { details, secretParts: [user] };
  }
  const isToken = user !== undefined && TOKEN_USERS.has(user);
  return {
    subject: user,
    details: [isToken ? `the user "${user}" means that the password is a token` : undefined],
    secretParts: [password, decodePercent(password)],
  };
}

function describeHost({ scheme, host, port, database = '' }: Connection): Facts {
  const product = PRODUCTS[scheme.split('+', 1)[0]!];
  if (host === undefined) return { provider: product, environment: environmentOf(database) };
  const name = host.includes(':') ? `[${host}]` : host;
  const authority = port === undefined ? name : `${name}:${port}`;
  return {
    provider: cloudOf(host) ?? product,
    issuer: scheme === '' ? authority : `${scheme}://${authority}`,
    environment: environmentOfHost(host) ?? environmentOf(database),
    notes: [describeReach(host)],
  };
}
