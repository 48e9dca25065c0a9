// Microsoft's common annotated keys: fixed places hold the month of creation and the service.
import type { Decoder, Facts } from './decoder.ts';

/** By the upper-cased provider signature. Source: microsoft/security-utilities and the services' own keys. */
const SERVICES: Readonly<Record<string, string>> = {
  AZDO: 'Azure DevOps',
  ACOG: 'Azure AI services',
  AZEG: 'Azure Event Grid',
  AZAC: 'Azure App Configuration',
  AZMP: 'Azure Maps',
  AWPS: 'Azure Web PubSub',
  NUGT: 'NuGet Gallery',
};

/** 52 random characters, the signature, year and month, 12 and 4 reserved ones, the service. */
const KEY =
  /^[A-Za-z0-9+/]{52}JQQJ9([9DH])([A-Za-z0-9])([A-L])[A-Za-z0-9+/]{12}[A-Za-z0-9+/]{4}([A-Za-z0-9+/]{4})/;

const FORMS: Readonly<Record<string, string>> = { D: 'derived from another key', H: 'hash of another key' };

const FIRST_YEAR = 2024;

/** Source: microsoft/security-utilities, `CommonAnnotatedKey`. */
export const decodeAzureCask: Decoder = ({ secret }) => {
  const key = KEY.exec(secret);
  if (!key) return {};
  const [, form, year, month, signature] = key as unknown as [string, string, string, string, string];
  return {
    ...describeService(signature, FORMS[form]),
    createdAtMs: Date.UTC(FIRST_YEAR + base62Index(year), month.charCodeAt(0) - 65),
  };
};

// Upper case marks keys that a customer manages, lower case those that the platform does.
function describeService(signature: string, form: string | undefined): Facts {
  const service = SERVICES[signature.toUpperCase()];
  return {
    provider: service,
    details: [
      service === undefined ? `provider signature ${signature}` : undefined,
      signature === signature.toLowerCase() ? 'managed by the platform' : undefined,
      form,
      'created in this month',
    ],
  };
}

/** Upper case, lower case, digits: the order of base64. */
function base62Index(character: string): number {
  return 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'.indexOf(character);
}
