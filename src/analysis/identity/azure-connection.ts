// Azure connection strings: the account and the policy stand beside the key.
import type { Decoder, IdentityInput } from './decoder.ts';
import { findNearest, runAround } from './text-search.ts';

/** The account that every storage emulator uses, with a key that Microsoft publishes. */
const EMULATOR_ACCOUNT = 'devstoreaccount1';

const ACCOUNT_NAME = /AccountName\s{0,4}[=:]\s{0,4}["']?([a-z0-9-]{3,50})/gi;
const POLICY_NAME = /SharedAccessKeyName\s{0,4}=\s{0,4}([\w.-]{1,64})/gi;

/** Hosts whose first label is the account. */
const SERVICE_HOST =
  /(?<![\w.-])([a-z0-9][a-z0-9-]{1,62})\.((?:blob|queue|table|file|dfs|web)\.core\.windows\.net|documents\.azure\.com|servicebus\.windows\.net|azure-devices\.net|redis\.cache\.windows\.net|search\.windows\.net|azconfig\.io|communication\.azure\.com|service\.signalr\.net|webpubsub\.azure\.com|batch\.azure\.com|azurecr\.io|azurewebsites\.net)(?![\w-])/gi;

/** Account and service by the host; the account of storage keys also by its `AccountName`. */
export const decodeAzureConnection: Decoder = (found) => {
  const input = withinConnection(found);
  const host = findNearest(input, SERVICE_HOST);
  const account = findNearest(input, ACCOUNT_NAME)?.[1] ?? host?.[1];
  return {
    account,
    subject: findNearest(input, POLICY_NAME)?.[1],
    issuer: host?.[0].toLowerCase(),
    notes: [account === EMULATOR_ACCOUNT ? 'the published key of the storage emulator' : undefined],
  };
};

/** A connection string says all that there is: what stands near it may be another one. */
function withinConnection(input: IdentityInput): IdentityInput {
  const own = runAround(input, /["'`<>\r\n]/);
  return /(?:AccountKey|SharedAccessKey)=/i.test(own) && own.includes(';')
    ? { ...input, context: own }
    : input;
}
