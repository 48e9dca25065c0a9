// NIST Cybersecurity Framework: the 2.0 ids that findings carry, and the 1.1 id that the profile's tables name.
import { isLiteral } from './evidence.ts';
import type { Framework, Standard } from './standard.ts';

const CSF_2_URL = 'https://doi.org/10.6028/NIST.CSWP.29';

export const NIST_CSF: Framework = {
  name: 'NIST Cybersecurity Framework 2.0',
  source: CSF_2_URL,
  list: 'nistCsf',
  isExclusive: false,
  standards: [
    {
      id: 'PR.AA-01',
      title: 'Identities and credentials of authorized users, services and hardware are managed',
      url: CSF_2_URL,
      about:
        'Issuing, managing and revoking keys, tokens and other credentials is somebody’s work, not an accident.',
      when: 'a credential stands in the file as a literal',
      applies: isLiteral,
    },
    {
      id: 'PR.AA-05',
      title: 'Access permissions, entitlements and authorizations are managed, enforced and reviewed',
      url: CSF_2_URL,
      about: 'Least privilege and separation of duties. It took the place of PR.AC-4 of version 1.1.',
      when: 'a credential stands in the file as a literal: access then follows the file, not a policy',
      applies: isLiteral,
    },
  ],
};

/** Ids that people look up because the profile's tables name them. No finding carries them. */
export const SUPERSEDED: readonly Standard[] = [
  {
    id: 'PR.AC-4',
    title: 'Access permissions and authorizations are managed (NIST CSF 1.1)',
    url: 'https://doi.org/10.6028/NIST.CSWP.6',
    about: 'An id of version 1.1. NIST CSF 2.0 renamed it PR.AA-05, which findings carry instead.',
  },
];
