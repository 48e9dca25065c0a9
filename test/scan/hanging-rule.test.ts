// A pattern that runs away, in a real worker or in the thread of the program: its input is scanned without it, the report says so, and nothing else is lost.
import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../src/model/config.ts';
import { listRules } from '../../src/model/packed-rules.ts';
import type { Report } from '../../src/model/report.ts';
import type { RuleSet } from '../../src/model/rule.ts';
import { createRuleSet } from '../../src/rules/compile-rules.ts';
import { lintPattern } from '../../src/rules/lint-pattern.ts';
import { loadBuiltInReferences, loadBuiltInRules } from '../../src/rules/load-rules.ts';
import type { scan } from '../../src/scan/scan.ts';
import { createMatcher } from '../engine/sample-rules.ts';
import { createToken } from '../sample-secrets.ts';
import { createFolder } from '../temporary-folder.ts';

/** The library as it is built: only that has workers of its own. */
const LIBRARY = new URL('../../dist/index.js', import.meta.url);
/** Fewer are scanned without workers. */
const FILES = 2100;

// What the lint would refuse, had this come from a file.
const RUNAWAY = createMatcher({
  id: 'own-runaway',
  keywords: ['runaway_'],
  pattern: 'runaway_(?:a|a){1,60}!',
  reach: 80,
});

function withRunaway(): RuleSet {
  const builtIn = listRules(loadBuiltInRules().rules).filter(({ id }) => id === 'slack-bot-token');
  return createRuleSet([...builtIn, RUNAWAY]);
}

function createTree(): string {
  const files = Array.from({ length: FILES }, (_, index): [string, string] => [
    `folder-${index % 7}/file-${index}.txt`,
    `slack_token = ${createToken(`hanging-${index}`)}\n`,
  ]);
  const bait = `slack_token = ${createToken('bait')}\nrunaway_${'a'.repeat(60)}\n`;
  return createFolder({ ...Object.fromEntries(files), 'folder-3/bait.txt': bait, 'z-last/bait.txt': bait });
}

describe.each([0, 1, 2])('a runaway pattern, scanned with %i workers', (jobs) => {
  let report: Report;

  beforeAll(async () => {
    const library = (await import(LIBRARY.href)) as { scan: typeof scan };
    report = await library.scan({
      source: { kind: 'tree', paths: ['.'], workingFolder: createTree(), useGitignore: false },
      rules: withRunaway(),
      config: DEFAULT_CONFIG,
      analysis: {
        nowMs: Date.UTC(2026, 0, 1),
        showSecrets: false,
        honourInlineComments: true,
        references: loadBuiltInReferences(),
        keep: 'slots',
      },
      tool: { name: 'nhi-scan', version: '0' },
      jobs,
      inputBudgetMs: 500,
    });
  }, 120_000);

  it('is one that the lint refuses', () => {
    expect(lintPattern(RUNAWAY)).toMatchObject({
      problem: expect.stringContaining('too many ways') as string,
    });
  });

  it('makes the report incomplete, which names the files and the rule', () => {
    expect(report.complete).toBe(false);
    expect(report.diagnostics).toEqual(
      ['folder-3/bait.txt', 'z-last/bait.txt'].map((subject) => ({
        level: 'error',
        subject,
        message: 'scanned without own-runaway: its pattern took too long',
      })),
    );
  });

  it('hides no finding, neither of other files nor of other rules in its own', () => {
    const paths = report.findings.map(({ location }) => location.path);
    expect(new Set(paths).size).toBe(FILES + 2);
    expect(paths).toHaveLength(FILES + 2);
    expect(paths).toContain('z-last/bait.txt');
    expect(new Set(report.findings.map(({ ruleId }) => ruleId))).toEqual(new Set(['slack-bot-token']));
  });
});
