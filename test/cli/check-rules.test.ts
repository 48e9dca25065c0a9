// `rules check`: what it says of examples that fail, and what it does not say.
import { describe, expect, it } from 'vitest';
import { writeRuleFile } from '../rules/write-rule-file.ts';
import { createPassword } from '../sample-secrets.ts';
import { createFolder } from '../temporary-folder.ts';
import type { Run } from './run-program.ts';
import { runProgram } from './run-program.ts';

function check(changes: Readonly<Record<string, string>>): Run {
  const folder = createFolder({ 'acme.yaml': writeRuleFile(changes) });
  return runProgram(['rules', 'check', 'acme.yaml'], { folder });
}

const secret = createPassword('pasted').toLowerCase();

describe('rules check', () => {
  it('says that all is well', () => {
    const { code, stdout } = check({});
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1 rule, 1 example, 1 negative: no problems\n$/);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    [
      'a negative example that is found',
      {
        negative_examples: `[{ text: 'acme_${secret}', because: no key }]`,
        pattern: "'acme_[0-9a-z]{8,24}'",
      },
      /reported although no key: acme_\*{8}\n {4}as 'acme_\*{8}'/,
    ],
    [
      'a secret that is captured in part',
      { examples: `[{ secret: 'acme_${secret}', in: ['$SECRET'] }]` },
      /not found in: \$SECRET\n {4}captured 'acme_\*{8}' instead of 'acme_\*{8}', 13 characters in place of 25/,
    ],
  ])('redacts %s', (_, changes, message) => {
    const { code, stdout } = check(changes);
    expect(code).toBe(1);
    expect(stdout).toMatch(message);
    expect(stdout).toMatch(/: 1 problem\n$/);
    expect(stdout).not.toContain(secret.slice(0, 8));
  });
});
