// Common Weakness Enumeration: which entry fits which evidence. The most specific come first.
import type { Place } from '../model/finding.ts';
import type { Evidence } from './evidence.ts';
import { isAt, isCryptographicKey, isInEnvironment, isLiteral, isPassword } from './evidence.ts';
import type { Framework, Standard } from './standard.ts';

const CODE_PLACES: ReadonlySet<Place> = new Set(['code', 'test', 'notebook']);
const TEXT_PLACES: ReadonlySet<Place> = new Set(['data', 'docs', 'notebook']);
const LOG_FILE = /\.(?:log|har)(?:\.\d+)?$|(?:^|\/)logs?\//;
const WEB_ROOT = /(?:^|\/)(?:public|public_html|static|dist|www|wwwroot|htdocs)\//;

export const CWE: Framework = {
  name: 'Common Weakness Enumeration',
  source: 'https://cwe.mitre.org/',
  list: 'cwe',
  isExclusive: false,
  standards: [
    entry(321, 'Use of Hard-coded Cryptographic Key', {
      about: 'A key that signs, decrypts or proves an identity is part of the program.',
      when: 'a private, signing or encryption key stands in the file',
      applies: isCryptographicKey,
    }),
    entry(259, 'Use of Hard-coded Password', {
      about: 'A password is part of the program.',
      when: 'a password stands in code',
      applies: (it) => isPassword(it) && CODE_PLACES.has(it.place),
    }),
    entry(260, 'Password in Configuration File', {
      about: 'A password is stored in a file that configures the program.',
      when: 'a password stands in configuration, CI, infrastructure or container files',
      applies: (it) => isPassword(it) && !CODE_PLACES.has(it.place) && !TEXT_PLACES.has(it.place),
    }),
    entry(798, 'Use of Hard-coded Credentials', {
      about: 'Credentials are part of what is shipped, so that whoever reads it holds them.',
      when: 'a credential stands in the file as a literal',
      applies: () => true,
    }),
    entry(261, 'Weak Encoding for Password', {
      about: 'A password is hidden by an encoding that anybody can undo, such as base64.',
      when: 'a password was found by decoding it',
      applies: (it) => it.state === 'hardcoded-encoded' && isPassword(it),
    }),
    entry(526, 'Cleartext Storage of Sensitive Information in an Environment Variable', {
      about: 'Environment variables are seen by child processes, crash reports and diagnostic pages.',
      when: 'the literal becomes an environment variable',
      applies: isInEnvironment,
    }),
    entry(532, 'Insertion of Sensitive Information into Log File', {
      about: 'Logs are kept, copied and read by more people than the program’s secrets are meant for.',
      when: 'the credential stands in a log or a recorded HTTP session',
      applies: (it) => isAt(it, LOG_FILE),
    }),
    entry(538, 'Insertion of Sensitive Information into Externally-Accessible File or Directory', {
      about: 'A file that others can fetch holds the information.',
      when: 'the file lies in a folder that web servers publish',
      applies: (it) => isAt(it, WEB_ROOT),
    }),
    entry(615, 'Inclusion of Sensitive Information in Source Code Comments', {
      about: 'Comments travel with the source and are forgotten.',
      when: 'the credential stands in a comment',
      applies: (it) => it.flags.includes('in-comment'),
    }),
    entry(214, 'Invocation of Process Using Visible Sensitive Information', {
      about: 'Arguments of a process are visible to others on the machine.',
      when: 'the credential is an argument of a command',
      applies: (it) => it.flags.includes('in-command-line'),
    }),
    {
      id: 'CWE-522',
      title: 'Insufficiently Protected Credentials',
      url: 'https://cwe.mitre.org/data/definitions/522.html',
      about: 'Credentials are stored or handed on in a way that others can get at.',
      when: 'a pipeline or an image hands on a credential that need not be stored, or hands it to too many',
    },
    entry(319, 'Cleartext Transmission of Sensitive Information', {
      about: 'Whoever listens on the way reads it.',
      when: 'the credential belongs to an address that is reached without encryption',
      applies: (it) => it.flags.includes('insecure-transport'),
    }),
    entry(312, 'Cleartext Storage of Sensitive Information', {
      about: 'Sensitive information is kept as it is, where others may read it.',
      when: 'the credential stands in data, documentation or a notebook',
      applies: (it) => TEXT_PLACES.has(it.place),
    }),
  ],
};

/** A row that applies to literals only. */
function entry(
  number: number,
  title: string,
  row: { about: string; when: string; applies: (evidence: Evidence) => boolean },
): Standard {
  return {
    id: `CWE-${number}`,
    title,
    url: `https://cwe.mitre.org/data/definitions/${number}.html`,
    ...row,
    applies: (it) => isLiteral(it) && row.applies(it),
  };
}
