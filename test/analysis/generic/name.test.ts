// Names: which of their words name a credential, and which only look as if they did.
import { describe, expect, it } from 'vitest';
import { readName, speaksAboutIt, splitName } from '../../../src/analysis/generic/name.ts';

describe('splitName', () => {
  it.each([
    ['dbPasswordProd', ['db', 'password', 'prod']],
    ['AWS_SECRET_ACCESS_KEY', ['aws', 'secret', 'access', 'key']],
    ['x-api-key2', ['x', 'api', 'key', '2']],
    ['spring.datasource.password', ['spring', 'datasource', 'password']],
  ])('%s', (name, words) => expect(splitName(name)).toEqual(words));
});

describe('readName', () => {
  it.each([
    ['db_password_prod', 'password'],
    ['clientSecretValue', 'secret'],
    ['APIKEY', 'key'],
    ['dbpassword', 'password'],
    ['oauth_token_secret', 'secret'],
    ['PASSWORD_SALT', 'salt'],
    ['bind_pw', 'password'],
    ['totp_seed', 'credential'],
  ])('%s names a %s', (name, kind) => expect(readName(name).kind).toBe(kind));

  it.each(['tokenizer', 'passwordless', 'secretary', 'keyboard', 'monkey', 'author', 'hdmi_pw', 'compass'])(
    '%s names none',
    (name) => expect(readName(name).kind).toBeUndefined(),
  );

  it.each(['token_type', 'passwordFile', 'API_KEY_ID', 'secret-name', 'key_length'])(
    '%s speaks about one',
    (name) => expect(speaksAboutIt(readName(name))).toBe(true),
  );

  it.each(['token', 'password_prod', 'secret_value', 'password_confirmation'])('%s holds one', (name) =>
    expect(speaksAboutIt(readName(name))).toBe(false),
  );
});
