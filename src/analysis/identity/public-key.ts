// Public keys: their size, and the fingerprint by which SSH servers and hosting services list them.
import { createHash } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import type { Facts } from './decoder.ts';

/** What is known of the public half of a key. */
export function describePublicKey(key: KeyObject): Facts {
  const jwk = exportJwk(key);
  const blob = jwk && toSshBlob(jwk);
  return {
    subject: blob && fingerprintOf(blob),
    details: [describeSize(key), blob ? undefined : `public key SHA-256 ${hashSpki(key)}`],
  };
}

/** `SHA256:…`, as `ssh-keygen -l` prints it. */
export function fingerprintOf(sshBlob: Buffer): string {
  return `SHA256:${createHash('sha256').update(sshBlob).digest('base64').replace(/=+$/, '')}`;
}

/** Strings of SSH: four bytes of length, then the bytes. */
function sshString(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function describeSize(key: KeyObject): string | undefined {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  const size = modulusLength === undefined ? namedCurve : `${modulusLength} bits`;
  // Node has no name for some types, such as SM2.
  const known = [key.asymmetricKeyType?.toUpperCase(), size].filter((part) => part !== undefined);
  return known.length === 0 ? undefined : known.join(' ');
}

function hashSpki(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** Undefined for the kinds of key that JWK has no form for, such as DSA. */
function exportJwk(key: KeyObject): JsonWebKey | undefined {
  try {
    return key.export({ format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** Names of the curves that SSH knows, by their names in JWK. Source: RFC 5656. */
const SSH_CURVES: Readonly<Record<string, string>> = {
  'P-256': 'nistp256',
  'P-384': 'nistp384',
  'P-521': 'nistp521',
};

/** The public key as SSH writes it; undefined for kinds that SSH does not know. Source: RFC 4253, 5656, 8709. */
function toSshBlob(jwk: JsonWebKey): Buffer | undefined {
  const curve = SSH_CURVES[jwk.crv ?? ''];
  if (jwk.kty === 'RSA') return joinStrings('ssh-rsa', toInteger(jwk.e!), toInteger(jwk.n!));
  if (jwk.crv === 'Ed25519') return joinStrings('ssh-ed25519', Buffer.from(jwk.x!, 'base64url'));
  if (curve === undefined) return undefined;
  const point = Buffer.concat([
    Buffer.from([4]),
    Buffer.from(jwk.x!, 'base64url'),
    Buffer.from(jwk.y!, 'base64url'),
  ]);
  return joinStrings(`ecdsa-sha2-${curve}`, Buffer.from(curve), point);
}

function joinStrings(type: string, ...fields: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from(type), ...fields].map(sshString));
}

/** Big-endian, with a zero byte before a set highest bit, so that it is not negative. */
function toInteger(base64url: string): Buffer {
  const bytes = Buffer.from(base64url, 'base64url');
  return bytes[0]! >= 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes;
}
