// A user and a password in base64, as `Authorization: Basic` and the `auth` of Docker's configuration hold them.

interface Situated {
  readonly value: string;
  readonly keyName: string;
  readonly line: string;
  readonly valueStart: number;
}

const PAIR = /^[\t\x20-\x7e]{0,100}?:(?<password>[\t\x20-\x7e]{1,200})$/;
const BASE64 = /^(?:Basic {1,3})?(?<encoded>[A-Za-z0-9+/]{6,400}={0,2})$/i;

/** The password of the pair, or undefined for any other value. */
export function decodePassword({ value, keyName, line, valueStart }: Situated): string | undefined {
  const encoded = BASE64.exec(value)?.groups?.['encoded'];
  if (encoded === undefined) return undefined;
  const isNamed =
    encoded !== value ||
    /auth$|basic|^base64_?credentials?$/i.test(keyName) ||
    /basic {1,3}$/i.test(line.slice(0, valueStart));
  if (!isNamed) return undefined;
  const text = Buffer.from(encoded, 'base64')
    .toString('latin1')
    .replace(/\r?\n$/, '');
  return PAIR.exec(text)?.groups?.['password'];
}
