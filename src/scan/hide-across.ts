// The secrets of one file may stand in the name of another, or in text around a finding where no rule knows them: when all
// of a scan is known, they are hidden in all of its report.
import type { KnownSecrets, Redaction } from '../analysis/known-secrets.ts';
import { createKnownSecrets, hideSecrets } from '../analysis/known-secrets.ts';
import { hideInProvenance } from '../analysis/shown-names.ts';
import type { ExcerptLine, Finding, Identity, Storage, Suppressed } from '../model/finding.ts';
import type { Diagnostic, Report } from '../model/report.ts';
import type { Input } from '../sources/input.ts';
import { compareFindings, compareSlots } from './assemble-report.ts';
import type { InputOutcome } from './outcome.ts';

export interface Hider {
  /** Paths first: a baseline knows findings by them, as they are shown. */
  hideInPaths(report: Report): Report;
  /** All else that is said. */
  hideInTexts(report: Report): Report;
}

type ScanInputs = (
  inputs: readonly Input[],
  onOutcome: (input: Input, outcome: InputOutcome) => void,
) => Promise<void>;

/**
 * @param secrets of all that was scanned
 * @param scanInputs the same scan, for names that hold a secret by themselves
 */
export async function createHider(
  report: Report,
  secrets: readonly Redaction[],
  scanInputs: ScanInputs,
): Promise<Hider> {
  const known = createKnownSecrets([...secrets, ...(await findInNames(listNames(report), scanInputs))]);
  if (known.byHead.size === 0) return { hideInPaths: (same) => same, hideInTexts: (same) => same };
  const hide = remember((text) => hideSecrets(text, known));
  return {
    hideInPaths: (shown) => ({
      ...shown,
      findings: shown.findings.map((each) => hideInPlaces(each, known, hide)).sort(compareFindings),
      suppressed: shown.suppressed
        .map((each) => ({ ...each, finding: hideInPlaces(each.finding, known, hide) }))
        .sort((a, b) => compareFindings(a.finding, b.finding)),
      slots: shown.slots.map((slot) => ({ ...slot, path: hide(slot.path) })).sort(compareSlots),
    }),
    hideInTexts: (shown) => ({
      ...shown,
      findings: shown.findings.map((each) => hideInFinding(each, hide)),
      suppressed: shown.suppressed.map(({ by, because, finding }): Suppressed => ({
        by,
        because: hide(because),
        finding: hideInFinding(finding, hide),
      })),
      slots: shown.slots.map((slot) => ({ ...slot, storage: hideInStorage(slot.storage, hide) })),
      diagnostics: shown.diagnostics.map(({ level, subject, message }): Diagnostic => ({
        level,
        subject: hide(subject),
        message: hide(message),
      })),
    }),
  };
}

type Hide = (text: string) => string;

/** The same paths, reasons and notes are said of many findings. */
function remember(hide: Hide): Hide {
  const hidden = new Map<string, string>();
  return (text) => {
    const before = hidden.get(text);
    if (before !== undefined) return before;
    const now = hide(text);
    hidden.set(text, now);
    return now;
  };
}

function listNames({ findings, suppressed, slots, diagnostics }: Report): string[] {
  const names = new Set<string>();
  for (const { path } of slots) names.add(path);
  for (const { location, provenance } of [...findings, ...suppressed.map(({ finding }) => finding)]) {
    names.add(location.path);
    if (provenance.kind === 'commit') names.add(provenance.author);
  }
  for (const { subject, message } of diagnostics) names.add(subject).add(message);
  return [...names];
}

/** What a rule is sure of. */
async function findInNames(names: readonly string[], scanInputs: ScanInputs): Promise<Redaction[]> {
  if (names.length === 0) return [];
  const lines = names.map((name) => name.replaceAll(/[\r\n]/g, ' '));
  const bytes = Buffer.from(`${lines.join('\n')}\n`, 'utf8');
  const found: Finding[] = [];
  const input: Input = { kind: 'bytes', provenance: { kind: 'file', path: '(names)' }, bytes };
  await scanInputs([input], (_, outcome) => {
    if (outcome.status !== 'scanned') return;
    for (const { findings, suppressed } of outcome.analyses) {
      found.push(...findings, ...suppressed.map(({ finding }) => finding));
    }
  });
  return found
    .filter(({ confidence }) => confidence === 'high')
    .map(({ location: { startLine, startColumn, endColumn }, secret }) => ({
      start: 0,
      end: 0,
      shown: secret,
      value: lines[startLine - 1]!.slice(startColumn - 1, endColumn - 1),
      spellings: [],
    }));
}

function hideInPlaces(finding: Finding, known: KnownSecrets, hide: Hide): Finding {
  return {
    ...finding,
    provenance: hideInProvenance(finding.provenance, known),
    location: { ...finding.location, path: hide(finding.location.path) },
    related: finding.related.map((each) => ({ ...each, path: hide(each.path) })),
  };
}

function hideInFinding(finding: Finding, hide: Hide): Finding {
  return {
    ...finding,
    excerpt: finding.excerpt.map((line) => hideInLine(line, hide)),
    storage: hideInStorage(finding.storage, hide),
    ...(finding.identity ? { identity: hideInIdentity(finding.identity, hide) } : {}),
    notes: finding.notes.map(hide),
  };
}

function hideInLine({ text, mark, ...line }: ExcerptLine, hide: Hide): ExcerptLine {
  if (!mark) return { ...line, text: hide(text) };
  const before = hide(text.slice(0, mark.start));
  const marked = text.slice(mark.start, mark.end);
  return {
    mark: { start: before.length, end: before.length + marked.length },
    ...line,
    text: before + marked + hide(text.slice(mark.end)),
  };
}

function hideInStorage(storage: Storage, hide: Hide): Storage {
  return storage.keyPath === undefined ? storage : { ...storage, keyPath: hide(storage.keyPath) };
}

const SAID_OF_IDENTITY = ['account', 'subject', 'issuer', 'environment', 'note'] as const;

function hideInIdentity(identity: Identity, hide: Hide): Identity {
  const hidden = SAID_OF_IDENTITY.flatMap((name) => {
    const said = identity[name];
    return said === undefined ? [] : [[name, hide(said)] as const];
  });
  return { ...identity, ...Object.fromEntries(hidden) };
}
