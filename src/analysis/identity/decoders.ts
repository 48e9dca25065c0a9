// The one list of identity decoders, by the name that a rule gives as its `identity.decoder`.
import { decodeAwsKeyId } from './aws-key-id.ts';
import { decodeAzureCask } from './azure-cask.ts';
import { decodeAzureConnection } from './azure-connection.ts';
import { decodeAzureSas } from './azure-sas.ts';
import { decodeDiscord, decodeTelegram } from './chat-bots.ts';
import { decodeConnectionString } from './connection-string.ts';
import type { Decoder } from './decoder.ts';
import { decodeKsuid, decodeObjectId, decodeUlid, decodeUuid } from './embedded-time.ts';
import { decodeGcpServiceAccount } from './gcp-service-account.ts';
import { decodeGithub } from './github.ts';
import { decodeGitlab } from './gitlab.ts';
import { decodeGrafana, decodeJfrogReference, decodeOnePassword, decodeSentryOrg } from './json-tokens.ts';
import { decodeJwt } from './jwt.ts';
import { decodeKubeconfig } from './kubeconfig.ts';
import { decodePresignedUrl } from './presigned-url.ts';
import { decodePrivateKey } from './private-key.ts';
import { decodePypiMacaroon } from './pypi-macaroon.ts';
import { decodeSlack } from './slack.ts';
import { decodeMailchimp, decodeStripe, decodeTwilio } from './vendor-keys.ts';

export const DECODERS: Readonly<Record<string, Decoder>> = {
  'aws-key-id': decodeAwsKeyId,
  jwt: decodeJwt,
  'gcp-service-account': decodeGcpServiceAccount,
  github: decodeGithub,
  gitlab: decodeGitlab,
  slack: decodeSlack,
  'azure-storage': decodeAzureConnection,
  'azure-sas': decodeAzureSas,
  'azure-cask': decodeAzureCask,
  stripe: decodeStripe,
  'pypi-macaroon': decodePypiMacaroon,
  'sentry-org': decodeSentryOrg,
  onepassword: decodeOnePassword,
  'discord-bot': decodeDiscord,
  telegram: decodeTelegram,
  'connection-string': decodeConnectionString,
  kubeconfig: decodeKubeconfig,
  'private-key': decodePrivateKey,
  mailchimp: decodeMailchimp,
  twilio: decodeTwilio,
  'jfrog-reference': decodeJfrogReference,
  'presigned-url': decodePresignedUrl,
  'objectid-time': decodeObjectId,
  'ulid-time': decodeUlid,
  'uuid-time': decodeUuid,
  'ksuid-time': decodeKsuid,
  grafana: decodeGrafana,
};
