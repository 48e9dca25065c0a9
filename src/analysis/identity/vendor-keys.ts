// Vendors whose keys say little, but something: a mode, a data centre, an account beside them.
import type { Decoder } from './decoder.ts';
import { findNearest } from './text-search.ts';

/** By prefix. Source: Stripe documentation, “API keys”. */
const STRIPE_KINDS: Readonly<Record<string, string>> = {
  sk: 'api-key',
  rk: 'restricted-key',
  pk: 'publishable-key',
  ek: 'ephemeral-key',
};

/** Kind and mode of a Stripe key. */
export const decodeStripe: Decoder = ({ secret }) => {
  if (secret.startsWith('whsec_')) return { kind: 'webhook', details: ['webhook signing secret'] };
  const key = /^([a-z]{2})_(live|test)_/.exec(secret);
  if (!key || !Object.hasOwn(STRIPE_KINDS, key[1]!)) return {};
  return { kind: STRIPE_KINDS[key[1]!], environment: key[2] };
};

/** The data centre that a Mailchimp key ends in: its API lives there. */
export const decodeMailchimp: Decoder = ({ secret }) => {
  const dataCentre = /-(us\d{1,3})$/.exec(secret)?.[1];
  return dataCentre === undefined
    ? {}
    : { issuer: `${dataCentre}.api.mailchimp.com`, details: [`data centre ${dataCentre}`] };
};

/** The account (`AC…`) and the API key (`SK…`) that stand with a Twilio secret. */
export const decodeTwilio: Decoder = (input) => {
  const account = findNearest(input, /(?<![0-9A-Za-z])AC[0-9a-f]{32}(?![0-9A-Za-z])/g)?.[0];
  const key = findNearest(input, /(?<![0-9A-Za-z])SK[0-9a-f]{32}(?![0-9A-Za-z])/g)?.[0];
  return { account, subject: key };
};
