// `npm run generate`: writes the documents that are made from the code. A test fails when they are stale.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describeArchitecture } from './docs/architecture.ts';
import { describeCommandLine } from './docs/command-line.ts';
import { describeFormats } from './docs/formats.ts';
import { describeRules } from './docs/rules.ts';
import { fillReadme } from './docs/readme.ts';
import { listSchemas } from './docs/schemas.ts';

const RULE_PAGES = 'docs/rules';

/** Path → text of every generated document. */
export function generateDocuments(): Map<string, string> {
  return new Map([
    ...describeRules(RULE_PAGES),
    ...listSchemas(),
    ['README.md', fillReadme()],
    ['docs/command-line.md', describeCommandLine()],
    ['docs/formats.md', describeFormats()],
    ['docs/architecture.md', describeArchitecture()],
  ]);
}

/** Pages of rules that are no longer there. */
export function listOrphans(documents: ReadonlyMap<string, string>): string[] {
  const pages = existsSync(RULE_PAGES) ? readdirSync(RULE_PAGES).map((name) => `${RULE_PAGES}/${name}`) : [];
  return pages.filter((path) => !documents.has(path));
}

if (process.argv[1]?.endsWith('generate.ts')) {
  const documents = generateDocuments();
  for (const path of listOrphans(documents)) rmSync(path);
  for (const [path, text] of documents) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  console.log(`wrote ${documents.size} documents`);
}
