// Of a change, only the lines that it adds are its author's doing, and the comments and entries of the baseline that it
// takes away: findings on other lines are counted, not reported.
import type { BlobAnalysis } from '../analysis/collect.ts';
import type { BaselineEntry } from '../model/baseline.ts';
import type { Finding } from '../model/finding.ts';
import { findAddedLines } from '../sources/added-lines.ts';
import { normaliseBytes } from '../sources/encoding.ts';
import type { Input, Listing } from '../sources/input.ts';
import type { InputOutcome } from './outcome.ts';

/** An input and what became of it. */
export interface Scanned {
  readonly input: Input;
  readonly outcome: InputOutcome;
}

type ScanInputs = (
  inputs: readonly Input[],
  onOutcome: (input: Input, outcome: InputOutcome) => void,
) => Promise<void>;

/**
 * Asks git for the older contents only of inputs with findings.
 * @param scanInputs the same scan, for older contents of inputs with findings on old lines
 */
export async function keepAddedOnly(
  scanned: readonly Scanned[],
  { readBases }: Listing,
  scanInputs: ScanInputs,
): Promise<Scanned[]> {
  const oids = scanned.flatMap(listBases);
  if (oids.length === 0 || !readBases) return [...scanned];
  const contents = readBases(oids);
  const basesOf = (each: Scanned): Uint8Array[] => listBases(each).flatMap((oid) => contents.get(oid) ?? []);
  const split = scanned.map((each) => withoutOldLines(each, basesOf(each)));
  return reportUncommented(split, contents, scanInputs);
}

function listBases({ input, outcome }: Scanned): readonly string[] {
  if (input.kind !== 'bytes' || outcome.status !== 'scanned') return [];
  return outcome.analyses.some(({ findings }) => findings.length > 0) ? (input.baseOids ?? []) : [];
}

/** A line is new where no base has it. */
function withoutOldLines({ input, outcome }: Scanned, bases: readonly Uint8Array[]): Scanned {
  if (input.kind !== 'bytes' || outcome.status !== 'scanned' || bases.length === 0) return { input, outcome };
  const text = toText(input.bytes);
  const [added, ...others] = bases.map((base) => findAddedLines(toText(base), text));
  const isAdded = (line: number): boolean => added!.has(line) && others.every((lines) => lines.has(line));
  const analyses = outcome.analyses.map((analysis) => splitByLines(analysis, isAdded));
  return { input, outcome: { ...outcome, analyses } };
}

const BECAUSE = 'the change does not touch its line';

function splitByLines(analysis: BlobAnalysis, isAdded: (line: number) => boolean): BlobAnalysis {
  const isNew = ({ location, provenance }: Finding): boolean => {
    // The lines of a member are not those of its container.
    if (provenance.kind === 'member') return true;
    for (let line = location.startLine; line <= location.endLine; line++) if (isAdded(line)) return true;
    return false;
  };
  const old = analysis.findings.filter((finding) => !isNew(finding));
  return {
    ...analysis,
    findings: analysis.findings.filter(isNew),
    suppressed: [
      ...analysis.suppressed,
      ...old.map((finding) => ({ by: 'not-added' as const, because: BECAUSE, finding })),
    ],
  };
}

/** What a comment accepted before the change, and none does now, is for its author to explain. */
async function reportUncommented(
  scanned: readonly Scanned[],
  contents: ReadonlyMap<string, Uint8Array>,
  scanInputs: ScanInputs,
): Promise<Scanned[]> {
  const older = new Map<Input, number>();
  for (const [index, each] of scanned.entries()) {
    const { input } = each;
    if (input.kind !== 'bytes' || !hasOld(each)) continue;
    for (const oid of input.baseOids ?? []) {
      const bytes = contents.get(oid);
      if (bytes) older.set({ kind: 'bytes', provenance: input.provenance, bytes }, index);
    }
  }
  const reported = [...scanned];
  await scanInputs([...older.keys()], (input, outcome) => {
    const index = older.get(input);
    if (index !== undefined) reported[index] = addUncommented(reported[index]!, outcome);
  });
  return reported;
}

function hasOld({ outcome }: Scanned): boolean {
  return outcome.status === 'scanned' && outcome.analyses.some(({ suppressed }) => suppressed.some(isOld));
}

function isOld({ by }: { by: string }): boolean {
  return by === 'not-added';
}

function addUncommented({ input, outcome }: Scanned, before: InputOutcome): Scanned {
  const [commented, stillCommented] = [countCommented(before), countCommented(outcome)];
  const isUncommented = ({ fingerprint }: Finding): boolean =>
    (commented.get(fingerprint) ?? 0) > (stillCommented.get(fingerprint) ?? 0);
  const note = 'the change takes away the comment that accepted it';
  return { input, outcome: reportOld(outcome, isUncommented, note) };
}

/** What the baseline accepted before the change, and does not now. */
export function reportUnaccepted(
  scanned: readonly Scanned[],
  entries: readonly BaselineEntry[],
): readonly Scanned[] {
  if (entries.length === 0) return scanned;
  const fingerprints = new Set(entries.map(({ fingerprint }) => fingerprint));
  const note = 'the change takes away the entry of the baseline that accepted it';
  return scanned.map(({ input, outcome }) => ({
    input,
    outcome: reportOld(outcome, ({ fingerprint }) => fingerprints.has(fingerprint), note),
  }));
}

/** Reports some of what stands on old lines, with a note. */
function reportOld(
  outcome: InputOutcome,
  isMeant: (finding: Finding) => boolean,
  note: string,
): InputOutcome {
  if (outcome.status !== 'scanned') return outcome;
  const isReported = (each: BlobAnalysis['suppressed'][number]): boolean =>
    isOld(each) && isMeant(each.finding);
  const analyses = outcome.analyses.map((analysis) => {
    const added = analysis.suppressed.filter(isReported).map(({ finding }) => finding);
    return {
      ...analysis,
      findings: [
        ...analysis.findings,
        ...added.map((finding) => ({ ...finding, notes: [...finding.notes, note] })),
      ],
      suppressed: analysis.suppressed.filter((each) => !isReported(each)),
    };
  });
  return { ...outcome, analyses };
}

/** How often each secret is accepted by a comment. */
function countCommented(outcome: InputOutcome): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { suppressed } of outcome.status === 'scanned' ? outcome.analyses : []) {
    for (const { by, finding } of suppressed) {
      if (by !== 'inline-comment') continue;
      counts.set(finding.fingerprint, (counts.get(finding.fingerprint) ?? 0) + 1);
    }
  }
  return counts;
}

function toText(bytes: Uint8Array): string {
  const normalised = normaliseBytes(bytes);
  const { buffer, byteOffset, byteLength } = normalised.bytes;
  return Buffer.from(buffer, byteOffset, byteLength).toString('utf8');
}
