// MITRE ATT&CK, T1552 Unsecured Credentials: how an attacker would find the credential. One sub-technique a finding.
import { isAt, isLiteral, isPrivateKey } from './evidence.ts';
import type { Framework } from './standard.ts';

const BASE = 'https://attack.mitre.org/techniques/T1552';

export const ATTACK: Framework = {
  name: 'MITRE ATT&CK',
  source: `${BASE}/`,
  list: 'attack',
  isExclusive: true,
  standards: [
    {
      id: 'T1552.003',
      title: 'Unsecured Credentials: Shell History',
      url: `${BASE}/003/`,
      about: 'Histories of shells keep the commands, and the secrets that were typed into them.',
      when: 'the file is the history of a shell or a database client',
      applies: (it) =>
        isLiteral(it) && isAt(it, /(?:^|\/)\.?[a-z_]*(?:_history|histfile)$|consolehost_history\.txt$/),
    },
    {
      id: 'T1552.002',
      title: 'Unsecured Credentials: Credentials in Registry',
      url: `${BASE}/002/`,
      about: 'Values of the Windows registry hold passwords of services and log-ons.',
      when: 'the file is an export of the Windows registry',
      applies: (it) => isLiteral(it) && isAt(it, /\.reg$/),
    },
    {
      id: 'T1552.006',
      title: 'Unsecured Credentials: Group Policy Preferences',
      url: `${BASE}/006/`,
      about: 'Passwords in these files are encrypted with a key that is public.',
      when: 'the file is one of Group Policy Preferences',
      applies: (it) =>
        isLiteral(it) &&
        isAt(it, /(?:^|\/)(?:groups|services|scheduledtasks|datasources|printers|drives)\.xml$/),
    },
    {
      id: 'T1552.007',
      title: 'Unsecured Credentials: Container API',
      url: `${BASE}/007/`,
      about: 'Credentials of container platforms open their API.',
      when: 'the credential is a kubeconfig’s or a Kubernetes service account’s',
      applies: (it) =>
        isLiteral(it) &&
        (/kube/.test(it.ruleId) || isAt(it, /(?:^|\/)(?:\.kube\/config|[^/]*kubeconfig[^/]*)$/)),
    },
    {
      id: 'T1552.008',
      title: 'Unsecured Credentials: Chat Messages',
      url: `${BASE}/008/`,
      about: 'People send each other secrets in chat, and exports keep them.',
      when: 'the file is an export of a chat',
      applies: (it) => isLiteral(it) && isAt(it, /(?:slack|teams|discord|mattermost)[-_ ]?export/),
    },
    {
      id: 'T1552.004',
      title: 'Unsecured Credentials: Private Keys',
      url: `${BASE}/004/`,
      about: 'Key files lie about in home directories and repositories.',
      when: 'the credential is a private key',
      applies: (it) => isLiteral(it) && isPrivateKey(it),
    },
    {
      id: 'T1552.001',
      title: 'Unsecured Credentials: Credentials In Files',
      url: `${BASE}/001/`,
      about: 'Attackers search files and repositories for literals.',
      when: 'a credential stands in any other file as a literal',
      applies: isLiteral,
    },
  ],
};
