// Gathers outcomes as they come, in any order, into one report that is the same whatever that order was.
import { relateReuse } from '../analysis/correlate.ts';
import type { Redaction } from '../analysis/known-secrets.ts';
import type { Gathered } from '../analysis/relate-keys.ts';
import { relateKeys } from '../analysis/relate-keys.ts';
import type { Finding, ObjectionKind, Slot, Suppressed } from '../model/finding.ts';
import type { Coverage, Diagnostic, Report, SkipReason, Tool } from '../model/report.ts';
import type { BlobAnalysis, ObjectionCounts } from '../analysis/collect.ts';
import { createInputCounter } from './input-counter.ts';
import type { InputOutcome } from './outcome.ts';

export interface Gathering {
  add(outcome: InputOutcome): void;
  /** For what is reported apart from the outcome that counted its input. */
  addAnalysis(analysis: BlobAnalysis): void;
  skip(reason: SkipReason, count: number): void;
  complain(diagnostic: Diagnostic): void;
  readonly scanned: number;
  readonly bytes: number;
  /** What is hidden in all of the report. */
  listSecrets(): readonly Redaction[];
  /** So far, nothing failed and nobody complained. */
  readonly isComplete: boolean;
  finish(tool: Tool, durationMs: number): Report;
}

export function createGathering(): Gathering {
  const parts = createParts();
  const { diagnostics, secrets } = parts;
  const files = createInputCounter();
  const members = createInputCounter();
  let bytes = 0;
  return {
    add: (outcome) => {
      if (outcome.status === 'skipped') return files.skip(outcome.reason, 1);
      if (outcome.status === 'failed') {
        files.failed++;
        diagnostics.push(outcome.diagnostic);
        return undefined;
      }
      files.scanned++;
      bytes += outcome.bytes;
      diagnostics.push(...outcome.diagnostics);
      if (outcome.members) members.add(outcome.members);
      for (const analysis of outcome.analyses) addAnalysis(parts, analysis);
      return undefined;
    },
    addAnalysis: (analysis) => addAnalysis(parts, analysis),
    skip: files.skip,
    complain: (diagnostic) => diagnostics.push(diagnostic),
    get scanned() {
      return files.scanned;
    },
    get bytes() {
      return bytes;
    },
    listSecrets: () => [...secrets.values()],
    get isComplete() {
      return files.failed === 0 && diagnostics.length === 0;
    },
    finish: (tool, durationMs) =>
      assemble(parts, { files: files.sumUp(), members: members.sumUp(), bytes, durationMs }, tool),
  };
}

interface Parts {
  readonly findings: Finding[];
  readonly suppressed: Suppressed[];
  readonly slots: Slot[];
  readonly discarded: Partial<Record<ObjectionKind, number>>;
  readonly diagnostics: Diagnostic[];
  /** By their values. */
  readonly secrets: Map<string, Redaction>;
}

function createParts(): Parts {
  return { findings: [], suppressed: [], slots: [], discarded: {}, diagnostics: [], secrets: new Map() };
}

function addAnalysis(parts: Parts, analysis: BlobAnalysis): void {
  // As arguments of one call, so many would not fit on the stack.
  for (const finding of analysis.findings) parts.findings.push(finding);
  for (const each of analysis.suppressed) parts.suppressed.push(each);
  for (const slot of analysis.slots) parts.slots.push(slot);
  for (const secret of analysis.secrets ?? []) parts.secrets.set(secret.value, secret);
  addCounts(parts.discarded, analysis.discarded);
}

function assemble(parts: Parts, coverage: Coverage, tool: Tool): Report {
  return {
    tool,
    complete: coverage.files.failed === 0 && !parts.diagnostics.some(({ level }) => level === 'error'),
    coverage,
    ...sortFound(relateKeys(parts)),
    discarded: sortKeys(parts.discarded),
    diagnostics: parts.diagnostics.sort(compareDiagnostics),
  };
}

function sortFound({ findings, suppressed, slots }: Gathered): Gathered {
  return {
    findings: relateReuse([...findings].sort(compareFindings)),
    suppressed: [...suppressed].sort((a, b) => compareFindings(a.finding, b.finding)),
    slots: [...slots].sort(compareSlots),
  };
}

function addCounts(sums: Partial<Record<ObjectionKind, number>>, counts: ObjectionCounts): void {
  for (const [by, count] of Object.entries(counts) as [ObjectionKind, number][])
    sums[by] = (sums[by] ?? 0) + count;
}

function sortKeys<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => compareTexts(a, b))) as T;
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The order of a report: path, line, column, rule. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareTexts(a.location.path, b.location.path) ||
    a.location.startLine - b.location.startLine ||
    a.location.startColumn - b.location.startColumn ||
    compareTexts(a.ruleId, b.ruleId)
  );
}

export function compareSlots(a: Slot, b: Slot): number {
  return compareTexts(a.path, b.path) || a.startLine - b.startLine || compareTexts(a.ruleId, b.ruleId);
}

function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return compareTexts(a.subject, b.subject) || compareTexts(a.message, b.message);
}
