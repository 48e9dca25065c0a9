// The pattern lint lets bounded, keyed patterns through and refuses what could hang a scan.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildAssignmentPattern, listAssignmentKeywords } from '../../src/rules/assignment.ts';
import { isComplaint, lintPattern } from '../../src/rules/lint-pattern.ts';
import { createStepCounter } from './step-counter.ts';

function lint(pattern: string, keywords: readonly string[] = ['abc_'], lookback = 0): string | number {
  const result = lintPattern({ pattern, keywords, lookback, ignoreCase: false });
  return isComplaint(result) ? result.problem : result.reach;
}

function join(pieces: readonly string[]): string {
  return pieces.join('');
}

describe('lintPattern', () => {
  it.each([
    ['abc_[0-9a-z]{32}(?![0-9a-z])', 37],
    ['(?<![0-9a-z])abc_(?:x|yy){3}', 10],
    ['abc_[a-z]{1,8}(?:\\.[a-z]{1,8}){0,3}', 39],
    ['abc_(?:[a-z]{2,4}-){1,3}[0-9]', 20],
    ['abc_[0-9]{3}\\b', 8],
    ['abc_(?:ab|ac|[0-9]x){1,60}!', 125],
    ['abc_(?:[a-z]|-(?!-)){1,60}!', 66],
    ['abc_(?:xa?b?){1,60}!', 185],
    ['abc_(?:[^$]|\\$(?!\\{)|\\$\\{x\\}){1,60}!', 246],
  ])('passes %s with a reach of %i', (pattern, reach) => {
    expect(lint(pattern)).toBe(reach);
  });

  it.each([
    ['abc_[a-z]+', 'no upper bound'],
    ['abc_.*', 'no upper bound'],
    ['abc_(?:[a-z]{1,9}){2,9}x', 'run into itself'],
    ['abc_(?:a|a){1,20}{1,3}', 'Nothing to repeat'],
    ['abc_[a-z]{0,200}[a-z0-9]{0,200}[a-z]{0,200}!', 'too many ways'],
    ['abc_(?:a|a){1,60}!', 'too many ways'],
    ['abc_(?:a|aa){1,60}!', 'too many ways'],
    ['abc_(?:[a-z]|[a-f0-9]){1,60}!', 'too many ways'],
    ['abc_(?:xa?a?){1,60}!', 'too many ways'],
    ['abc_(?:(?:x|xy)y?){1,60}!', 'too many ways'],
    ['abc_(?:(?:[xy]x)?xx){1,60}!', 'run into itself'],
    ['abc_(?:x{1,2}[xy]|cc){1,60}!', 'run into itself'],
    ['abc_(x)\\1', 'back-references'],
    ['(?<=[a-z]{80})abc_', 'lookbehind'],
    ['abc_[a-z]{20000}', 'bytes long'],
    ['(?:abc_)?', 'empty text'],
    ['xyz_[a-z]{4}', 'may begin with "x'],
    ['(?:abc_|abd_)[a-z]{4}', 'may begin with "abd'],
    ['[a-z]{4}abc_', 'may begin with'],
  ])('refuses %s: %s', (pattern, problem) => {
    expect(lint(pattern)).toContain(problem);
  });

  it('accepts every beginning that a keyword names, and any beginning with a lookback', () => {
    expect(lint('[gG]h[pou]_[a-z]{4}', ['ghp_', 'gho_', 'ghu_'])).toBe(8);
    expect(lint('[a-z]{4}abc_', ['abc_'], 4)).toBe(8);
  });
});

describe('what the lint lets through', () => {
  const atom = fc.constantFrom('a', 'b', 'c', '[ab]', '[bc]');
  const few = fc.constantFrom('', '?', '{0,3}', '{1,2}', '{2}');
  const many = fc.constantFrom('{0,30}', '{1,30}?', '{2,40}', '{1,60}', '{0,20}?');
  const { sequence } = fc.letrec<Record<'sequence' | 'group', string>>((tie) => ({
    sequence: fc.array(fc.oneof({ maxDepth: 4 }, fc.tuple(atom, fc.oneof(few, many)).map(join), tie('group')), {
      minLength: 1,
      maxLength: 3,
    }).map((pieces) => pieces.join('')),
    group: fc
      .tuple(fc.array(tie('sequence'), { minLength: 1, maxLength: 3 }), fc.oneof(few, many))
      .map(([ways, times]) => `(?:${ways.join('|')})${times}`),
  }));
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 });

  it('takes no more than some hundred thousand steps on eighty bytes', () => {
    fc.assert(
      fc.property(sequence, fc.array(text, { minLength: 8, maxLength: 8 }), (pattern, pieces) => {
        const keyed = `abc_${pattern}!`;
        fc.pre(typeof lint(keyed) === 'number');
        const counter = createStepCounter(keyed, false);
        for (const piece of ['a', 'b', 'c', ...pieces]) {
          counter.run(`abc_${piece.repeat(80).slice(0, 80)}`, 0, 2_000_000);
        }
      }),
      { numRuns: 3000, seed: 1 },
    );
  });
});

describe('assignment patterns', () => {
  const value = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
  const names = ['acme_api_key', 'ac_secret'];
  const pattern = buildAssignmentPattern(names, '[0-9a-f]{32}');

  it('pass the lint', () => {
    expect(lint(pattern, listAssignmentKeywords(names))).toBeTypeOf('number');
  });

  it.each([
    'ACME_API_KEY=$',
    'export ACME_API_KEY="$"',
    '{"acmeApiKey": "$"}',
    '{\\"acme-api-key\\": \\"$\\"}',
    '{"name":"ACME_API_KEY","value":"$"}',
    '- name: ACME_API_KEY_PROD\n  value: $',
    "acme.api.key: '$'",
    'const acmeApiKey: string = `$`',
    'acme_api_key := "$"',
    "define('ACME_API_KEY', '$');",
    'setAcmeApiKey("$")',
    '<acme.api.key>$</acme.api.key>',
    '<add key="AcmeApiKey" value="$" />',
    '<key>AcmeApiKey</key>\n<string>$</string>',
    'tool --acme-api-key $ --verbose',
    'ENV ACME_API_KEY $',
    'Acme API key: $',
    'headers["Acme-Api-Key"] = "Token $"',
    'AC_SECRET=$',
  ])('find the value in %s', (context) => {
    expect(new RegExp(pattern).exec(context.replace('$', value))?.groups?.['secret']).toBe(value);
  });

  it.each(['ACME_API_KEY=$0', 'ACME_API_KEY=$/x', 'BEACON_KEY=$', 'acme = "$"'])('find nothing in %s', (context) => {
    expect(new RegExp(pattern).test(context.replace('$', value))).toBe(false);
  });
});
