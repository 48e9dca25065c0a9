// Private keys of every kind, generated here; Node and the SSH wire format are the oracles.
import { createHash, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readIdentity } from './read-identity.ts';

const label = (kind: string, word: 'BEGIN' | 'END' = 'BEGIN'): string => `-----${word} ${kind}-----`;

function sshString(bytes: Buffer | string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.from(bytes as Buffer).length);
  return Buffer.concat([length, Buffer.from(bytes as Buffer)]);
}

function sha256Fingerprint(blob: Buffer): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replaceAll('=', '')}`;
}

/** One DER value. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

function ed25519Blob(publicKey: KeyObject): Buffer {
  return Buffer.concat([
    sshString('ssh-ed25519'),
    sshString(publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)),
  ]);
}

const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 });
const EC = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const ED25519 = generateKeyPairSync('ed25519');

/** The integers of a PKCS#1 public key, read from its DER: modulus and exponent. */
function rsaIntegers(publicKey: KeyObject): { modulus: Buffer; exponent: Buffer } {
  const bytes = publicKey.export({ type: 'pkcs1', format: 'der' });
  const modulus = bytes.subarray(8, 8 + 257);
  return { modulus, exponent: bytes.subarray(-3) };
}

function pem(key: KeyObject, type: 'pkcs1' | 'pkcs8' | 'sec1', cipher?: object): string {
  return key.export({ type, format: 'pem', ...cipher } as { type: 'pkcs8'; format: 'pem' }) as string;
}

describe('private-key, PEM', () => {
  const { modulus, exponent } = rsaIntegers(RSA.publicKey);
  const rsaPrint = sha256Fingerprint(
    Buffer.concat([sshString('ssh-rsa'), sshString(exponent), sshString(modulus)]),
  );

  it.each(['pkcs1', 'pkcs8'] as const)('reads size and fingerprint of an RSA key in %s', (type) => {
    const { identity } = readIdentity('private-key', pem(RSA.privateKey, type));
    expect(identity).toMatchObject({ subject: rsaPrint, note: 'RSA 2048 bits' });
  });

  it('reads the curve of an EC key', () => {
    const point = EC.publicKey.export({ type: 'spki', format: 'der' }).subarray(-97);
    const blob = Buffer.concat(['ecdsa-sha2-nistp384', 'nistp384', point].map((field) => sshString(field)));
    const { identity } = readIdentity('private-key', pem(EC.privateKey, 'sec1'));
    expect(identity).toMatchObject({ subject: sha256Fingerprint(blob), note: 'EC secp384r1' });
  });

  it('reads an Ed25519 key', () => {
    const { identity } = readIdentity('private-key', pem(ED25519.privateKey, 'pkcs8'));
    expect(identity).toMatchObject({
      subject: sha256Fingerprint(ed25519Blob(ED25519.publicKey)),
      note: 'ED25519',
    });
  });

  it('hashes the public key of kinds that SSH does not know', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    const hash = createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('hex');
    expect(readIdentity('private-key', pem(privateKey, 'pkcs8')).identity.note).toBe(
      `EC secp256k1; public key SHA-256 ${hash}`,
    );
    const x25519 = generateKeyPairSync('x25519').privateKey;
    expect(readIdentity('private-key', pem(x25519, 'pkcs8')).identity.note).toMatch(
      /^X25519; public key SHA-256 /,
    );
  });

  const text = pem(RSA.privateKey, 'pkcs8');
  const lines = text.trim().split('\n');
  it.each([
    ['escaped line breaks', JSON.stringify(text).slice(1, -1)],
    ['doubly escaped line breaks', JSON.stringify(JSON.stringify(text)).slice(3, -3)],
    ['Windows line breaks', text.replaceAll('\n', '\r\n')],
    ['indentation', lines.map((line) => `      ${line}`).join('\n')],
    ['string concatenation', lines.map((line) => `"${line}\\n" +`).join('\n  ')],
    ['concatenation from the left', lines.map((line) => `+ '${line}'`).join('\n')],
    ['an array of lines', lines.map((line) => `  "${line}",`).join('\n')],
    ['base64 around it', Buffer.from(text).toString('base64')],
  ])('reads a key with %s', (_, secret) => {
    expect(readIdentity('private-key', secret).identity.subject).toBe(rsaPrint);
  });

  it('says of an encrypted key only that it is one', () => {
    const cipher = { cipher: 'aes-256-cbc', passphrase: 'x' };
    const pkcs8 = readIdentity('private-key', pem(RSA.privateKey, 'pkcs8', cipher));
    expect(pkcs8.identity.note).toBe('ENCRYPTED PRIVATE KEY; encrypted by a passphrase');
    expect(pkcs8.notes).toEqual(['encrypted by a passphrase']);
    const pkcs1 = readIdentity('private-key', pem(RSA.privateKey, 'pkcs1', cipher));
    expect(pkcs1.identity.note).toBe('RSA PRIVATE KEY; encrypted by a passphrase');
  });

  it('names the kind of what does not parse, or is cut off', () => {
    const kind = ['RSA PRIVATE', 'KEY'].join(' ');
    expect(readIdentity('private-key', `${label(kind)}\nQUJD\n${label(kind, 'END')}`).identity.note).toBe(
      kind,
    );
    expect(readIdentity('private-key', text.slice(0, 400)).identity.note).toBe('PRIVATE KEY');
    const pgp = ['PGP PRIVATE', 'KEY BLOCK'].join(' ');
    expect(
      readIdentity('private-key', `${label(pgp)}\n\nQUJD\n=abcd\n${label(pgp, 'END')}`).identity.note,
    ).toBe(pgp);
  });

  it('hashes the public key of a type that Node has no name for', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'SM2' });
    expect(readIdentity('private-key', pem(privateKey, 'pkcs8')).identity.note).toMatch(
      /public key SHA-256 [0-9a-f]{64}$/,
    );
  });

  it('names the kind of a key whose parameters OpenSSL refuses', () => {
    // A salt of 32 bytes, which the types want as text, becomes one of −24.
    const options = { modulusLength: 1024, hashAlgorithm: 'sha256', saltLength: 32 } as object;
    const { privateKey } = generateKeyPairSync('rsa-pss', options as { modulusLength: number });
    const hex = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('hex');
    const negative = Buffer.from(hex.replace('a203020120', 'a2030201e8'), 'hex').toString('base64');
    const kind = ['PRIVATE', 'KEY'].join(' ');
    const secret = `${label(kind)}\n${negative}\n${label(kind, 'END')}`;
    expect(readIdentity('private-key', secret).identity.note).toBe(kind);
  });

  it('reads a large RSA key, and does not let OpenSSL compute on a large key of another kind', () => {
    const large = generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey;
    for (const type of ['pkcs1', 'pkcs8'] as const) {
      expect(readIdentity('private-key', pem(large, type)).identity.note).toBe('RSA 3072 bits');
    }
    const kind = ['PRIVATE', 'KEY'].join(' ');
    const number = der(0x02, Buffer.alloc(2500, 0x7f));
    const algorithm = der(
      0x30,
      der(0x06, Buffer.from('2a8648ce380401', 'hex')),
      der(0x30, number, number, number),
    );
    const dsa = der(0x30, der(0x02, Buffer.alloc(1)), algorithm, der(0x04, number)).toString('base64');
    expect(readIdentity('private-key', `${label(kind)}\n${dsa}\n${label(kind, 'END')}`).identity.note).toBe(
      kind,
    );
  });

  it('tells nothing of the private half', () => {
    for (const secret of [
      pem(RSA.privateKey, 'pkcs1'),
      pem(EC.privateKey, 'pkcs8'),
      pem(ED25519.privateKey, 'pkcs8'),
    ]) {
      const body = secret.replace(/-----[^-]+-----|\s/g, '');
      const shown = JSON.stringify(readIdentity('private-key', secret));
      for (let start = 0; start + 8 <= body.length; start++)
        expect(shown).not.toContain(body.slice(start, start + 8));
    }
  });
});

describe('private-key, OpenSSH', () => {
  const blob = ed25519Blob(ED25519.publicKey);
  const kind = ['OPENSSH PRIVATE', 'KEY'].join(' ');
  const make = (cipher: string, section: Buffer): string => {
    const head = [
      Buffer.from('openssh-key-v1\0'),
      sshString(cipher),
      sshString(cipher === 'none' ? 'none' : 'bcrypt'),
      sshString(''),
    ];
    const bytes = Buffer.concat([...head, Buffer.from([0, 0, 0, 1]), sshString(blob), sshString(section)]);
    return `${label(kind)}\n${bytes.toString('base64').replace(/.{70}/g, '$&\n')}\n${label(kind, 'END')}\n`;
  };
  const check = Buffer.from([9, 9, 9, 9, 9, 9, 9, 9]);
  const fields = ['ssh-ed25519', Buffer.alloc(32, 1), Buffer.alloc(64, 2), 'robot@build.example'].map(
    (field) => sshString(field),
  );

  it('reads type, fingerprint and comment', () => {
    const { identity, notes } = readIdentity(
      'private-key',
      make('none', Buffer.concat([check, ...fields, Buffer.from([1, 2, 3])])),
    );
    expect(identity).toMatchObject({
      subject: sha256Fingerprint(blob),
      note: 'ssh-ed25519; comment robot@build.example',
    });
    expect(notes).toEqual([]);
  });

  it('reads the fingerprint of an encrypted key', () => {
    const { identity, notes } = readIdentity('private-key', make('aes256-ctr', Buffer.alloc(64, 0xee)));
    expect(identity.subject).toBe(sha256Fingerprint(blob));
    expect(identity.note).toBe('ssh-ed25519; encrypted by a passphrase (aes256-ctr, bcrypt)');
    expect(notes).toEqual(['encrypted by a passphrase']);
  });

  it('reads an RSA key in PuTTY’s format', () => {
    const { modulus, exponent } = rsaIntegers(RSA.publicKey);
    const rsa = Buffer.concat([sshString('ssh-rsa'), sshString(exponent), sshString(modulus)]);
    const publicLines = rsa.toString('base64').replace(/.{64}/g, '$&\n').trim().split('\n');
    const text = [
      'PuTTY-User-Key-File-3: ssh-rsa',
      'Encryption: aes256-cbc',
      'Comment: robot@build.example',
      `Public-Lines: ${publicLines.length}`,
      ...publicLines,
      'Key-Derivation: Argon2id',
      'Private-Lines: 1',
      'U2VjcmV0',
    ].join('\n');
    const { identity, notes } = readIdentity('private-key', text);
    expect(identity).toMatchObject({
      subject: sha256Fingerprint(rsa),
      note: 'PuTTY private key; ssh-rsa 2048 bits; comment robot@build.example; encrypted by a passphrase (aes256-cbc)',
    });
    expect(notes).toEqual(['encrypted by a passphrase']);
  });
});
