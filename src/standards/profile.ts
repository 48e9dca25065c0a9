// The profile NHI-03: what it means here, where its number comes from, and what the official list says of the same ground.

export interface ProfileText {
  readonly id: string;
  readonly title: string;
  readonly paragraphs: readonly { readonly heading: string; readonly text: string }[];
  /** The ids of the official list that number the same ground, with the part of it that each covers. */
  readonly official: readonly { readonly id: string; readonly covers: string }[];
  readonly links: readonly { readonly title: string; readonly url: string }[];
}

/** Printed once in every report for people. */
export const PROFILE_NOTE: string =
  'NHI-03 is the profile of this report: credentials outside a secrets manager, their rotation, and short-lived ' +
  'access instead. It is not item 3 of the OWASP NHI Top 10 – 2025, which is Vulnerable Third-Party NHI; ' +
  'ids such as NHI2:2025 are those of that list.';

export const PROFILE: ProfileText = {
  id: 'NHI-03',
  title: 'Credentials of non-human identities outside a secrets manager; rotation; short-lived access',
  paragraphs: [
    {
      heading: 'What it means',
      text:
        'A service account, API key, token or workload key should live in a secrets manager, be rotated, and give way ' +
        'to short-lived access (OIDC federation, managed identities) where the provider offers it. nhi-scan reports ' +
        'each credential that stands as a literal in code, configuration files or CI/CD configuration, and counts the ' +
        'slots that are managed.',
    },
    {
      heading: 'The origin of the number',
      text:
        'It is the label under which this project was asked to report, in the manner of articles of the NHI Management ' +
        'Group (nhimg.org): secrets outside secrets managers and their rotation, with PR.AC-4 of the NIST Cybersecurity ' +
        'Framework and the NIST AI Risk Management Framework beside it. Other catalogues use NHI-03 for other controls: the label means what is said here only in reports of this tool.',
    },
    {
      heading: 'What the official list says',
      text:
        'The OWASP Non-Human Identities Top 10 – 2025 numbers the same ground NHI2, NHI7 and NHI6. Its third item, ' +
        'NHI3:2025, is Vulnerable Third-Party NHI: another risk, whose page repeats rotation and short-lived ' +
        'credentials among its defences. Every finding carries the profile and, apart from it, the official ids that ' +
        'its evidence supports.',
    },
    {
      heading: 'NIST',
      text:
        'PR.AC-4 is an id of version 1.1 of the Cybersecurity Framework. Version 2.0 calls it PR.AA-05; the management ' +
        'of credentials itself is PR.AA-01. The AI Risk Management Framework has no outcome about secrets: for ' +
        'credentials in the configuration of agents it is related reading, not something that is broken.',
    },
    {
      heading: 'What a report can say',
      text:
        'A finding is evidence that a defect is there. No finding is no proof that a risk is absent, and no statement ' +
        'of compliance.',
    },
  ],
  official: [
    { id: 'NHI2:2025', covers: 'credentials outside a secrets manager' },
    { id: 'NHI7:2025', covers: 'rotation and short-lived access' },
    { id: 'NHI6:2025', covers: 'static cloud keys in CI/CD where OIDC would do' },
  ],
  links: [
    {
      title: 'OWASP Non-Human Identities Top 10 – 2025',
      url: 'https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025/',
    },
    { title: 'NHI Management Group', url: 'https://nhimg.org/' },
    { title: 'NIST Cybersecurity Framework 2.0', url: 'https://doi.org/10.6028/NIST.CSWP.29' },
    { title: 'NIST AI Risk Management Framework 1.0', url: 'https://doi.org/10.6028/NIST.AI.100-1' },
    {
      title: 'OWASP Secrets Management Cheat Sheet',
      url: 'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
    },
  ],
};
