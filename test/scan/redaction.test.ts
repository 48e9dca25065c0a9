// Nothing that a scan says of a text holds a secret of it, whichever field it stands in.
import { describe, expect, it } from 'vitest';
import { createPassword, createToken } from '../sample-secrets.ts';
import { createDefaultScanner, createSetup, gather, scanBytes } from './scan-bytes.ts';

const TOKEN = createToken('redaction');
const PASSWORD = createPassword('redaction');

const scanner = createDefaultScanner({
  analysis: { ...createSetup().analysis, showSecrets: false, keep: 'all' },
});

/** Everything that is said of a text, as one text. */
function describeText(text: string, path?: string): string {
  const said = gather(scanBytes(scanner, Buffer.from(`${text}\n`), path));
  expect(said.findings.length + said.suppressed.length, 'nothing was found').toBeGreaterThan(0);
  return JSON.stringify(said);
}

/** The beginning and the end of a secret are told as little as all of it. */
function expectHidden(said: string, secrets: readonly string[] = [TOKEN, PASSWORD]): void {
  const parts = secrets.flatMap((secret) => [secret.slice(0, 12), secret.slice(-8), secret.slice(-14, -4)]);
  expect(parts.filter((part) => said.includes(part))).toEqual([]);
}

describe('what is said of a secret', () => {
  it.each([
    `https://${TOKEN}:x-oauth-basic@github.com/o/r.git`,
    `postgres://app:${PASSWORD}@db.host.io/${TOKEN}`,
    `https://bob:${PASSWORD}@api.host.io/${TOKEN}/x`,
    `https://bob:${PASSWORD}@${TOKEN}.host.io/x`,
    `amqp://${TOKEN}:${PASSWORD}@mq.host.io/v`,
    `jdbc:sqlserver://h.io;user=${TOKEN};password=${PASSWORD}`,
    `Server=db.host.io;Database=d;User ID=${TOKEN};Password=${PASSWORD};`,
  ])('names no identity that is a secret itself: %#', (address) => {
    expectHidden(describeText(`url = ${address}`));
  });

  it.each(['x-oauth-basic', 'X-OAuth-Basic', 'x-access-token', 'api_token'])(
    'knows that the user is the secret where the password is %s',
    (word) => {
      const said = describeText(`url = https://${PASSWORD}:${word}@git.host.io/o/r.git`);
      expectHidden(said);
      expect(said).toContain('connection-string-token-as-user');
      expect(said).not.toContain('connection-string-basic-auth-url');
    },
  );

  it('shows no part of a second copy at either end of what is shown of a long line', () => {
    const far = 'x'.repeat(92);
    expectHidden(describeText(`password = "${PASSWORD}" # ${far} again: ${PASSWORD} end`, 'a.py'), [
      PASSWORD,
    ]);
    expectHidden(describeText(`# ${PASSWORD} ${far} again: password = "${PASSWORD}"`, 'a.py'), [PASSWORD]);
  });

  it.each([
    ['key.yaml', `${TOKEN}:\n  token: "${TOKEN}"`],
    ['key.json', `{"${TOKEN}": {"password": "${PASSWORD}"}, "token": "${TOKEN}"}`],
    ['key.toml', `["${TOKEN} of"]\npassword = "${PASSWORD}"`],
    ['long.yaml', `${'k'.repeat(62)}${TOKEN}:\n  token: "${TOKEN}"`],
  ])('names no key that is a secret: %s', (path, text) => {
    const said = describeText(text, path);
    expect(said).toContain('"keyPath"');
    expectHidden(said);
  });

  it.each([0, 60, 150, 158, 170])('tells the reason of a comment without what follows it: %i', (width) => {
    const reason = `Größe ${'r'.repeat(width)}; password = "${PASSWORD}"`;
    const said = describeText(`tok = "${TOKEN}" # nhi-scan:allow slack-bot-token -- ${reason}`, 'v.py');
    expectHidden(said);
    expect(said).toContain('"because":"Größe ');
  });

  const json = `{"user": "x", "password": "${PASSWORD}", "token": "${TOKEN}", "more": "${PASSWORD}"}`;
  const base64 = Buffer.from(json).toString('base64');
  it.each([
    ['base64', base64],
    ['base64url', Buffer.from(json).toString('base64url')],
    ['base64 twice', Buffer.from(`padding ${base64}`).toString('base64')],
    ['base64 of which the line breaks are escaped', base64.replace(/.{76}/g, '$&\\n')],
    ['base64 in lines', base64.replace(/.{76}/g, '$&\n')],
    ['base64 in an address', encodeURIComponent(base64)],
    ['hex', Buffer.from(json).toString('hex')],
    ['percent', toHex(json, '%')],
    ['escape', toHex(json, '\\x')],
    ['html', [...json].map((sign) => `&#${sign.charCodeAt(0)};`).join('')],
  ])('shows nothing of the encoded text that a secret was found in: %s', (_, encoded) => {
    const { findings } = gather(scanBytes(scanner, Buffer.from(`a "config": "${encoded}" b\n`), 'c.txt'));
    const found = findings.find(({ ruleId }) => ruleId === 'slack-bot-token');
    expect(found?.decodedBy).not.toEqual([]);
    const shown = found!.excerpt.map(({ text }) => text).join('\n');
    const parts = [...encoded]
      .map((_sign, at) => encoded.slice(at, at + 6))
      .filter((part) => part.length === 6);
    expect(parts.filter((part) => shown.includes(part))).toEqual([]);
    expectHidden(JSON.stringify(found));
  });

  const hard = `p@ss:"${PASSWORD}/&<x`;
  it.each([
    ['decoded', 'd.txt', `url=postgres://u:${encodeURIComponent(hard)}@db.host.io/x # ${hard}`],
    ['encoded', 'e.json', `{"password": ${JSON.stringify(hard)}, "url": "${encodeURIComponent(hard)}"}`],
    ['escaped', 'f.py', `password = '${PASSWORD}/"&z' # "${PASSWORD}/\\"&z" ${PASSWORD}/&quot;&amp;z`],
  ])('hides a copy in another spelling: %s', (_, path, text) => {
    expectHidden(describeText(text, path), [PASSWORD]);
  });

  it.each([
    ['json', `{"password": "${PASSWORD}\\"tail8chr \\\\\\"more", "name": "known"}`],
    ['sql', `set password = '${PASSWORD}''tail8chr more' name known`],
    ['js', `password = "${PASSWORD}\\"tail8chr more", name = "known" // ${PASSWORD}"tail8chr more`],
  ])('hides a string to its end, beyond a quote in it: %s', (extension, text) => {
    const said = describeText(text, `q.${extension}`);
    expectHidden(said, [PASSWORD]);
    expect(said).not.toMatch(/tail8chr|more/);
    expect(said).toContain('known');
  });

  it('takes no string for longer than it is', () => {
    const said = describeText(String.raw`x = {\"password\": \"${PASSWORD}\", \"name\": \"known\"}`, 'a.js');
    expect(said).toContain('known');
    expect(describeText(`password = """${PASSWORD}""" + "known"`, 'a.py')).toContain('known');
    expect(describeText(`password = "${PASSWORD}\\" + known`, 'a.pas')).toContain('known');
  });

  it('names no file, member, author or container that holds a secret of the text', () => {
    const bytes = Buffer.from(`token = "${TOKEN}"\npassword = "${PASSWORD}"\n`);
    const member = { kind: 'member', container: { kind: 'file', path: `in-${TOKEN}.zip` } } as const;
    const commit = { kind: 'commit', commit: 'c0ffee', date: '2026-01-01T00:00:00Z', object: '' } as const;
    for (const provenance of [
      { kind: 'file', path: `src/${TOKEN}/${PASSWORD}.js` },
      { ...member, path: `${PASSWORD}/.env` },
      { ...commit, path: `(tag rel-${TOKEN})`, author: `Bob <bob@${PASSWORD}>` },
    ] as const) {
      const said = gather(scanner.scan({ kind: 'bytes', provenance, bytes }));
      expect(said.findings).toHaveLength(2);
      expectHidden(JSON.stringify(said));
    }
    const { findings } = gather(scanBytes(scanner, bytes, 'src/plain.js'));
    expect(findings.map(({ location }) => location.path)).toEqual(['src/plain.js', 'src/plain.js']);
  });

  it('shows nothing of encoded text beside another secret', () => {
    const said = describeText(`password = "${PASSWORD}", config = "${base64}"`, 'a.py');
    expect(said).toContain('config');
    expect(said).not.toContain(base64.slice(0, 6));
  });
});

function toHex(text: string, sign: string): string {
  return Buffer.from(text).toString('hex').replace(/../g, `${sign}$&`);
}
