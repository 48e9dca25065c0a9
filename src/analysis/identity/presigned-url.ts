// Presigned addresses of AWS and Google Cloud: the query says who signed, when, and for how long.
import { readAwsKeyId } from './aws-key-id.ts';
import type { Decoder, Facts } from './decoder.ts';
import { runAround } from './text-search.ts';
import { hostOf, readQuery } from './url-query.ts';

const BEDROCK_PREFIX = 'bedrock-api-key-';

type Query = ReadonlyMap<string, string>;

/** Signatures of versions 2 and 4, and the address inside a short-term Bedrock key. */
export const decodePresignedUrl: Decoder = (input) => {
  const isBedrock = input.secret.startsWith(BEDROCK_PREFIX);
  const own = isBedrock
    ? Buffer.from(input.secret.slice(BEDROCK_PREFIX.length), 'base64').toString('latin1')
    : input.secret;
  const text = /[?&](?:X-(?:Amz|Goog)-|Expires=)/i.test(own) ? own : runAround(input, /["'`<>\s]/);
  const query = readQuery(text);
  const reading = readVersion4(query, 'X-Amz') ?? readVersion4(query, 'X-Goog') ?? readVersion2(query);
  if (!reading) return {};
  return {
    ...reading,
    kind: isBedrock ? 'bedrock-api-key' : 'presigned-url',
    issuer: hostOf(text) ?? /^[\w.-]{4,253}(?=\/)/.exec(text)?.[0],
  };
};

/** `<signer>/<date>/<region>/<service>/…` in the credential; a compact time and seconds beside it. */
function readVersion4(query: Query, prefix: string): Facts | undefined {
  const credential = query.get(`${prefix}-Credential`);
  if (credential === undefined) return undefined;
  const [signer, , region, service] = credential.split('/', 5);
  const signedAtMs = compactTimeMs(query.get(`${prefix}-Date`));
  const seconds = Number(query.get(`${prefix}-Expires`));
  return {
    ...describeSigner(signer!),
    createdAtMs: signedAtMs,
    expiresAtMs: signedAtMs === undefined || Number.isNaN(seconds) ? undefined : signedAtMs + seconds * 1000,
    details: [region && `region ${region}`, service && `service ${service}`],
  };
}

function readVersion2(query: Query): Facts | undefined {
  const signer = query.get('AWSAccessKeyId') ?? query.get('GoogleAccessId');
  const expires = query.get('Expires');
  if (signer === undefined || expires === undefined) return undefined;
  return {
    ...describeSigner(signer),
    expiresAtMs: /^\d{9,11}$/.test(expires) ? Number(expires) * 1000 : undefined,
  };
}

// A key id names its account; Google Cloud's signer is an e-mail address.
function describeSigner(signer: string): Facts {
  const isKeyId = /^A[A-Z]{3}[A-Z2-7]{16}$/.test(signer);
  const { account, subject, notes } = isKeyId ? readAwsKeyId(signer) : { subject: signer };
  return { account, subject, ...(notes && { notes }) };
}

/** `20260131T235959Z`, the times of signatures. */
function compactTimeMs(text: string | undefined): number | undefined {
  const time = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text ?? '');
  if (!time) return undefined;
  const [year, month, day, hour, minute, second] = time.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
