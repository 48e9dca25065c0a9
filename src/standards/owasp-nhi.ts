// OWASP Non-Human Identities Top 10 – 2025: official ids and titles, descriptions in our words.
import type { Evidence } from './evidence.ts';
import { isHumanCredential, isInAutomation, isLiteral, isStaticCloudKey } from './evidence.ts';
import type { Framework } from './standard.ts';

const BASE = 'https://owasp.org/www-project-non-human-identities-top-10/2025';

export const OWASP_NHI: Framework = {
  name: 'OWASP Non-Human Identities Top 10 – 2025',
  source: `${BASE}/top-10-2025/`,
  list: 'owaspNhi2025',
  isExclusive: false,
  standards: [
    {
      id: 'NHI1:2025',
      title: 'Improper Offboarding',
      url: `${BASE}/1-improper-offboarding/`,
      about: 'Machine accounts and keys stay alive after their workload, vendor or owner is gone.',
    },
    {
      id: 'NHI2:2025',
      title: 'Secret Leakage',
      url: `${BASE}/2-secret-leakage/`,
      about: 'Credentials end up where nobody sanctioned them: code, plain configuration, chat, logs.',
      when: 'a credential stands in the file as a literal',
      applies: isLiteral,
    },
    {
      id: 'NHI3:2025',
      title: 'Vulnerable Third-Party NHI',
      url: `${BASE}/3-vulnerable-third-party-nhi/`,
      about: 'An extension, service or integration that holds your credential is itself compromised.',
      when: 'a pipeline hands a secret to an action of others that no commit pins',
    },
    {
      id: 'NHI4:2025',
      title: 'Insecure Authentication',
      url: `${BASE}/4-insecure-authentication/`,
      about: 'Deprecated or weak ways to authenticate where better ones exist.',
      when: 'the credential is sent in clear, or is an app password that replaces proper authentication',
      applies: (it) =>
        isLiteral(it) && (it.flags.includes('insecure-transport') || it.identityKind === 'app-password'),
    },
    {
      id: 'NHI5:2025',
      title: 'Overprivileged NHI',
      url: `${BASE}/5-overprivileged-nhi/`,
      about: 'The machine identity can do far more than its job needs.',
      when: 'a job gets every secret or every permission, or a cloud role trusts any repository',
    },
    {
      id: 'NHI6:2025',
      title: 'Insecure Cloud Deployment Configurations',
      url: `${BASE}/6-insecure-cloud-deployment-configurations/`,
      about: 'CI/CD reaches the cloud by static credentials, or by OIDC trust that is too wide.',
      when: 'a static key of a cloud account stands in CI configuration or is stored for it, or OIDC trust is too wide',
      applies: (it) => isLiteral(it) && it.place === 'ci' && isStaticCloudKey(it),
    },
    {
      id: 'NHI7:2025',
      title: 'Long-Lived Secrets',
      url: `${BASE}/7-long-lived-secrets/`,
      about: 'Keys, tokens and certificates expire too late or never.',
      when: 'the credential is of a kind that does not expire by itself, or says so',
      applies: (it) => isLiteral(it) && it.lifetime === 'long-lived' && !it.flags.includes('expired'),
    },
    {
      id: 'NHI8:2025',
      title: 'Environment Isolation',
      url: `${BASE}/8-environment-isolation/`,
      about: 'One machine identity serves test and production alike.',
      when: 'a secret serves test and production, or a live credential stands in a test',
      applies: (it) => isLiteral(it) && (it.flags.includes('reused-across-environments') || isLiveInTest(it)),
    },
    {
      id: 'NHI9:2025',
      title: 'NHI Reuse',
      url: `${BASE}/9-nhi-reuse/`,
      about: 'One credential is shared by several applications or services.',
      when: 'the same secret stands in several places',
      applies: (it) => isLiteral(it) && it.flags.some((flag) => flag.startsWith('reused')),
    },
    {
      id: 'NHI10:2025',
      title: 'Human Use of NHI',
      url: `${BASE}/10-human-use-of-nhi/`,
      about: 'People act through machine identities, or machines through people’s, and attribution is lost.',
      when: 'a credential issued to a person stands in CI, infrastructure, container or agent configuration',
      applies: (it) => isLiteral(it) && isHumanCredential(it) && isInAutomation(it),
    },
  ],
};

function isLiveInTest({ environment, place }: Evidence): boolean {
  return place === 'test' && environment !== undefined && /^(?:live|prod(?:uction)?)$/.test(environment);
}
