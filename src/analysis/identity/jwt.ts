// JSON Web Tokens: their header and claims are readable by everyone; only the signature is not told.
import type { Decoder, Facts } from './decoder.ts';
import { describeIssuer } from './jwt-issuers.ts';
import type { JsonObject } from './json-object.ts';
import { parseBase64Object, secondsOf, textOf } from './json-object.ts';

interface Jwt {
  readonly header: JsonObject;
  readonly claims: JsonObject;
}

const MAX_PART_LENGTH = 16_384;

/** The first JWT in `text`; undefined unless header and claims both are JSON objects. */
export function readJwt(text: string): Jwt | undefined {
  const start = text.indexOf('eyJ');
  if (start < 0) return undefined;
  const [head, body] = text.slice(start, start + 2 * MAX_PART_LENGTH).split('.', 2);
  const header = readPart(head);
  const claims = readPart(body);
  return header && claims ? { header, claims } : undefined;
}

function readPart(part: string | undefined): JsonObject | undefined {
  return part !== undefined && part.length <= MAX_PART_LENGTH && /^[\w-]+={0,2}$/.test(part)
    ? parseBase64Object(part)
    : undefined;
}

export const decodeJwt: Decoder = ({ secret }) => {
  const jwt = readJwt(secret);
  return jwt ? describeJwt(jwt) : {};
};

/** What a JWT says of its holder, its issuer and its time. */
export function describeJwt({ header, claims }: Jwt): Facts {
  const issuer = textOf(claims, 'iss');
  const known = describeIssuer(issuer, claims);
  const algorithm = textOf(header, 'alg');
  const client = textOf(claims, 'azp') ?? textOf(claims, 'appid') ?? textOf(claims, 'client_id');
  const expiresAtMs = secondsOf(claims, 'exp');
  return {
    ...known,
    issuer,
    subject: textOf(claims, 'sub'),
    createdAtMs: secondsOf(claims, 'iat'),
    expiresAtMs,
    details: [
      name('algorithm', algorithm),
      name('key id', textOf(header, 'kid')),
      name('audience', audienceOf(claims)),
      name('client', client),
      name('role', textOf(claims, 'role')),
      name('scope', textOf(claims, 'scope') ?? textOf(claims, 'scp')),
      ...(known.details ?? []),
    ],
    notes: [
      algorithm?.toLowerCase() === 'none' ? 'is not signed: its algorithm is "none"' : undefined,
      expiresAtMs === undefined ? 'never expires: it has no exp claim' : undefined,
    ],
  };
}

function name(label: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : `${label} ${value}`;
}

function audienceOf(claims: JsonObject): string | undefined {
  const audience = claims['aud'];
  if (!Array.isArray(audience)) return textOf(claims, 'aud');
  const texts = audience.filter((entry): entry is string => typeof entry === 'string');
  return texts.length === 0 ? undefined : texts.slice(0, 5).join(', ');
}
