// Private keys as OpenSSH and PuTTY write them: the public half and the comment stand in clear, or beside the secret.
import type { Facts } from './decoder.ts';
import { fingerprintOf } from './public-key.ts';

const MAGIC = 'openssh-key-v1\0';

/** Fields of a private key between its type and its comment. Source: OpenSSH, `PROTOCOL.key` and `sshkey.c`. */
const FIELD_COUNTS: Readonly<Record<string, number>> = {
  'ssh-ed25519': 2,
  'ssh-rsa': 6,
  'ecdsa-sha2-nistp256': 3,
  'ecdsa-sha2-nistp384': 3,
  'ecdsa-sha2-nistp521': 3,
};

/** Everything but the key itself: type, size, cipher, fingerprint, comment. */
export function readOpensshKey(bytes: Buffer): Facts {
  const label = 'OPENSSH PRIVATE KEY';
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) return { details: [label] };
  const reader = createReader(bytes, MAGIC.length);
  const cipher = reader.readString().toString('latin1');
  const derivation = reader.readString().toString('latin1');
  reader.readString();
  const count = reader.readNumber();
  const publicKey = reader.readString();
  if (count !== 1 || publicKey.length === 0) return { details: [label] };
  const isOpen = cipher === 'none';
  const protection = isOpen ? undefined : `encrypted by a passphrase (${cipher}, ${derivation})`;
  return {
    subject: fingerprintOf(publicKey),
    details: [describeBlob(publicKey), isOpen ? commentOf(reader.readString()) : undefined, protection],
    notes: [isOpen ? undefined : 'encrypted by a passphrase'],
  };
}

/** PuTTY's format says all of it in headers. */
export function readPuttyKey(text: string): Facts {
  const header = (name: string): string | undefined =>
    new RegExp(`${name}: ([^\\r\\n\\\\]{1,200})`).exec(text)?.[1];
  const publicLines = /Public-Lines: \d{1,4}\s{1,2}([A-Za-z0-9+/=\s]{40,20000}?)\s(?=[A-Za-z-]{3,30}: )/.exec(
    text,
  )?.[1];
  const publicKey = publicLines === undefined ? undefined : Buffer.from(publicLines, 'base64');
  const cipher = header('Encryption');
  const isOpen = cipher === undefined || cipher === 'none';
  const comment = header('Comment');
  return {
    subject: publicKey && fingerprintOf(publicKey),
    details: [
      'PuTTY private key',
      publicKey && describeBlob(publicKey),
      comment === undefined ? undefined : `comment ${comment}`,
      isOpen ? undefined : `encrypted by a passphrase (${cipher})`,
    ],
    notes: [isOpen ? undefined : 'encrypted by a passphrase'],
  };
}

/** Type of key, and the size of an RSA modulus. */
function describeBlob(publicKey: Buffer): string {
  const reader = createReader(publicKey, 0);
  const type = reader.readString().toString('latin1');
  if (type !== 'ssh-rsa') return type;
  reader.readString();
  const modulus = reader.readString();
  return `${type} ${modulus.toString('hex').replace(/^0+/, '').length * 4} bits`;
}

/** The private section: two equal random numbers, the type, its fields, the comment. */
function commentOf(section: Buffer): string | undefined {
  const reader = createReader(section, 0);
  if (reader.readNumber() !== reader.readNumber()) return undefined;
  const fieldCount = FIELD_COUNTS[reader.readString().toString('latin1')];
  if (fieldCount === undefined) return undefined;
  for (let field = 0; field < fieldCount; field++) reader.readString();
  const comment = reader.readString().toString('utf8');
  return comment === '' ? undefined : `comment ${comment}`;
}

interface Reader {
  /** Zero at the end of the bytes. */
  readNumber(): number;
  /** Empty at the end of the bytes, and where its length would go beyond it. */
  readString(): Buffer;
}

function createReader(bytes: Buffer, start: number): Reader {
  let offset = start;
  const readNumber = (): number => {
    const end = offset + 4;
    const number = end <= bytes.length ? bytes.readUInt32BE(offset) : 0;
    offset = Math.min(end, bytes.length);
    return number;
  };
  const readString = (): Buffer => {
    const length = readNumber();
    const text = offset + length <= bytes.length ? bytes.subarray(offset, offset + length) : Buffer.alloc(0);
    offset += text.length;
    return text;
  };
  return { readNumber, readString };
}
