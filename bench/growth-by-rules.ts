// Time against the number of rules: the same contents, in this process, by the first so many rules in order of id.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadBuiltInReferences, loadBuiltInRules } from '../src/rules/load-rules.ts';
import { listRules, packRules } from '../src/model/packed-rules.ts';
import type { InputScanner } from '../src/scan/input-scanner.ts';
import { createInputScanner } from '../src/scan/input-scanner.ts';

const COUNTS = [200, 800, Infinity] as const;
const ROUNDS = 5;
const WARM_UP = 200;

interface Content {
  readonly path: string;
  readonly bytes: Buffer;
}

/** Processor seconds, the least of some rounds, by number of rules. Helpers and generic rules are among the first. */
export function measureByRules(folder: string): { rules: number; seconds: number }[] {
  const rules = listRules(loadBuiltInRules().rules);
  const generic = rules.filter(({ shape }) => shape === 'generic');
  const others = rules.filter(({ shape }) => shape !== 'generic');
  const contents = readContents(folder);
  const sets = COUNTS.map((count) => [...generic, ...others].slice(0, count));
  const seconds = sets.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round++) {
    sets.forEach((set, index) => (seconds[index] = Math.min(seconds[index]!, timeScan(set, contents))));
  }
  return sets.map((set, index) => ({ rules: set.length, seconds: seconds[index]! }));
}

function timeScan(rules: ReturnType<typeof listRules>, contents: readonly Content[]): number {
  const scanner = createScanner(rules);
  // What is made at first is no part of the growth.
  for (const content of contents.slice(0, WARM_UP)) scanContent(scanner, content);
  const before = process.cpuUsage();
  for (const content of contents) scanContent(scanner, content);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function scanContent(scanner: InputScanner, { path, bytes }: Content): void {
  scanner.scan({ kind: 'bytes', provenance: { kind: 'file', path }, bytes });
}

function createScanner(rules: ReturnType<typeof listRules>): InputScanner {
  return createInputScanner({
    rules: packRules(rules),
    analysis: {
      allow: [],
      nowMs: Date.UTC(2026, 0, 1),
      showSecrets: false,
      honourInlineComments: true,
      references: loadBuiltInReferences(),
      keep: 'accepted',
    },
    maxBytes: Number.MAX_SAFE_INTEGER,
    capacityBytes: 4 * 1024 * 1024,
    archives: false,
  });
}

function readContents(folder: string): Content[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path, bytes: readFileSync(path) };
    });
}
