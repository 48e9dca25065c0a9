// Candidates of the corpus as the scanner itself extracts them, before any score, with their labels.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openRules } from '../../src/model/packed-rules.ts';
import type { AnalysisSettings } from '../../src/analysis/analysis-settings.ts';
import type { Candidate, ScannedText } from '../../src/analysis/candidate.ts';
import { createCandidate } from '../../src/analysis/candidate.ts';
import type { Check } from '../../src/analysis/checks/check.ts';
import { firstObjection } from '../../src/analysis/checks/check.ts';
import { FILE_ORIGIN } from '../../src/analysis/line-tracker.ts';
import { mayHoldCredential } from '../../src/analysis/generic/may-hold-credential.ts';
import { classifyPlace } from '../../src/analysis/place/classify-place.ts';
import { fileKind } from '../../src/analysis/place/file-kind.ts';
import { createTextReader } from '../../src/analysis/text-reader.ts';
import { createReferenceCatalogue } from '../../src/analysis/storage/reference-index.ts';
import { createScanner } from '../../src/engine/scanner.ts';
import type { Objection } from '../../src/model/finding.ts';
import { loadBuiltInReferences, loadBuiltInRules } from '../../src/rules/load-rules.ts';
import type { Corpus, LabelRow, Spot } from '../eval/corpus.ts';
import { createLocator, listFiles } from '../eval/corpus.ts';
import { groupBy } from '../eval/score.ts';

const CAPACITY_BYTES = 32 * 1024 * 1024;

export type Label = 'T' | 'F' | 'X' | 'N' | 'unlabelled';

export interface Sample {
  readonly repository: string;
  readonly candidate: Candidate;
  readonly spot: Spot;
  readonly label: Label;
  readonly category: string;
  readonly objection: Objection | undefined;
}

export const SETTINGS: AnalysisSettings = {
  allow: [],
  nowMs: 0,
  showSecrets: true,
  honourInlineComments: false,
  references: loadBuiltInReferences(),
  keep: 'slots',
  createPathMatcher: () => () => false,
  onStep: () => undefined,
};

/** @param checks judge each candidate; a sample keeps the first objection */
export function collectSamples(corpus: Corpus, checks: readonly Check[]): Sample[] {
  const rules = openRules(loadBuiltInRules().rules);
  const scanner = createScanner(rules, { capacityBytes: CAPACITY_BYTES });
  const catalogue = createReferenceCatalogue(SETTINGS.references);
  const labels = groupBy(corpus.labels, ({ path }) => path);
  const samples: Sample[] = [];
  for (const repository of corpus.repositories) {
    for (const path of listFiles(corpus.folder, repository)) {
      const content = readFileSync(join(corpus.folder, path));
      const bytes = Buffer.from(content.subarray(0, CAPACITY_BYTES - 8));
      scanner.buffer.set(bytes);
      const shown = path.split('/').slice(2).join('/');
      const isCode = fileKind(shown) === 'code';
      const matches = scanner.scan({ start: 0, limit: bytes.length, end: bytes.length, isCode });
      if (matches.length === 0) continue;
      const place = classifyPlace(shown, () => bytes.toString('latin1', 0, 2048));
      const text: ScannedText = {
        provenance: { kind: 'file', path: shown },
        bytes,
        origin: FILE_ORIGIN,
        place,
      };
      const reader = createTextReader(bytes, catalogue);
      const locate = createLocator(path, bytes);
      for (const match of matches) {
        const rule = rules.find(match.ruleId)!;
        if (rule.kind === 'helper' || !mayHoldCredential(rule, match, { bytes, isCode })) continue;
        const candidate = createCandidate(text, match, { rule, catalogue, reader });
        const spot = locate(candidate.match.secretSpan.start, candidate.match.secretSpan.end);
        samples.push({
          repository,
          candidate,
          spot,
          ...labelOf(spot, labels.get(path) ?? []),
          objection: firstObjection(checks, candidate),
        });
      }
    }
  }
  return samples;
}

/** The label of the row whose value the candidate overlaps; else of a row of the line without a span. */
function labelOf(spot: Spot, rows: readonly LabelRow[]): { label: Label; category: string } {
  const onLine = rows.filter((row) => row.line_start <= spot.endLine && row.line_end >= spot.line);
  const overlapping = onLine.filter(
    (row) =>
      row.line_start !== row.line_end ||
      row.value_end <= row.value_start ||
      (row.value_start < spot.endColumn && row.value_end > spot.startColumn),
  );
  for (const truth of ['T', 'N', 'X', 'F'] as const) {
    const row = overlapping.find(({ gt }) => gt === truth);
    if (row) return { label: truth, category: row.category };
  }
  return { label: 'unlabelled', category: '' };
}
