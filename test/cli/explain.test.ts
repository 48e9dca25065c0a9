// `explain`: what is said of the ids that findings carry.
import { describe, expect, it } from 'vitest';
import { STANDARDS } from '../../src/standards/describe-standard.ts';
import { createFolder } from '../temporary-folder.ts';
import { runProgram } from './run-program.ts';

const folder = createFolder({});

function explain(id: string): string {
  const { code, stdout } = runProgram(['explain', id], { folder });
  expect(code).toBe(0);
  return stdout.toString();
}

describe('explain', () => {
  it('says in a sentence when a finding carries an id of a standard', () => {
    expect(explain('cwe-798')).toContain(
      '\n\nA finding carries it when a credential stands in the file as a literal\n\nhttps://cwe.mitre.org/',
    );
  });

  it('has conditions that continue that sentence', () => {
    const conditions = STANDARDS.flatMap(({ when }) => when ?? []);
    expect(conditions.length).toBeGreaterThan(20);
    for (const when of conditions) expect(when).toMatch(/^(?:an?|the) /);
  });

  it('says what a rule finds and what replaces it', () => {
    expect(explain('slack-bot-token')).toMatch(/^Slack bot token\n[^]*\nprovider {4}Slack\n[^]*\nrevoke/);
  });
});
