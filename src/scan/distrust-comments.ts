// Where the author of a change is not trusted, a comment beside a secret accepts it only if it stood there before.
import { displayPath } from '../model/blob.ts';
import type { Config } from '../model/config.ts';
import type { Finding, Suppressed } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { Input } from '../sources/input.ts';
import type { RevisionFiles } from '../sources/revision-files.ts';
import { compareFindings } from './assemble-report.ts';
import type { InputOutcome } from './outcome.ts';
import { applyThresholds } from './thresholds.ts';

export interface Distrust {
  /** The revision whose comments are trusted; absent where none are. */
  readonly base?: RevisionFiles;
  readonly config: Config;
  /** The same scan, of other contents. */
  readonly scanInputs: (
    inputs: readonly Input[],
    onOutcome: (input: Input, outcome: InputOutcome) => void,
  ) => Promise<void>;
}

export async function distrustComments(report: Report, distrust: Distrust): Promise<Report> {
  const commented = report.suppressed.filter(({ by }) => by === 'inline-comment');
  if (commented.length === 0) return report;
  const known = await listKnown(commented, distrust);
  const isKnown = ({ finding }: Suppressed): boolean => known.has(keyOf(finding));
  const refused = new Set(commented.filter((each) => !isKnown(each)));
  const note = distrust.base
    ? 'the change adds a comment beside it that asks to accept it'
    : 'a comment beside it asks to accept it';
  const added = applyThresholds(
    {
      findings: [...refused].map(({ finding }) => ({ ...finding, notes: [...finding.notes, note] })),
      suppressed: [],
      slots: [],
      discarded: {},
    },
    distrust.config,
  );
  return {
    ...report,
    findings: [...report.findings, ...added.findings].sort(compareFindings),
    suppressed: [...report.suppressed.filter((each) => !refused.has(each)), ...added.suppressed].sort(
      (a, b) => compareFindings(a.finding, b.finding),
    ),
  };
}

/** Secrets that a comment accepts in the trusted revision, too, in the same file. */
async function listKnown(
  commented: readonly Suppressed[],
  { base, scanInputs }: Distrust,
): Promise<Set<string>> {
  const known = new Set<string>();
  if (!base) return known;
  const contents = base.read([...new Set(commented.map(({ finding }) => finding.location.path))]);
  const inputs = [...contents].map(([path, bytes]): Input => ({
    kind: 'bytes',
    provenance: { kind: 'file', path },
    bytes,
  }));
  await scanInputs(inputs, (_, outcome) => {
    if (outcome.status !== 'scanned') return;
    for (const { suppressed } of outcome.analyses) {
      for (const { by, finding } of suppressed) if (by === 'inline-comment') known.add(keyOf(finding));
    }
  });
  return known;
}

function keyOf({ fingerprint, provenance }: Finding): string {
  return `${fingerprint}\0${displayPath(provenance)}`;
}
