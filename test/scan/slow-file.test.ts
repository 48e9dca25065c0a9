// A file that takes many times the budget of a step is no hang: all its findings are reported, and no rule is blamed.
import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../src/model/config.ts';
import { loadBuiltInReferences, loadBuiltInRules } from '../../src/rules/load-rules.ts';
import type { scan } from '../../src/scan/scan.ts';
import { createToken } from '../sample-secrets.ts';
import { createFolder } from '../temporary-folder.ts';

/** The library as it is built: only that has workers of its own. */
const LIBRARY = new URL('../../dist/index.js', import.meta.url);
const TOKENS = 15_000;

describe('a file full of findings', () => {
  let folder: string;
  let scanBuilt: typeof scan;

  beforeAll(async () => {
    const lines = Array.from(
      { length: TOKENS },
      (_, index) => `slack_token_${index} = ${createToken(`slow-${index}`)}\n`,
    );
    folder = createFolder({ 'dump.txt': lines.join('') });
    ({ scan: scanBuilt } = (await import(LIBRARY.href)) as { scan: typeof scan });
  });

  it.each([0, 1, 2])(
    'is scanned to its end with %i workers',
    async (jobs) => {
      const { complete, diagnostics, findings } = await scanBuilt({
        source: { kind: 'tree', paths: ['.'], workingFolder: folder, useGitignore: false },
        rules: loadBuiltInRules(),
        config: DEFAULT_CONFIG,
        analysis: {
          nowMs: Date.UTC(2026, 0, 1),
          showSecrets: false,
          honourInlineComments: true,
          references: loadBuiltInReferences(),
          keep: 'slots',
          lineHashes: false,
        },
        tool: { name: 'nhi-scan', version: '0' },
        jobs,
        inputBudgetMs: 1000,
      });
      expect(diagnostics).toEqual([]);
      expect(complete).toBe(true);
      expect(new Set(findings.map(({ location }) => location.startLine)).size).toBe(TOKENS);
    },
    120_000,
  );
});
