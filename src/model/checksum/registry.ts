// The one list of checksum families, by the name that a rule gives as its `checksum`.
import { AGE_BECH32 } from './bech32.ts';
import { AZURE_DEVOPS_PAT } from './azure-devops-pat.ts';
import { AZURE_32, AZURE_64, AZURE_CASK } from './azure-keys.ts';
import type { ChecksumFamily } from './checksum-family.ts';
import {
  ATLASSIAN,
  CLOUDFLARE,
  CONFLUENT,
  GITHUB,
  GITLAB_ROUTABLE,
  GRAFANA,
  VERCEL,
  ZUPLO,
} from './crc32-families.ts';
import { GITHUB_FINE_GRAINED } from './github-fine-grained.ts';

/** Checksum families by name. Without a prototype, so that a name such as `constructor` is unknown. */
export const CHECKSUMS: Readonly<Record<string, ChecksumFamily>> = Object.assign(
  Object.create(null) as Record<string, ChecksumFamily>,
  {
    'github-crc32': GITHUB,
    'github-fine-grained': GITHUB_FINE_GRAINED,
    'vercel-crc32': VERCEL,
    'cloudflare-crc32': CLOUDFLARE,
    'grafana-crc32': GRAFANA,
    'confluent-crc32': CONFLUENT,
    'zuplo-crc32': ZUPLO,
    'atlassian-crc32': ATLASSIAN,
    'gitlab-routable': GITLAB_ROUTABLE,
    'azure-64': AZURE_64,
    'azure-32': AZURE_32,
    'azure-cask': AZURE_CASK,
    'azure-devops-pat': AZURE_DEVOPS_PAT,
    'age-bech32': AGE_BECH32,
  },
);
