// Who issues JWTs to machines, known by the `iss` claim, and which other claims name the account.
import type { Facts } from './decoder.ts';
import type { JsonObject } from './json-object.ts';
import { textOf, toObject } from './json-object.ts';

interface Issuer {
  /** Tried on the `iss` claim. Its first group, where it has one, is the account. */
  readonly pattern: RegExp;
  readonly provider: string;
  readonly kind?: string;
  /** The claim that names the account. */
  readonly accountClaim?: string;
  readonly detail?: string;
}

/** Sources: the issuers' OpenID Connect discovery documents and token references. */
const ISSUERS: readonly Issuer[] = [
  {
    pattern: /^https:\/\/securetoken\.google\.com\/([\w.:-]{1,128})$/,
    provider: 'Firebase',
    kind: 'user-token',
  },
  { pattern: /^(?:https:\/\/)?accounts\.google\.com$/, provider: 'Google', kind: 'id-token' },
  {
    pattern: /^https:\/\/container\.googleapis\.com\/v1\/projects\/([\w-]{1,64})\//,
    provider: 'Google Kubernetes Engine',
    kind: 'service-account',
  },
  {
    pattern: /^https:\/\/(?:sts\.windows\.net|login\.microsoftonline\.com)\/([0-9a-f-]{36})(?:\/|$)/i,
    provider: 'Microsoft Entra ID',
  },
  { pattern: /^https:\/\/([\w-]{1,64}\.(?:okta|oktapreview|okta-emea)\.com)(?:\/|$)/, provider: 'Okta' },
  { pattern: /^https:\/\/([\w.-]{1,100}\.auth0\.com)\/?$/, provider: 'Auth0' },
  {
    pattern: /^kubernetes\/serviceaccount$/,
    provider: 'Kubernetes',
    kind: 'service-account',
    accountClaim: 'kubernetes.io/serviceaccount/namespace',
    detail: 'legacy service account token',
  },
  { pattern: /^https:\/\/kubernetes\.default\.svc/, provider: 'Kubernetes', kind: 'service-account' },
  {
    pattern: /^https:\/\/oidc\.eks\.[a-z0-9-]{1,32}\.amazonaws\.com\/id\/([0-9A-F]{32})$/,
    provider: 'Amazon EKS',
    kind: 'service-account',
  },
  {
    pattern: /^https:\/\/cognito-idp\.[a-z0-9-]{1,32}\.amazonaws\.com\/([\w-]{1,64})$/,
    provider: 'Amazon Cognito',
  },
  {
    pattern: /^https:\/\/token\.actions\.githubusercontent\.com(?:\/|$)/,
    provider: 'GitHub Actions',
    kind: 'workload',
    accountClaim: 'repository_owner',
  },
  {
    pattern: /^https:\/\/gitlab\.com$/,
    provider: 'GitLab CI/CD',
    kind: 'workload',
    accountClaim: 'namespace_path',
  },
  { pattern: /^https:\/\/oidc\.circleci\.com\/org\/([0-9a-f-]{36})/, provider: 'CircleCI', kind: 'workload' },
  {
    pattern: /^https:\/\/agent\.buildkite\.com$/,
    provider: 'Buildkite',
    kind: 'workload',
    accountClaim: 'organization_slug',
  },
  {
    pattern: /^https:\/\/app\.terraform\.io$/,
    provider: 'HCP Terraform',
    kind: 'workload',
    accountClaim: 'terraform_organization_name',
  },
  { pattern: /^https:\/\/oidc\.vercel\.com(?:\/([\w-]{1,64}))?$/, provider: 'Vercel', kind: 'workload' },
  {
    pattern: /^supabase-demo$/,
    provider: 'Supabase',
    detail: 'the demonstration key that every local Supabase shares',
  },
  { pattern: /^supabase$/, provider: 'Supabase', kind: 'api-key', accountClaim: 'ref' },
  { pattern: /^jf(?:ac|fe|rt|xr)@([\w-]{1,64})/, provider: 'JFrog' },
];

/** Provider, kind and account by the issuer; what the claims of Kubernetes and Entra ID say besides. */
export function describeIssuer(issuer: string | undefined, claims: JsonObject): Facts {
  const known = ISSUERS.find(({ pattern }) => issuer !== undefined && pattern.test(issuer));
  if (!known) return {};
  const account =
    known.accountClaim === undefined ? known.pattern.exec(issuer!)?.[1] : textOf(claims, known.accountClaim);
  return {
    provider: known.provider,
    kind: known.kind ?? (textOf(claims, 'idtyp') === 'app' ? 'service-principal' : undefined),
    account: account ?? textOf(toObject(claims['kubernetes.io']), 'namespace'),
    details: [known.detail],
  };
}
