// Of a change, only the lines that it adds are its author's doing: findings on other lines are counted, not reported.
import type { BlobAnalysis } from '../analysis/collect.ts';
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

/** Asks git for the older contents only of inputs with findings. */
export function keepAddedOnly(scanned: readonly Scanned[], { readBases }: Listing): Scanned[] {
  const oids = scanned.flatMap((each) => baseOf(each) ?? []);
  if (oids.length === 0 || !readBases) return [...scanned];
  const bases = readBases(oids);
  return scanned.map((each) => {
    const oid = baseOf(each);
    const base = oid === undefined ? undefined : bases.get(oid);
    return base === undefined ? each : withoutOldLines(each, base);
  });
}

function baseOf({ input, outcome }: Scanned): string | undefined {
  if (input.kind !== 'bytes' || outcome.status !== 'scanned') return undefined;
  return outcome.analyses.some(({ findings }) => findings.length > 0) ? input.baseOid : undefined;
}

function withoutOldLines({ input, outcome }: Scanned, base: Uint8Array): Scanned {
  if (input.kind !== 'bytes' || outcome.status !== 'scanned') return { input, outcome };
  const added = findAddedLines(toText(base), toText(input.bytes));
  const analyses = outcome.analyses.map((analysis) => splitByLines(analysis, added));
  return { input, outcome: { ...outcome, analyses } };
}

function splitByLines(analysis: BlobAnalysis, added: ReadonlySet<number>): BlobAnalysis {
  const isNew = ({ location, provenance }: Finding): boolean => {
    // The lines of a member are not those of its container.
    if (provenance.kind === 'member') return true;
    for (let line = location.startLine; line <= location.endLine; line++) if (added.has(line)) return true;
    return false;
  };
  const old = analysis.findings.filter((finding) => !isNew(finding));
  const because = 'the change does not touch its line';
  return {
    ...analysis,
    findings: analysis.findings.filter(isNew),
    suppressed: [
      ...analysis.suppressed,
      ...old.map((finding) => ({ by: 'not-added' as const, because, finding })),
    ],
  };
}

function toText(bytes: Uint8Array): string {
  const normalised = normaliseBytes(bytes);
  const { buffer, byteOffset, byteLength } = normalised.bytes;
  return Buffer.from(buffer, byteOffset, byteLength).toString('utf8');
}
