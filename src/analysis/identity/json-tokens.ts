// Tokens that carry their own description as base64: Sentry, 1Password, Grafana, JFrog.
import type { Decoder, Facts } from './decoder.ts';
import type { JsonObject } from './json-object.ts';
import { parseBase64Object, secondsOf, textOf, toObject } from './json-object.ts';

/** `sntrys_<JSON>_<secret>`: organization, address and time of issue. */
export const decodeSentryOrg: Decoder = ({ secret }) => {
  const payload = /^sntrys_([\w+/=-]{4,4096})_[\w+/=-]{1,256}$/.exec(secret)?.[1];
  const token = payload === undefined ? undefined : parseBase64Object(payload);
  return {
    account: textOf(token, 'org'),
    issuer: textOf(token, 'region_url') ?? textOf(token, 'url'),
    createdAtMs: secondsOf(token, 'iat'),
  };
};

/** `ops_<JSON>`: address, service account and device. The same JSON holds the keys, which are not read. */
export const decodeOnePassword: Decoder = ({ secret }) => {
  const token = secret.startsWith('ops_') ? parseBase64Object(secret.slice(4)) : undefined;
  const device = textOf(token, 'deviceUuid');
  return {
    subject: textOf(token, 'email'),
    issuer: textOf(token, 'signInAddress'),
    details: [device === undefined ? undefined : `device ${device}`],
  };
};

const GRAFANA_SERVICE_ACCOUNT: Facts = { kind: 'service-account', details: ['service account token'] };

/** `glsa_…`, `glc_<JSON>` with organization and name, and the older `<JSON>` of API keys. */
export const decodeGrafana: Decoder = ({ secret }) => {
  if (secret.startsWith('glsa_')) return GRAFANA_SERVICE_ACCOUNT;
  const isCloud = secret.startsWith('glc_');
  const token = parseBase64Object(isCloud ? secret.slice(4) : secret);
  return token ? describeGrafanaToken(token, isCloud) : {};
};

function describeGrafanaToken(token: JsonObject, isCloud: boolean): Facts {
  const organization = textOf(token, isCloud ? 'o' : 'id');
  const region = textOf(toObject(token['m']), 'r');
  return {
    kind: isCloud ? 'access-policy-token' : 'api-key',
    account: organization === undefined ? undefined : `organization ${organization}`,
    subject: textOf(token, 'n'),
    details: [region === undefined ? undefined : `region ${region}`],
  };
}

/** Base64 of `reftkn:<version>:<expiry, seconds, 0 for never>:<secret>`. */
export const decodeJfrogReference: Decoder = ({ secret }) => {
  const token = /^reftkn:(\d{1,4}):(\d{1,10}):/.exec(Buffer.from(secret, 'base64').toString('latin1'));
  if (!token) return {};
  const expirySeconds = Number(token[2]);
  return {
    kind: 'reference-token',
    expiresAtMs: expirySeconds === 0 ? undefined : expirySeconds * 1000,
    notes: [expirySeconds === 0 ? 'never expires' : undefined],
  };
};
