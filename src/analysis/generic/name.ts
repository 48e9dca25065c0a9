// What the name says that a value is assigned to: its words, and which of them name a credential.

/** Kinds of credential that a name can say. */
export type NameKind = 'password' | 'secret' | 'token' | 'key' | 'credential' | 'salt';

export interface NameReading {
  /** Words in lower case, from left to right. */
  readonly words: readonly string[];
  /** The credential that the last fitting word names. */
  readonly kind: NameKind | undefined;
  /** Words that follow that word. */
  readonly tail: readonly string[];
  /** Words that precede it. */
  readonly lead: readonly string[];
}

/** The words of a name: `dbPassword_v2` is `db`, `password`, `v`, `2`. */
export function splitName(name: string): string[] {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((word) => word.toLowerCase());
}

const WORDS: readonly (readonly [NameKind, ReadonlySet<string>])[] = [
  ['salt', new Set('salt salts nonce nonces'.split(' '))],
  [
    'password',
    new Set(
      `password passwords passwd passwds pwd pwds pass passphrase passphrases passcode passwort psw pswd passw passwrd
      userpass kennwort passkey contrasena senha motdepasse wachtwoord haslo heslo salasana`.split(/\s+/),
    ),
  ],
  ['secret', new Set('secret secrets'.split(' '))],
  ['token', new Set('token tokens tok'.split(' '))],
  ['key', new Set('key keys apikey apikeys'.split(' '))],
  [
    'credential',
    new Set(
      `credential credentials creds cred auth oauth authentication authorization seed otp totp hotp hmac session cookie ticket sessionid bearer verifier`.split(
        /\s+/,
      ),
    ),
  ],
];

/** Endings of words that run together, as in `dbpassword` or `APITOKEN`. */
const ENDINGS: readonly (readonly [NameKind, RegExp])[] = [
  [
    'password',
    /(?:password|passwd|passphrase|passcode|passwort|pwd|(?:user|db|my|root|admin|sql|mail|require|redis|ssh|ftp|smtp|wifi|sudo|become|store)pass)\d?$/,
  ],
  ['secret', /(?<!non)secret\d?$/],
  ['token', /token\d?$/],
  [
    'key',
    /(?:api|access|auth|secure|loggedin|secret|private|priv|encryption|encrypt|crypto|signing|sign|master|consumer|client|service|license|licence|account|aes|hmac|ssh|rsa|app|user|storage|shared|session|host|public|pub|deploy|write|read|admin|server|login|nonce)keys?\d?$|^(?:n|p|x|s3|id)key$/,
  ],
  ['credential', /(?:credentials?|auth|cookie)$/],
  ['salt', /(?:salt|nonce)$/],
];

export function readName(name: string): NameReading {
  const words = splitName(name);
  for (let index = words.length - 1; index >= 0; index--) {
    const kind = kindOfWord(words[index]!, words[index - 1]);
    if (kind) return { words, kind, lead: words.slice(0, index), tail: words.slice(index + 1) };
  }
  return { words, kind: undefined, lead: words, tail: [] };
}

/** Elsewhere `pw` is power. */
const OWNERS_OF_PW: ReadonlySet<string> = new Set(
  'db bind user root admin login mail smtp ldap sql my'.split(' '),
);

function kindOfWord(word: string, before: string | undefined): NameKind | undefined {
  if (word === 'pw') return before === undefined || OWNERS_OF_PW.has(before) ? 'password' : undefined;
  if (word === 'passe') return before === 'de' ? 'password' : undefined;
  const exact = WORDS.find(([, words]) => words.has(word));
  return exact?.[0] ?? ENDINGS.find(([, ending]) => ending.test(word))?.[0];
}

/** A word after the credential's that makes the name speak of something about it. */
const ABOUT: ReadonlySet<string> = new Set(
  `id ids name names type types kind class count counts length len size limit max min ttl index file files filename path
  paths dir directory folder url urls uri uris endpoint host port link links expiry expires expiration expire expired
  lifetime timeout duration age date time at policy rule rules regex pattern format encoding encoder hash hashed hasher
  hashing algorithm algo alg label labels hint hints placeholder field fields input form page view screen dialog prompt
  title text message messages msg error errors err warning description desc help info required enabled disabled enable
  disable valid invalid validator validation validate strength change changed reset forgot forgotten
  manager provider store storage source service handler factory builder parser generator helper util utils config
  configuration settings option options arn alias version ref reference selector column table list map array set
  exists missing empty wrong mismatch icon button btn less ring chain pair usage bits mode method scheme flow
  prefix suffix separator width height handle chars charset alphabet delimiter param params parameter response request callback event status state
  mgmt management result results scope scopes scanning permission permissions supported context object instance model schema entity`.split(
    /\s+/,
  ),
);

/** A word before the credential's that makes the value a text for people, as in `LABEL_NEW_PASSWORD`. */
const SHOWN: ReadonlySet<string> = new Set(
  'label title text msg message forgot hint placeholder tooltip'.split(' '),
);

/** A name such as `token_type` or `password_file` speaks of the credential, and does not hold it. */
export function speaksAboutIt({ lead, tail }: NameReading): boolean {
  const last = tail.at(-1);
  return (last !== undefined && ABOUT.has(last)) || lead.some((word) => SHOWN.has(word));
}
