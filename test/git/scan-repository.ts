// Scans repositories of tests with one rule, in this thread.
import type { Config } from '../../src/model/config.ts';
import { DEFAULT_CONFIG } from '../../src/model/config.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Report } from '../../src/model/report.ts';
import { createRuleSet } from '../../src/rules/compile-rules.ts';
import type { HistoryRequest } from '../../src/scan/open-source.ts';
import type { ScanRequest } from '../../src/scan/scan.ts';
import { scan } from '../../src/scan/scan.ts';
import { createMatcher } from '../engine/sample-rules.ts';
import { tokenOf } from './repository.ts';

const RULES = createRuleSet([
  createMatcher({ id: 'hazard-token', keywords: ['hzrd_'], pattern: 'hzrd_[0-9a-f]{24}(?![0-9a-z])' }),
]);

/** 2026-01-01. */
const NOW_MS: number = Date.UTC(2026, 0, 1);

export interface ScanChanges {
  readonly scope?: HistoryRequest['scope'];
  readonly config?: Partial<Config>;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly source?: ScanRequest['source'];
  readonly cache?: HistoryRequest['cache'];
  readonly only?: ScanRequest['analysis']['only'];
  readonly archives?: boolean;
}

export function scanHistory(folder: string, changes: ScanChanges = {}): Promise<Report> {
  const source: HistoryRequest = {
    kind: 'history',
    folder,
    environment: changes.environment ?? process.env,
    isHook: false,
    scope: changes.scope ?? { kind: 'all', unreachable: false },
    ...(changes.cache ? { cache: changes.cache } : {}),
  };
  return scan({
    source: changes.source ?? source,
    rules: RULES,
    config: { ...DEFAULT_CONFIG, ...changes.config },
    analysis: {
      nowMs: NOW_MS,
      showSecrets: true,
      honourInlineComments: true,
      references: [],
      keep: 'slots',
      ...(changes.only ? { only: changes.only } : {}),
    },
    ...(changes.archives === undefined ? {} : { archives: changes.archives }),
    tool: { name: 'nhi-scan', version: '0' },
    jobs: 0,
  });
}

/** The finding of a case, where there is one. */
export function findingOf(report: Report, name: string): Finding | undefined {
  return report.findings.find(({ secret }) => secret === tokenOf(name));
}

/** Which of these cases were not found. */
export function listMissing(report: Report, names: readonly string[]): string[] {
  return names.filter((name) => !findingOf(report, name));
}
