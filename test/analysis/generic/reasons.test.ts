// Values under a credential's name that are of another kind, as real trees hold them, beside credentials that look alike.
import { describe, expect, it } from 'vitest';
import { invent, scanLine } from './scan-line.ts';

const HEX = invent('<hex:32>');
const VALUE = invent('<alnum:32>');

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
