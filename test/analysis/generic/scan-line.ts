// Scans one text with the built-in rules, as a scan does.
import type { Finding } from '../../../src/model/finding.ts';
import { loadBuiltInReferences, loadBuiltInRules } from '../../../src/rules/load-rules.ts';
import { expandTemplate } from '../../../src/rules/template.ts';
import { createInputScanner } from '../../../src/scan/input-scanner.ts';

const scanner = createInputScanner({
  rules: loadBuiltInRules().rules,
  analysis: {
    allow: [],
    nowMs: Date.UTC(2026, 0, 1),
    showSecrets: true,
    honourInlineComments: false,
    references: loadBuiltInReferences(),
    keep: 'slots',
    explainScore: true,
  },
  maxBytes: 1 << 20,
  archives: false,
  capacityBytes: 1 << 18,
});

/** Findings of generic rules at the default level. */
export function scanLine(text: string, path?: string): Finding[] {
  return scanText(text, path).filter(({ ruleId }) => ruleId.startsWith('generic-'));
}

/** Findings of all rules at the default level. */
export function scanText(text: string, path = 'src/settings.py'): Finding[] {
  const outcome = scanner.scan({
    kind: 'bytes',
    provenance: { kind: 'file', path },
    bytes: Buffer.from(`${text}\n`),
  });
  if (outcome.status !== 'scanned') throw new Error(outcome.status);
  return outcome.analyses
    .flatMap(({ findings }) => findings)
    .filter(({ confidence }) => confidence !== 'low');
}

/** A value from a template, the same for the same seed. */
export function invent(template: string, seed = 'generic'): string {
  return expandTemplate(template, { seed });
}
