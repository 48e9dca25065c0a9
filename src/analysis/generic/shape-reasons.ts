// Reasons that the value's own shape gives: a path, a number, a date, words, a colour, characters that count.
import type { Candidate } from '../candidate.ts';
import type { Reason } from './reason.ts';
import type { Surroundings } from './surroundings.ts';
import { isFillerText } from '../storage/readability.ts';

const MIN_LENGTH = 3;
const MAX_TEXT_WORDS = 5;
/** Rules whose values may be a few digits. */
const NUMERIC: ReadonlySet<string> = new Set([
  'generic-password',
  'generic-password-translated',
  'generic-url-credentials',
  'generic-sql-password',
  'generic-command-line-password',
]);

const TRANSLATION = /(?:^|\/)(?:i18n|l10n|locales?|translations?)\//i;

export const SHAPE_REASONS: readonly Reason[] = [
  { test: ({ value }) => value.trim().length < MIN_LENGTH, because: 'it is too short' },
  {
    test: ({ value }) => isPath(value) || isPath(decodePercent(value)),
    because: 'it is a path or a URL without credentials',
  },
  {
    test: ({ value, rule }) => !NUMERIC.has(rule.id) && /^-?[\d.,:+_ xX-]+$/.test(value) && value.length < 7,
    because: 'it is a number, a version or a date',
  },
  {
    test: ({ value }) =>
      /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:?\d{2}.*)?$|^v?\d+\.\d+(?:\.\d+)*(?:[-+][\w.]+)?$/.test(value),
    because: 'it is a date or a version',
  },
  {
    test: ({ value }) => /^0x[0-9a-f]{1,8}$|^[a-z]+@[0-9a-f]{4,8}$/i.test(value),
    because: 'it is a number or an address',
  },
  { test: ({ value }) => /^#[0-9a-f]{3,8}$|^(?:rgb|hsl)a?\(/i.test(value), because: 'it is a colour' },
  {
    test: ({ value }) => /^(?:[^A-Za-z0-9\u0080-\uffff]|\\[nrt])+$/.test(value),
    because: 'it has no letters or digits',
  },
  {
    test: ({ value }) =>
      /^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-\S+|sk-ssh-\S+) AAAA|^-----BEGIN (?:PUBLIC|RSA PUBLIC|CERT|SSH2 PUBLIC)|^MFkwEwYHKoZI|^MII\w{2}[\w+/]ANBgkqhkiG9w0BAQEFAAOC|^MI[GH]\w[\w+/]{0,4}QBgcqhkjOPQIB|^MCowBQYDK2V/.test(
        value,
      ),
    because: 'it is a public key or a certificate',
  },
  { test: isBytes, because: 'it is a row of bytes, of the kind that test vectors are' },
  { test: isText, because: 'it is a text' },
  {
    test: ({ value }) => /^(.)\1*$/.test(value) || isFillerText(value),
    because: 'its characters repeat or count',
  },
  {
    test: ({ value, path }) => TRANSLATION.test(path) && /^\p{L}+$/u.test(value),
    because: 'it is a word of a translation',
  },
  { test: isOwnName, because: 'it only repeats its name' },
  { test: isDigest, because: 'it is a digest with the name of its algorithm' },
  { test: isBasicWithoutPair, because: 'it is no user and password in base64' },
  {
    test: ({ value }) =>
      (/^(?:[\w-]+\.){2,}[\w-]+$/.test(value) && /^[a-z]/.test(value) && !/\d{3}|[A-Z]{2}/.test(value)) ||
      /^(?:[a-z_]{2,24}\.){2,8}[A-Z][A-Za-z]{3,48}$/.test(value),
    because: 'it is a dotted name',
  },
];

function isPath(value: string): boolean {
  if (/^(?:[a-z][a-z0-9+.-]{1,15}:)?\/\/[^\s:@/]*(?::\d+)?(?:\/.*)?$/i.test(value))
    return !/[?&][\w-]+=\S{8}/.test(value);
  if (/^(?:\.{1,2}|~|[A-Za-z]:)[\\/]|^\/(?:[\w.@-]+\/)+[\w.@*-]*$|^\/[a-z][\w-]*$/.test(value)) return true;
  return /^[\w.-]+(?:\/[\w.-]+)*\.(?:json|ya?ml|pem|key|crt|cer|txt|pub|p12|jks|js|ts|py|go|rb|java|html?|xml|png|svg|cfg|conf|env|so|gpg|asc|o|a|c|h|cc|cpp|mk|log|sh|md|csv|sql|toml|ini|properties|dll|exe|zip|tar|gz|jpg|gif|ico|css|scss|vue|tsx|jsx|kt|rs|php|cs|swift)$/i.test(
    value,
  );
}

/** The text that percent signs encode, or the text as it is. */
function decodePercent(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Most of it stands as escapes of single bytes. */
function isBytes({ value }: Candidate): boolean {
  const escapes = value.match(/\\(?:x[0-9a-f]{2}|[0-7]{3}|u00[0-9a-f]{2})/gi) ?? [];
  return escapes.join('').length * 2 > value.length;
}

/** Words with blanks between them and few other characters; a passphrase has neither commas nor many short words. */
function isText({ value, rule }: Candidate): boolean {
  const words = value.trim().split(/\s+/);
  if (value.startsWith('-----BEGIN') || /^\{\\*"/.test(value)) return false;
  if (words.length > MAX_TEXT_WORDS) return true;
  if (/[\u0080-\uffff]/.test(value) && words.length > 1) return true;
  if (words.length > 1 && /[.!?:\u2026]$/.test(value)) return true;
  return words.length > 2 && rule.id !== 'generic-password' && !/\d/.test(value);
}

/** `password: "password"`, `'api_key': 'API-KEY'`, `token: my_token`. */
function isOwnName({ value }: Candidate, { name }: Surroundings): boolean {
  if (name === '') return false;
  const plain = value.toLowerCase().replace(/[^a-z]/g, '');
  const own = name.toLowerCase().replace(/[^a-z]/g, '');
  return (
    plain.length > 0 && (plain === own || (own.endsWith(plain) && plain.length >= 4 && !/\d/.test(value)))
  );
}

function isDigest({ value }: Candidate): boolean {
  return (
    /^(?:sha(?:1|256|384|512)|md5|pbkdf2_\w{1,12}|bcrypt\w{0,8}|argon2\w{0,2}|scrypt)[-:$/]/i.test(value) ||
    /^md5[0-9a-f]{32}$|^\{s?(?:md5|sha)[\w.-]{0,12}\}/i.test(value) ||
    /^\$(?:2[aby]|5|6|argon2\w*|pbkdf2\S*)\$/.test(value)
  );
}

/** What follows `Basic` is a user and a password in base64. */
function isBasicWithoutPair({ value, rule }: Candidate, { name }: Surroundings): boolean {
  if (rule.id !== 'generic-authorization-header' || name.toLowerCase() !== 'basic') return false;
  const decoded = Buffer.from(value, 'base64').toString('latin1');
  return !/^[^\x00-\x1f:]{0,100}:[^\x00-\x1f]{0,200}\n?$/.test(decoded) && !/==?$/.test(value);
}
