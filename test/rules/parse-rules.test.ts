// A rule file becomes rules, or a complaint that names the place and the remedy.
import { describe, expect, it } from 'vitest';
import type { Rule } from '../../src/model/rule.ts';
import { UserError } from '../../src/model/user-error.ts';
import { parseRules } from '../../src/rules/parse-rules.ts';
import { createToken } from '../sample-secrets.ts';
import { writeRuleFile } from './write-rule-file.ts';

function parse(changes: Readonly<Record<string, string | undefined>>, defaults?: string): Rule {
  return parseRules(writeRuleFile(changes, defaults), 'acme.yaml')[0]!.rule;
}

function complaintOf(changes: Readonly<Record<string, string | undefined>>): UserError {
  try {
    parse(changes);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('there is no complaint');
}

describe('a rule file', () => {
  it('gives rules, their facts and their places', () => {
    const [placed, ...others] = parseRules(writeRuleFile(), 'acme.yaml');
    expect(others).toEqual([]);
    expect(placed!.place).toMatch(/^acme\.yaml:3:\d+$/);
    expect(placed!.rule).toMatchObject({
      id: 'acme-key',
      provider: 'Acme',
      kind: 'secret',
      lookback: 0,
      reach: 13,
      ignoreCase: false,
      assigned: false,
      literal: false,
      opensSecrets: false,
      requires: [],
    });
    expect(placed!.rule).not.toHaveProperty('entropy');
  });

  it('lets rules share fields, and each have its own', () => {
    const defaults = '{ lifetime: expiring, revoke: Shared. }';
    expect(parse({ lifetime: undefined, revoke: undefined }, defaults)).toMatchObject({ lifetime: 'expiring', revoke: 'Shared.' });
    expect(parse({ revoke: 'Own.' }, defaults)).toMatchObject({ lifetime: 'unknown', revoke: 'Own.' });
  });

  it('builds the pattern of an assignment, with a minimum of entropy', () => {
    const assignment = { keywords: undefined, pattern: undefined, assignment: "{ names: [acme_key], value: '[0-9a-f]{32}' }" };
    const rule = parse(assignment);
    expect(rule).toMatchObject({ keywords: expect.arrayContaining(['acmekey', 'acme_key']) as string[], entropy: 3 });
    expect(new RegExp(rule.pattern).exec(`ACME_KEY="${'0123456789abcdef'.repeat(2)}"`)?.groups?.['secret']).toHaveLength(32);
    expect(parse({ ...assignment, entropy: '2.5' }).entropy).toBe(2.5);
  });

  it('puts the shape of a literal in the place of <literal>', () => {
    const rule = parse({ shape: 'generic', keywords: '[password]', pattern: "'password<literal>'", assigned: 'true' });
    expect(rule).toMatchObject({ literal: true, assigned: true });
    expect(new RegExp(rule.pattern).exec("password = 'some words'")?.groups?.['secret']).toBe('some words');
  });

  it('needs no keyword where the name of the file stands in for one', () => {
    expect(parse({ keywords: undefined, files: "['*.key']" })).toMatchObject({ keywords: [], files: ['*.key'], lookback: 1 });
  });

  it('reads what a rule requires', () => {
    const requires = '[{ rule: acme-id, within_lines: 5 }, { rule: acme-host, within_lines: 9, optional: true }]';
    expect(parse({ requires }).requires).toEqual([
      { rule: 'acme-id', withinLines: 5, optional: false },
      { rule: 'acme-host', withinLines: 9, optional: true },
    ]);
  });
});

describe('a complaint about a rule', () => {
  it.each<[string, Record<string, string | undefined>, RegExp, RegExp?]>([
    ['an id of one word', { id: 'acme' }, /'acme' is not a rule id/, /kebab-case/],
    ['an id in capitals', { id: 'Acme-Key' }, /'Acme-Key' is not a rule id/],
    ['a missing field', { severity: undefined }, /severity/],
    ['a missing field that defaults may give', { revoke: undefined }, /missing field 'revoke'/, /defaults/],
    ['an unknown field', { keyword: '[acme_]' }, /keyword/, /keywords/],
    ['a value that is none of the choices', { severity: 'severe' }, /'severity' must be one of critical/],
    ['neither pattern nor assignment', { pattern: undefined }, /either/],
    ['both', { assignment: "{ names: [acme], value: 'a' }" }, /either/],
    ['no keywords', { keywords: '[]' }, /needs keywords/],
    ['a keyword of two bytes', { keywords: '[acme_, ac]' }, /'ac' is too short/, /at least 3/],
    ['a pattern without bounds', { pattern: "'acme_[a-z]+'" }, /'acme-key': .*no upper bound/, /bound it/],
    ['a pattern that runs away', { pattern: "'acme_(?:a|a){1,60}!'" }, /'acme-key': .*too many ways/],
    ['a pattern without its keyword', { pattern: "'other_[a-z]{4}'" }, /begin with/],
    ['a decoder that is not known', { identity: '{ kind: bot, decoder: slak }' }, /'decoder' must be one of aws-key-id/, /'slack'/],
    ['a checksum that is not known', { checksum: 'github-crc' }, /unknown checksum 'github-crc'/, /github-crc32/],
    ['a checksum by the name of something else', { checksum: 'constructor' }, /unknown checksum/, /known: /],
    ['a context without the secret', { examples: "[{ secret: x, in: ['$SECRET', y] }]" }, /holds \$SECRET/],
    [
      'a checksum in a negative of a rule without one',
      { negative_examples: "[{ text: 'acme_<alnum:4><checksum>', because: too short }]" },
      /stands in a rule that has no checksum/,
      /declare/,
    ],
    ['no examples', { examples: '[]' }, /needs examples/],
    ['no negative examples', { negative_examples: '[]' }, /negative examples/],
  ])('%s', (...[, changes, message, hint = /^/]) => {
    const complaint = complaintOf(changes);
    expect(complaint.message).toMatch(message);
    expect(complaint.hint ?? '').toMatch(hint);
    expect(complaint.place).toMatch(/^acme\.yaml:\d+:\d+$/);
  });

  it('points at the second of two documents', () => {
    const text = writeRuleFile();
    expect(() => parseRules(`${text}---\n${text}`, 'acme.yaml')).toThrow('a second YAML document would not be read');
    expect(() => parseRules(`---\n${text}...\n`, 'acme.yaml')).not.toThrow();
  });

  it('points at the field', () => {
    expect(complaintOf({ pattern: "'acme_[a-z]+'" }).place).toMatch(/^acme\.yaml:10:/);
  });
});

describe('what a complaint quotes', () => {
  const secret = createToken('pasted');

  it.each<[string, Record<string, string>]>([
    ['a pattern', { pattern: `'acme_${secret}('` }],
    ['a repeated piece', { pattern: `'acme_(?:${secret})+'` }],
    ['a beginning', { pattern: `'${secret}[a-z]{4}'`, keywords: `['${secret}x']` }],
    ['an id', { id: `'${secret}'` }],
    ['a checksum', { checksum: `'${secret}'` }],
  ])('is no secret that stands in %s', (_, changes) => {
    const { message, hint } = complaintOf(changes);
    for (const said of [message, hint ?? '']) expect(said).not.toContain(secret.slice(0, 8));
  });
});
