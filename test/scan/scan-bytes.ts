// The pipeline over contents in memory, with the built-in rules, in words that tests compare.
import type { BlobAnalysis } from '../../src/analysis/collect.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { PackedRules } from '../../src/model/packed-rules.ts';
import { loadBuiltInReferences, loadBuiltInRules } from '../../src/rules/load-rules.ts';
import type { InputScanner, ScanSetup } from '../../src/scan/input-scanner.ts';
import { createInputScanner } from '../../src/scan/input-scanner.ts';
import type { InputOutcome } from '../../src/scan/outcome.ts';

export const BUILT_IN: PackedRules = loadBuiltInRules().rules;

export function createSetup(changes: Partial<ScanSetup> = {}): ScanSetup {
  return {
    rules: BUILT_IN,
    analysis: {
      allow: [],
      nowMs: Date.UTC(2026, 0, 1),
      showSecrets: true,
      honourInlineComments: true,
      references: loadBuiltInReferences(),
      keep: 'slots',
    },
    maxBytes: Number.MAX_SAFE_INTEGER,
    capacityBytes: 256 * 1024,
    archives: true,
    ...changes,
  };
}

export function scanBytes(scanner: InputScanner, bytes: Uint8Array, path = 'notes.txt'): InputOutcome {
  return scanner.scan({ kind: 'bytes', provenance: { kind: 'stdin', path }, bytes });
}

export function createDefaultScanner(changes: Partial<ScanSetup> = {}): InputScanner {
  return createInputScanner(createSetup(changes));
}

/** Everything that was said of a content, however it was cut. */
export function gather(outcome: InputOutcome): Omit<BlobAnalysis, 'discarded'> {
  const analyses = outcome.status === 'scanned' ? outcome.analyses : [];
  return {
    findings: analyses.flatMap(({ findings }) => findings),
    suppressed: analyses.flatMap(({ suppressed }) => suppressed),
    slots: analyses.flatMap(({ slots }) => slots),
  };
}

export function findingsOf(outcome: InputOutcome): readonly Finding[] {
  return gather(outcome).findings;
}
