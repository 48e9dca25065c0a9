// Two halves of a value, encoded values and cut values: what one pattern alone does not decide.
import { describe, expect, it } from 'vitest';
import { createReferenceCatalogue } from '../../../src/analysis/storage/reference-index.ts';
import { expandTemplate } from '../../../src/rules/template.ts';
import { CATALOGUE, classifyText } from './catalogue.ts';

const WHOLE = createReferenceCatalogue(CATALOGUE.map(({ entry }) => entry));
const LITERAL = expandTemplate('<alnum:24>', { seed: 'classify' });
const base64 = (text: string): string => Buffer.from(text).toString('base64');

function stateOf(text: string, path: string, place: 'code' | 'config' | 'iac' | 'ci' = 'code'): string {
  return classifyText(text, { path, place }, WHOLE)?.state ?? 'literal';
}

describe('a literal', () => {
  it.each([
    [`password: «${LITERAL}»`, 'app.yaml'],
    [`const token = "«${LITERAL}»"`, 'app.ts'],
    [`TOKEN=«${LITERAL}»`, '.env'],
    [`password = "«${LITERAL}»"`, 'main.tf'],
    [`const a = process.env.A, b = "«${LITERAL}»"`, 'app.ts'],
    [`password: "«\${PREFIX}${LITERAL}»"`, 'app.yaml'],
  ])('is none of the states: %s', (text, path) => {
    expect(stateOf(text, path)).toBe('literal');
  });
});

describe('a default beside a read', () => {
  it.each([
    [`token = process.env.TOKEN || "«${LITERAL}»"`, 'app.ts', 'hardcoded-fallback'],
    [`token = process.env.A || process.env.B || "«${LITERAL}»"`, 'app.ts', 'hardcoded-fallback'],
    ['token = process.env.TOKEN || "«»"', 'app.ts', 'literal'],
    [`secret = «config.get('jwt.secret') || '${LITERAL}'»`, 'app.ts', 'hardcoded-fallback'],
    [
      `token = «os.environ["TOKEN"] if "TOKEN" in os.environ else "${LITERAL}"»`,
      'app.py',
      'hardcoded-fallback',
    ],
    [`token = «os.environ.get("TOKEN", None) or "${LITERAL}"»`, 'app.py', 'hardcoded-fallback'],
    ['secret = «config.get("jwt.secret") || "changeme"»', 'app.ts', 'runtime-injected'],
    ['secret = «config.get("jwt.secret")», other = "value"', 'app.ts', 'runtime-injected'],
    ['TOKEN: «${TOKEN:-}»', 'compose.yaml', 'runtime-injected'],
    ['TOKEN: «${TOKEN:-changeme}»', 'compose.yaml', 'runtime-injected'],
    [`TOKEN: «\${TOKEN:-${LITERAL}}»`, 'compose.yaml', 'hardcoded-fallback'],
    [`TOKEN: «\${TOKEN:-\${OTHER:-${LITERAL}}}»`, 'compose.yaml', 'hardcoded-fallback'],
    ['TOKEN: «${TOKEN:-${OTHER}}»', 'compose.yaml', 'runtime-injected'],
  ])('is judged by itself: %s', (text, path, state) => {
    expect(stateOf(text, path)).toBe(state);
  });

  it('is where the finding points', () => {
    const text = `token = os.getenv("TOKEN", "«${LITERAL}»")`;
    const found = classifyText(text, { path: 'app.py', place: 'code' }, WHOLE);
    expect(found?.fallback?.value).toBe(LITERAL);
  });
});

describe('base64 in a Kubernetes secret', () => {
  it.each([
    [base64(LITERAL), 'hardcoded-encoded'],
    [base64('vault:secret/data/app#PASSWORD'), 'managed-reference'],
    [base64('changeme'), 'placeholder'],
    [base64('${DB_PASSWORD}'), 'runtime-injected'],
  ])('is decoded first: %s', (value, state) => {
    expect(stateOf(`  password: «${value}»`, 'secret.yaml', 'iac')).toBe(state);
  });

  it('is a literal elsewhere', () => {
    expect(stateOf(`password: «${base64(LITERAL)}»`, 'app.yaml', 'config')).toBe('literal');
  });
});

describe('the manager and the path', () => {
  it.each([
    ['password: «vault:secret/data/app#PASSWORD»', 'HashiCorp Vault'],
    ['password: «op://prod/db/password»', '1Password'],
    ['password: «ENC[AES256_GCM,data:abcd,iv:abcd,tag:abcd,type:str]»', 'SOPS'],
  ])('are named: %s', (text, manager) => {
    expect(classifyText(text, { path: 'app.yaml', place: 'config' }, WHOLE)?.manager).toBe(manager);
  });

  it('are not named for what the environment supplies', () => {
    const found = classifyText('«process.env.TOKEN»', { path: 'app.ts', place: 'code' }, WHOLE);
    expect(found).toEqual({ state: 'runtime-injected', path: 'TOKEN' });
  });
});

describe('a hostile value', () => {
  it.each([
    ['deep defaults', `«${'${A:-'.repeat(200)}x${'}'.repeat(200)}»`],
    ['many keywords', `«${'{{ op:// ENC[ ${'.repeat(300)}»`],
    ['a long value', `«${'a1B'.repeat(5000)}»`],
  ])('is answered: %s', (_, text) => {
    expect(() => stateOf(text, 'app.yaml', 'config')).not.toThrow();
  });
});
