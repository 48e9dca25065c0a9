// The parts of a connection string, in the forms that drivers read.
import type { IdentityInput } from './decoder.ts';
import { runAround } from './text-search.ts';
import { decodePercent } from './url-query.ts';

export interface Connection extends Credentials {
  /** Empty for forms that name none. */
  readonly scheme: string;
  /** Without port. */
  readonly host: string | undefined;
  readonly port: string | undefined;
  readonly database: string | undefined;
}

interface Credentials {
  readonly user: string | undefined;
  readonly password: string | undefined;
}

/** The connection that the secret is, or stands in; undefined when neither has a form that is known. */
export function readConnection(input: IdentityInput): Connection | undefined {
  return readUrl(input) ?? readGoDsn(input) ?? readKeyValues(input);
}

/** `scheme://user:password@host:port/database`, the JDBC form included. */
function readUrl(input: IdentityInput): Connection | undefined {
  const text = input.secret.includes('://') ? input.secret : runAround(input, /[\s"'`<>]/);
  const url = /(?<![\w.+-])(?:jdbc:)?([a-z][a-z0-9+.-]{1,30}):\/\/(.*)$/is.exec(text);
  if (!url) return undefined;
  const [, scheme, rest] = url as unknown as [string, string, string];
  const at = findUserinfoEnd(rest, input.secret);
  const [, address, name, port, database] = PLACE.exec(rest.slice(at + 1))!;
  return {
    scheme: scheme.toLowerCase(),
    ...(at < 0 ? readCredentials(rest) : splitUserinfo(rest.slice(0, at))),
    host: address ?? name,
    port,
    database: database ?? readField(rest, DATABASE),
  };
}

/** Address or name, port, further hosts, database. What is too long is no name: a part of it may be one of a secret. */
const PLACE =
  /^(?:\[([0-9a-f:.]{2,45})\]|([^\s/?#,:;()[\]]{1,253})(?![^\s/?#,:;()[\]]))?(?::(\d{1,5}))?[^/?#;]{0,512}(?:\/([^\s/?#;&]{1,128})(?![^\s/?#;&]))?/i;

function splitUserinfo(userinfo: string): Credentials {
  const colon = userinfo.indexOf(':');
  if (colon < 0) return { user: decodePercent(userinfo), password: undefined };
  return { user: decodePercent(userinfo.slice(0, colon)), password: userinfo.slice(colon + 1) };
}

// A password may hold any character when it was not encoded; where it is known, it shows where it ends.
function findUserinfoEnd(rest: string, secret: string): number {
  const known = rest.indexOf(`:${secret}@`);
  if (known >= 0) return known + 1 + secret.length;
  const authority = /^[^/?#;]*/.exec(rest)![0];
  return authority.includes('@') ? authority.lastIndexOf('@') : /^[^?;]*/.exec(rest)![0].indexOf('@');
}

/** `user:password@tcp(host:port)/database`, as Go's MySQL driver reads it. */
function readGoDsn(input: IdentityInput): Connection | undefined {
  const text = input.secret.includes('@') ? input.secret : runAround(input, /[\s"'`<>]/);
  const dsn =
    /^(?:.{0,64}=)?([\w.-]{1,64}):(.{1,256})@(?:tcp|udp)\(([^():\s]{1,253})(?::(\d{1,5}))?\)\/([\w-]{0,64})(?![\w-])/.exec(
      text,
    );
  if (!dsn) return undefined;
  const [, user, password, host, port, database] = dsn;
  return { scheme: 'mysql', user, password, host, port, database };
}

const SERVER = fieldPattern('server|data source|host|hostname|addr|address|network address');
const PORT = fieldPattern('port');
const DATABASE = fieldPattern('database|initial catalog|dbname|databasename');
const USER = fieldPattern('user id|uid|user|username|user name');
const PASSWORD = fieldPattern('password|pwd');

/** `Server=…;Database=…;User ID=…;Password=…`, and the same separated by blanks. */
function readKeyValues(input: IdentityInput): Connection | undefined {
  const text = SERVER.test(input.secret) ? input.secret : runAround(input, /["'`\r\n]/);
  const server = /^(?:tcp:)?([^,:\\\s]{1,253})(?:\\[\w$]{1,64})?(?:[,:](\d{1,5}))?/i.exec(
    readField(text, SERVER) ?? '',
  );
  if (!server) return undefined;
  return {
    scheme: '',
    ...readCredentials(text),
    host: server[1],
    port: server[2] ?? readField(text, PORT),
    database: readField(text, DATABASE),
  };
}

function readCredentials(text: string): Credentials {
  return { user: readField(text, USER), password: readField(text, PASSWORD) };
}

function fieldPattern(names: string): RegExp {
  return new RegExp(`(?:^|[;?&\\s"'(])(?:${names})\\s{0,3}=\\s{0,3}([^;&\\s"']{1,253})(?![^;&\\s"'])`, 'i');
}

function readField(text: string, pattern: RegExp): string | undefined {
  return pattern.exec(text)?.[1];
}
