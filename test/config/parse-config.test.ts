// `.nhi-scan.yaml` becomes settings, or a complaint that names the place and the remedy.
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.ts';
import type { Config } from '../../src/model/config.ts';
import { DEFAULT_CONFIG } from '../../src/model/config.ts';
import { UserError } from '../../src/model/user-error.ts';
import { explainPattern } from '../../src/rules/lint-pattern.ts';
import { createPassword, createToken } from '../sample-secrets.ts';

const RULE_IDS = ['acme-key', 'slack-bot-token'];

function parse(...lines: string[]): Config {
  return parseConfig(lines.join('\n'), { file: 'c.yaml', ruleIds: RULE_IDS, lintPattern: explainPattern });
}

function complaintOf(...lines: string[]): UserError {
  try {
    parse(...lines);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('there is no complaint');
}

describe('a configuration', () => {
  it.each([[''], ['\n\n'], ['# severity: high\n  # nothing\n']])(
    'of no settings is the default: %j',
    (text) => {
      expect(parse(text)).toEqual(DEFAULT_CONFIG);
    },
  );

  it.each<[string, Partial<Config>]>([
    ['severity: high', { severity: 'high' }],
    ['confidence: low', { confidence: 'low' }],
    ['exclude: [a/, "*.log"]', { exclude: ['a/', '*.log'] }],
    ['max_file_size: 10M', { maxFileSizeBytes: 10 * 1024 * 1024 }],
    ['max_file_size: 512', { maxFileSizeBytes: 512 }],
    ['max_age_days: 90', { maxAgeDays: 90 }],
    ['disable: [acme-key]', { disabledRules: ['acme-key'] }],
    [
      'allow: [{ paths: [test/], rules: [acme-key], pattern: "^x{1,4}$", reason: sample, expires: 2026-01-31 }]',
      {
        allow: [
          {
            paths: ['test/'],
            rules: ['acme-key'],
            pattern: '^x{1,4}$',
            reason: 'sample',
            expires: '2026-01-31',
          },
        ],
      },
    ],
  ])('takes %s', (line, changes) => expect(parse(line)).toEqual({ ...DEFAULT_CONFIG, ...changes }));
});

describe('a complaint about a configuration', () => {
  it.each<[string, string, RegExp, RegExp?]>([
    ['an unknown setting', 'severty: high', /severty/, /severity/],
    ['an unknown choice', 'severity: severe', /'severity' must be one of critical/],
    ['a list that is none', 'exclude: { a: b }', /exclude/],
    ['a size that is none', 'max_file_size: big', /max_file_size|big/],
    ['an age out of range', 'max_age_days: 0', /max_age_days/],
    [
      'a rule that does not exist',
      'disable: [slack-bot-tokn]',
      /no rule 'slack-bot-tokn'/,
      /'slack-bot-token'/,
    ],
    ['a rule that resembles none', 'disable: [zzzzzzzzzzzzzzzz]', /no rule/, /rules list/],
    [
      'such a rule in an entry',
      'allow: [{ rules: [acme-kez], reason: x }]',
      /no rule 'acme-kez'/,
      /'acme-key'/,
    ],
    [
      'an entry without a condition',
      'allow: [{ reason: x }]',
      /accept everything/,
      /`paths`, `rules` or `pattern`/,
    ],
    ['an entry without a reason', 'allow: [{ paths: [a] }]', /reason/],
    ['a date that is none', 'allow: [{ paths: [a], reason: x, expires: soon }]', /soon|date|expires/],
    [
      'a pattern that is none',
      'allow: [{ pattern: "(", reason: x }]',
      /refused: it is no regular expression \(Unterminated group\)$/,
      /valid JavaScript/,
    ],
    [
      'a pattern without bounds',
      'allow: [{ pattern: "a+", reason: x }]',
      /refused: the quantifier '\+' at its character 2 has no upper bound/,
      /\{0,64\}/,
    ],
    [
      'a pattern that runs away',
      'allow: [{ pattern: "(?:a|a){1,60}!", reason: x }]',
      /refused: .*too many ways/,
    ],
    ['what is no YAML', 'severity: [', /./],
  ])('%s', (...[, line, message, hint = /^/]) => {
    const complaint = complaintOf('confidence: low', line);
    expect(complaint.message).toMatch(message);
    expect(complaint.hint ?? '').toMatch(hint);
    expect(complaint.place).toMatch(/^c\.yaml:[23]:\d+$/);
  });

  it.each<[string, string[], string]>([
    ['an item of a list', ['disable:', '  - acme-key', '  - nothing-here'], '4:5'],
    ['an item in one line', ['disable: [acme-key, nothing-here]'], '2:21'],
    ['a text in the place of a list', ['disable: nothing-here'], '2:10'],
    [
      'a rule of an entry',
      ['allow:', '  - reason: x', '    rules:', '      - acme-key', '      - no-such'],
      '6:9',
    ],
    ['a pattern', ['allow:', '  - reason: x', '    pattern:', "      'a+'"], '5:7'],
    ['a second document', ['severity: high', '---', 'severity: low'], '3:1'],
  ])('points at %s', (_, lines, place) => {
    expect(complaintOf('confidence: low', ...lines).place).toBe(`c.yaml:${place}`);
  });

  it.each<[string, (secret: string) => string]>([
    ['a pattern that is none', (secret) => `allow: [{ pattern: '${secret}(', reason: x }]`],
    ['a pattern with a colon', (secret) => `allow: [{ pattern: '(a: ${secret}', reason: x }]`],
    ['a pattern without bounds', (secret) => `allow: [{ pattern: '(?:${secret})+', reason: x }]`],
    [
      'a pattern that runs away',
      (secret) => `allow: [{ pattern: '(?:a{1,2}${secret}a{1,2}){2,9}', reason: x }]`,
    ],
    ['a setting', (secret) => `${secret}: x`],
    ['a rule', (secret) => `disable: ['${secret}']`],
    ['a choice', (secret) => `severity: ${secret}`],
    ['a text that goes on', (secret) => `severity: |${secret}\n  high`],
  ])('quotes no secret that was pasted: %s', (_, write) => {
    for (const secret of [createToken('pasted'), createPassword('pasted'), `AK${'IA'}${'QZ7J'.repeat(4)}`]) {
      const { message, hint } = complaintOf('confidence: low', write(secret));
      for (const said of [message, hint ?? '']) expect(said).not.toContain(secret.slice(5, 15));
    }
  });
});
