// Runs the scanner as the command line does, in this thread, and hands over what it found.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGathering } from '../../src/scan/assemble-report.ts';
import type { InputScanner } from '../../src/scan/input-scanner.ts';
import { createInputScanner } from '../../src/scan/input-scanner.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Confidence } from '../../src/model/rule.ts';
import { CONFIDENCES } from '../../src/model/rule.ts';
import { loadBuiltInReferences, loadBuiltInRules } from '../../src/rules/load-rules.ts';
import { openSource } from '../../src/scan/open-source.ts';
import type { Corpus, Spot } from './corpus.ts';
import { listFiles } from './corpus.ts';

const CAPACITY_BYTES = 4 * 1024 * 1024;
const MAX_BYTES = 100 * 1024 * 1024;

export function createEvalScanner(): InputScanner {
  return createInputScanner({
    rules: loadBuiltInRules().rules,
    analysis: {
      allow: [],
      nowMs: Date.UTC(2026, 0, 1),
      showSecrets: true,
      honourInlineComments: false,
      references: loadBuiltInReferences(),
      keep: 'slots',
    },
    maxBytes: MAX_BYTES,
    capacityBytes: CAPACITY_BYTES,
    archives: false,
  });
}

/** What is reported at a level of confidence, over all labelled repositories. */
export function scanCorpus(corpus: Corpus, level: Confidence): Spot[] {
  const scanner = createEvalScanner();
  return corpus.repositories.flatMap((repository) =>
    listFiles(corpus.folder, repository).flatMap((path) => {
      const findings = scanFile(scanner, corpus.folder, path).filter((finding) => isAtLevel(finding, level));
      if (findings.length === 0) return [];
      const lines = readFileSync(join(corpus.folder, path), 'utf8').split('\n');
      return findings.map(({ location }) => ({
        path,
        line: location.startLine,
        endLine: location.endLine,
        startColumn: countCodePoints(lines[location.startLine - 1], location.startColumn),
        endColumn: countCodePoints(lines[location.endLine - 1], location.endColumn),
      }));
    }),
  );
}

function scanFile(scanner: InputScanner, folder: string, path: string): readonly Finding[] {
  const shown = path.split('/').slice(2).join('/');
  const outcome = scanner.scan({
    kind: 'path',
    provenance: { kind: 'file', path: shown },
    absolutePath: join(folder, path),
  });
  return outcome.status === 'scanned' ? outcome.analyses.flatMap(({ findings }) => findings) : [];
}

function isAtLevel({ confidence }: Finding, level: Confidence): boolean {
  return CONFIDENCES.indexOf(confidence) <= CONFIDENCES.indexOf(level);
}

/** Code points before a 1-based column of UTF-16 units. */
function countCodePoints(line = '', column: number): number {
  return Array.from(line.slice(0, column - 1)).length;
}

export interface TreeCount {
  readonly files: number;
  readonly bytes: number;
  /** Findings at the default level, by rule. */
  readonly byRule: ReadonlyMap<string, number>;
}

export async function scanTree(folder: string): Promise<TreeCount> {
  const scanner = createEvalScanner();
  const source = { kind: 'tree', paths: [folder], workingFolder: folder, useGitignore: false } as const;
  const listing = await openSource(source, []);
  const gathering = createGathering();
  const byRule = new Map<string, number>();
  for (const input of listing.inputs) {
    const outcome = scanner.scan(input);
    gathering.add(outcome);
    if (outcome.status !== 'scanned') continue;
    for (const { findings } of outcome.analyses) {
      for (const finding of findings.filter((each) => isAtLevel(each, 'medium'))) {
        byRule.set(finding.ruleId, (byRule.get(finding.ruleId) ?? 0) + 1);
      }
    }
  }
  return { files: gathering.scanned, bytes: gathering.bytes, byRule };
}
