// Private keys: which kind, how strong, encrypted or not, and the fingerprint of the public half.
import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Decoder, Facts } from './decoder.ts';
import { readOpensshKey, readPuttyKey } from './openssh-key.ts';
import { describePublicKey } from './public-key.ts';

/** An RSA key of 16,384 bits takes some 12,500 characters. */
const MAX_RSA_LENGTH = 20_000;

/**
 * For DSA and DH, OpenSSL computes the public half, in time cubic in the size: a hostile key of 14,000 characters
 * takes seconds, one of this length milliseconds. No honest key but RSA is longer.
 */
const MAX_OTHER_LENGTH = 2000;

/** How the DER of an RSA key in PKCS#8 begins, when it is too long for `MAX_OTHER_LENGTH`: version 0, then rsaEncryption. */
const RSA_IN_PKCS8 = /^3082[0-9a-f]{4}020100300d06092a864886f70d0101010500/;

const PEM_BEGIN = /-----BEGIN ([A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?)-----/;
const WRAPPED_PEM = /^LS0tLS1CRUdJTi[A-Za-z0-9+/=\s]{40,40000}$/;

const ENCRYPTED = 'encrypted by a passphrase';

/** PEM of every kind, OpenSSH and PuTTY; also PEM that is wrapped in base64 once more. */
export const decodePrivateKey: Decoder = ({ secret }) => {
  const text = WRAPPED_PEM.test(secret) ? Buffer.from(secret, 'base64').toString('latin1') : secret;
  if (text.includes('PuTTY-User-Key-File-')) return readPuttyKey(text);
  const begin = PEM_BEGIN.exec(text);
  if (!begin) return {};
  const start = begin.index + begin[0].length;
  const end = text.indexOf(`-----END ${begin[1]!}-----`, start);
  // A key whose end lies beyond what was captured still names its kind.
  return end < 0 ? { details: [begin[1]] } : readPem(begin[1]!, text.slice(start, end));
};

function readPem(label: string, inner: string): Facts {
  const { headers, body } = splitPem(inner);
  const isEncrypted = label.startsWith('ENCRYPTED') || headers.some((header) => header.includes('ENCRYPTED'));
  if (label === 'OPENSSH PRIVATE KEY') return readOpensshKey(Buffer.from(body, 'base64'));
  if (isEncrypted) return { details: [label, ENCRYPTED], notes: [ENCRYPTED] };
  return (isAffordable(label, body) ? readPublicHalf(label, body) : undefined) ?? { details: [label] };
}

// In source code and JSON, line breaks are escaped, and lines are quoted and joined by operators. Headers such as
// `Proc-Type: 4,ENCRYPTED` stand before the base64.
function splitPem(inner: string): { headers: readonly string[]; body: string } {
  const lines = inner.split(/\\r\\n|\\[nr]|[\r\n]/).map((line) =>
    line
      .replace(/\\?["'`]\s{0,8}[+,.&;)]{0,3}\s{0,8}\\?$/, '')
      .replace(/^[\s+.&]{0,64}["'`]/, '')
      .trim(),
  );
  return {
    headers: lines.filter((line) => isHeader(line)),
    body: lines
      .filter((line) => !isHeader(line) && /[A-Za-z0-9]/.test(line))
      .join('')
      .replace(/[^A-Za-z0-9+/=]/g, ''),
  };
}

function isHeader(line: string): boolean {
  return /^[A-Za-z-]{3,30}: /.test(line);
}

function isAffordable(label: string, body: string): boolean {
  if (body.length <= MAX_OTHER_LENGTH) return true;
  const head = Buffer.from(body.slice(0, 64), 'base64').toString('hex');
  return body.length <= MAX_RSA_LENGTH && (label === 'RSA PRIVATE KEY' || RSA_IN_PKCS8.test(head));
}

/** What OpenSSL calls the encodings that the labels stand for. */
const ENCODINGS: Readonly<Record<string, 'pkcs1' | 'pkcs8' | 'sec1'>> = {
  'RSA PRIVATE KEY': 'pkcs1',
  'EC PRIVATE KEY': 'sec1',
  'PRIVATE KEY': 'pkcs8',
};

/** Undefined for what OpenSSL cannot read: some keys it only refuses when it is asked for their parameters. */
function readPublicHalf(label: string, body: string): Facts | undefined {
  try {
    return describePublicKey(parsePublicKey(label, body));
  } catch {
    return undefined;
  }
}

function parsePublicKey(label: string, body: string): KeyObject {
  const type = ENCODINGS[label];
  // Of PEM, OpenSSL tries every encoding that it knows, which takes twice to four times as long.
  if (!type) return createPublicKey(toPem(label, body));
  return createPublicKey(createPrivateKey({ key: Buffer.from(body, 'base64'), format: 'der', type }));
}

function toPem(label: string, body: string): string {
  return `-----BEGIN ${label}-----\n${body.replace(/.{64}(?=.)/g, '$&\n')}\n-----END ${label}-----\n`;
}
