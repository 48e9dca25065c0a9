// Kubernetes client configuration: which cluster, as whom, until when.
import { X509Certificate } from 'node:crypto';
import type { Decoder, Facts, IdentityInput } from './decoder.ts';
import { describeReach } from './hosts.ts';
import { describeJwt, readJwt } from './jwt.ts';
import { findNearest } from './text-search.ts';
import { hostOf } from './url-query.ts';

const NAME = '["\']?([\\w.@:/-]{1,253})["\']?';
const ADDRESS = '["\']?(https?:\\/\\/[^\\s"\']{1,253})["\']?';

// Fields in the order that kubectl writes them.
const SERVER = new RegExp(`(?<![\\w-])server:[ \\t]{1,8}${ADDRESS}`, 'g');
const CLUSTER_ENTRY = new RegExp(
  `(?<![\\w-])server:[ \\t]{1,8}${ADDRESS}\\s{1,40}name:[ \\t]{1,8}${NAME}`,
  'g',
);
const CONTEXT_ENTRY = new RegExp(
  `(?<![\\w-])cluster:[ \\t]{1,8}${NAME}\\s{1,40}(?:namespace:[^\\r\\n]{0,100}\\s{1,40})?user:[ \\t]{1,8}${NAME}`,
  'g',
);
const USER_ENTRY = new RegExp(`-[ \\t]{1,8}name:[ \\t]{1,8}${NAME}\\s{1,40}user:`, 'g');
const CURRENT_CONTEXT = new RegExp(`(?<![\\w-])current-context:[ \\t]{1,8}${NAME}`, 'g');
const CERTIFICATE = /(?<![\w-])client-certificate-data:[ \t]{1,8}["']?([A-Za-z0-9+/=]{64,16384})/g;
const BEFORE_CLIENT_KEY = /client-key-data:[ \t]{1,8}["']?$/;

/** Names from the file, subject and end from the certificate or the token. */
export const decodeKubeconfig: Decoder = (input) => {
  const user = findUser(input);
  const cluster = findCluster(input.context, user);
  const server = findServer(input.context, cluster);
  const host = server === undefined ? undefined : hostOf(server);
  const current = findNearest(input, CURRENT_CONTEXT)?.[1];
  const credential = describeToken(input) ?? describeCertificate(input) ?? {};
  return {
    ...credential,
    account: cluster,
    subject: credential.subject ?? user,
    issuer: server,
    details: [
      ...(credential.details ?? []),
      current === undefined ? undefined : `current context ${current}`,
    ],
    notes: [...(credential.notes ?? []), host === undefined ? undefined : describeReach(host)],
  };
};

/** The entry that the secret stands in, or the only user that a context names. */
function findUser({ secret, context }: IdentityInput): string | undefined {
  const start = Math.max(context.indexOf(secret), 0);
  const entry = [...context.slice(0, start).matchAll(USER_ENTRY)].at(-1)?.[1];
  return entry ?? onlyOne([...context.matchAll(CONTEXT_ENTRY)].map((found) => found[2]!));
}

/** The cluster that the user's context names. */
function findCluster(context: string, user: string | undefined): string | undefined {
  const entries = [...context.matchAll(CONTEXT_ENTRY)].filter((found) => found[2] === user);
  return onlyOne(entries.map((found) => found[1]!));
}

function findServer(context: string, cluster: string | undefined): string | undefined {
  const entry = [...context.matchAll(CLUSTER_ENTRY)].find((found) => found[2] === cluster);
  return entry?.[1] ?? onlyOne([...context.matchAll(SERVER)].map((found) => found[1]!));
}

/** The value, when all of them are the same: a file with several clusters must not be guessed at. */
function onlyOne(values: readonly string[]): string | undefined {
  return values.every((value) => value === values[0]) ? values[0] : undefined;
}

function describeToken({ secret }: IdentityInput): Facts | undefined {
  const jwt = readJwt(secret);
  if (!jwt) return undefined;
  const { kind, subject, createdAtMs, expiresAtMs, details = [], notes = [] } = describeJwt(jwt);
  return { kind, subject, createdAtMs, expiresAtMs, details, notes };
}

/** The certificate of a client key. Common name and organization are user and group to Kubernetes. */
function describeCertificate(input: IdentityInput): Facts | undefined {
  const base64 = isClientKey(input) ? findNearest(input, CERTIFICATE)?.[1] : undefined;
  const certificate = base64 === undefined ? undefined : parseCertificate(Buffer.from(base64, 'base64'));
  if (!certificate) return undefined;
  const groups = [...certificate.subject.matchAll(/^O=(.{1,200})$/gm)].map(([, group]) => group!);
  return {
    kind: 'client-certificate',
    subject: /^CN=(.{1,200})$/m.exec(certificate.subject)?.[1],
    createdAtMs: Date.parse(certificate.validFrom),
    expiresAtMs: Date.parse(certificate.validTo),
    details: [groups.length === 0 ? undefined : `groups ${groups.join(', ')}`],
  };
}

function isClientKey({ secret, context }: IdentityInput): boolean {
  const start = context.indexOf(secret);
  return (
    secret.startsWith('-----BEGIN') ||
    BEFORE_CLIENT_KEY.test(context.slice(Math.max(0, start - 64), Math.max(0, start)))
  );
}

function parseCertificate(pem: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}
