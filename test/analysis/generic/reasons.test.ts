// Values under a credential's name that are of another kind, as real trees hold them, beside credentials that look alike.
import { describe, expect, it } from 'vitest';
import { invent, scanLine } from './scan-line.ts';

const HEX = invent('<hex:32>');
const VALUE = invent('<alnum:32>');

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const base64url = (text: string): string => Buffer.from(text).toString('base64url');
const HEADER = base64url('{"alg":"HS256","typ":"JWT"}');

const VECTORS = `COUNT = 3\nKEY = ${HEX}\nIV = ${invent('<hex:16>')}\nPLAINTEXT = ${invent('<hex:32>', 'text')}\n`;
const SELECTOR = invent('<alnum:9>_<alnum:9>.<alnum:9>');

describe('nothing is found', () => {
  it.each([
    ['test vectors of a cipher', 'tests/aes.rsp', VECTORS],
    ['test vectors of one bit', 'tests/aes.txt', `COUNT = 3\nKEY1 = ${invent('<hex:16>')}\nCIPHERTEXT = 1\n`],
    ['the name of a label', 'pod.yaml', `- key: ${SELECTOR}\n  operator: In\n`],
    ['the name of a label in JSON', 'pod.json', `{"key": "${SELECTOR}",\n "operator": "In"}\n`],
    ['the name of an entry', 'cache.xml', `<entry type="Enqueue" key="@@@InProc@${HEX}" priority="1" />`],
    [
      'another property of a list',
      'info.plist',
      `<dict>\n\t<key>uuid</key>\n\t<string>${invent('<uuid>', 's0').toUpperCase()}</string>\n`,
    ],
    [
      'the name of a key that follows',
      'tests/pkey.txt',
      `PrivateKey=KAS-ECC_P-521_C20\n-----BEGIN PUBLIC KEY-----\n`,
    ],
    ['a translation', 'app/translations/pl.json', `"password": "Wachtwurd",`],
    ['a translation, escaped', 'app/he.json', `"password": "\\u05e1\\u05d9\\u05e1\\u05de\\u05d4"`],
    ['a translation as strings', 'Croatian.lproj/Localizable.strings', `"Password" = "Zaporka";`],
    ['a regular expression', 'src/a.php', `$key = preg_replace( '/[^a-z0-9_]/i', '', $key );`],
    ['a name that a program gives', 'src/sensor.py', `key="maxrain_1d",`],
    ['an alphabet', 'src/a.ts', `const VALID_KEY_CHARS = "a-zA-Z0-9:._-";`],
    ['where a list goes on', 'src/a.js', `call({ nextToken: "${VALUE}" })`],
    ['the key of a row', 'src/a.json', `"rowKey": "${invent('<base64:<alnum:12>>')}"`],
    ['an address of a blockchain', 'src/a.py', `'CONDITIONAL_TOKENS': '0x${invent('<hex:40>')}',`],
    ['the id of an OpenPGP key', 'Dockerfile', `ENV ARCHIVE_GPG_KEY=${invent('<upper-hex:16>')}`],
    ['a public key to push to', 'src/a.js', `const DEFAULT_VAPID_KEY = 'B${invent('<alnum:86>')}'`],
    [
      'the digest of a public key, in words',
      'Makefile',
      `KEY := a.pub # Public Key Token: ${invent('<hex:16>')}`,
    ],
    ['a counter of visits', 'book.json', `"token": "UA-${invent('<digit:9>')}-1"`],
    [
      'a badge',
      'README.md',
      `[![x](https://codecov.io/gh/a/b/graph/badge.svg?token=${invent('<alnum:10>')})]`,
    ],
    ['a method to sign in', 'wpa.conf', `phase2="auth=MSCHAPV2"`],
    ['an option of a linker', 'EDITME', `# AUTH_LIBS=-lsasl2`],
    ['a number with its type', 'current.txt', `field public static final int password = 16843100;`],
    [
      'ids of weaknesses',
      'report.md',
      '| **high** | Password<br>`********`, high confidence | `a/.env:16` | hard-coded in configuration, `SMTP_PASSWORD` | NHI2:2025 CWE-260 CWE-798 |',
    ],
    ['the id of an account', 'report.csv', `"TWILIO_AUTH_TOKEN","api-key","${invent('AC<hex:32>')}",""`],
    ['a share', 'keyboard.xml', `android:keyWidth="11.167%p"`],
    ['a nonce of WebSocket', 'tests/a.txt', `Sec-WebSocket-Key: ${invent('<base64:<alnum:16>>')}`],
    ['a pin', 'run.sh', `curl --pinnedpubkey sha256//${invent('<base64:<alnum:32>>')} https://example.com`],
    ['what a comment says of a variable', 'ltmain.sh', `fi # $pass = dlpreopen`],
    ['the name of a file', 'tox.ini', `keystone/common/password_hashing.py: E501`],
    ['mechanisms', 'auth.conf', `auth_mechanisms = oauthbearer xoauth2`],
    [
      'a user and a placeholder in base64',
      'tests/a.txt',
      `Authorization: Basic ${Buffer.from('user:password').toString('base64')}`,
    ],
    [
      'the pair of the specification',
      'src/a.rs',
      `"Authorization", "Basic ${base64('Aladdin:open sesame')}"`,
    ],
    ['a placeholder without a user', 'src/a.php', `'Basic ${base64(':foobar')}',`],
    ['a pair under a name', 'src/A.java', `String base64Credentials = "${base64('username:password')}";`],
    [
      'who signed a request',
      'src/a.go',
      `"X-Amz-Credential=AKID${invent('<upper-alnum:16>')}%2F20260101%2Fs3%2Faws4_request&"`,
    ],
    [
      'a signed header',
      'tests/a.txt',
      `Authorization:AWS4-ECDSA-P256-SHA256 Credential=AKID/20260101/s3/aws4_request, Signature=${HEX}`,
    ],
    [
      'the challenge of NTLM',
      'tests/a.txt',
      `WWW-Authenticate: NTLM TlRMTVNTUAACAAAA${invent('<base64:<alnum:40>>')}`,
    ],
    ['a token without its signature', 'src/a.rs', `let token = "${HEADER}";`],
    ['a token that nobody signed', 'src/a.rs', `let token = "${HEADER}.${base64url('{"sub":"b@b.com"}')}.";`],
    ['the frame of a key', 'src/A.java', `String BEGIN_KEY = "-----BEGIN PRIVATE KEY-----\\n";`],
    ['a seed of random numbers', 'a.sql', `SET @@RAND_SEED1=692635050, @@RAND_SEED2=297339954;`],
    ['a variable of a server', 'a.sql', `SET @@session.collation_connection = cp1251_bulgarian_ci;`],
    ['an index', 'a.sql', `KEY \`57813X540X1723\` (\`57813X540X1723\`(100)),`],
    [
      'a line of passwd',
      'users.txt',
      `jane:{plain}pass:1000:1000::/home/jane::userdb_mail=maildir:~/Maildir`,
    ],
    [
      'a path in an address',
      'src/a.rb',
      `"ssl://0.0.0.0:9292?cert=%2Fpath%2Fto%2Fcert%2B1&key=%2Fpath%2Fto%2Fkey%2B1&verify_mode=peer"`,
    ],
    ['a format of times', 'src/a.php', `FORMAT_KEY => '%rP%yY%mM%dDT%hH%iM%sS',`],
    [
      'an alphabet in its order',
      'src/a.c',
      `static char randstr_otp[] = "469ACGHJKLMNPQRUVWXYabdfhijkprstuvwxyz";`,
    ],
    ['keys that are trusted', 'src/a.php', `$trusted_keys[] = '${invent('<base64:<alnum:32>>')}';`],
    ['a name that ends in basic', 'src/a.h', `#define OCSP_get1_basic  wolfSSL_get1_basic`],
    [
      'test vectors on one line',
      'tests/a.json',
      `{"tests":[{"tcId":1,"key":"${HEX}","msg":"${HEX}","ct":"${HEX}"}]}`,
    ],
    ['bytes that count', 'src/a.py', `api_key = "${'0011223344556677'}8899aabbccddeeff0f0e0d0c0b0a0908"`],
    ['hexadecimal words', 'src/A.java', `String encryptionKey128 = "cafebabedeadbeefbeefcafecafebabe";`],
    ['a sample of Amazon', 'src/a.json', `"token": "AQoDYXdzEPT//wEXAMPLE${invent('<alnum:60>')}"`],
  ])('of %s', (_, path, text) => {
    expect(scanLine(text, path)).toEqual([]);
  });
});

describe('a credential is still found', () => {
  it.each([
    {
      name: 'beside a vector of initialisation alone',
      path: 'app.properties',
      text: `iv = ${invent('<hex:32>', 'iv')}\nencryption_key = ${HEX}`,
      secret: HEX,
    },
    {
      name: 'beside a count and a tag',
      path: 'values.yaml',
      text: `count: 3\ntag: ${invent('<hex:8>')}\napi_key: ${HEX}`,
      secret: HEX,
    },
    {
      name: 'in code beside test vectors',
      path: 'src/a.py',
      text: `COUNT = 3\nPLAINTEXT = 'abcdef'\napi_key = '${HEX}'`,
      secret: HEX,
    },
    { name: 'among translations', path: 'config/locales/en.yml', text: `api_key: ${VALUE}`, secret: VALUE },
    {
      name: 'as the value of a property',
      path: 'info.plist',
      text: `<key>api_key</key>\n<string>${VALUE}</string>`,
      secret: VALUE,
    },
    {
      name: 'as a private key of a blockchain',
      path: 'src/a.py',
      text: `private_key = "0x${invent('<hex:64>')}"`,
      secret: `0x${invent('<hex:64>')}`,
    },
    { name: 'that is a header under a secret', path: 'a.yml', text: `secret: "${HEADER}"`, secret: HEADER },
    {
      name: 'in an address with a path in it',
      path: 'src/a.rb',
      text: `"ssl://0.0.0.0:9292?cert=%2Fetc%2Fcert&key=${VALUE}&mode=peer"`,
      secret: VALUE,
    },
    {
      name: 'beside a table of another kind on one line',
      path: 'a.json',
      text: `{"items":[{"id":1,"api_key":"${HEX}","msg":"hello","count":3}]}`,
      secret: HEX,
    },
  ])('$name', ({ path, text, secret }) => {
    expect(scanLine(text, path).map((finding) => finding.secret)).toEqual([secret]);
  });

  it('where base64 holds two plus signs', () => {
    const value = `${invent('<alnum:30>')}++${invent('<alnum:30>', 'second')}`;
    expect(scanLine(`String influxToken = "${value}";`, 'src/A.java').map(({ secret }) => secret)).toEqual([
      value,
    ]);
  });

  it('as a user and a password in base64', () => {
    const pair = Buffer.from(`deploy:${invent('<alnum:14>')}`).toString('base64');
    expect(scanLine(`Authorization: Basic ${pair}`, 'tests/a.txt').map(({ secret }) => secret)).toEqual([
      pair,
    ]);
  });
});
