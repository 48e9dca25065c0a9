// One input → its outcome: opened, decoded, scanned, analysed. The same in the main thread and in a worker.
import type { AnalysisData } from '../analysis/analysis-settings.ts';
import type { Analyst } from '../analysis/analyst.ts';
import { createAnalyst } from '../analysis/analyst.ts';
import type { DecodingScanner } from '../engine/decoders/decoding-scanner.ts';
import { createDecodingScanner } from '../engine/decoders/decoding-scanner.ts';
import { displayPath } from '../model/blob.ts';
import type { PackedRules, RuleTable } from '../model/packed-rules.ts';
import { openRules } from '../model/packed-rules.ts';
import type { PrefilterTables } from '../model/rule.ts';
import type { ByteSource } from '../sources/archives/container.ts';
import { ArchiveFailure, createBytesSource } from '../sources/archives/container.ts';
import type { Input } from '../sources/input.ts';
import { createPathMatcher } from '../sources/path-matcher.ts';
import type { OpenFile } from '../sources/read-file.ts';
import { openFile } from '../sources/read-file.ts';
import type { InputOutcome } from './outcome.ts';
import type { ReadBytes } from './read-text.ts';
import { createBytesReader, createTextReader } from './read-text.ts';
import type { ContainerTools } from './scan-container.ts';
import { mayBeContainer, scanContainer } from './scan-container.ts';
import { scanText } from './scan-text.ts';

/** What a scanner of inputs needs. Plain data: it crosses threads. */
export interface ScanSetup {
  readonly rules: PackedRules;
  /** Of all the rules, where it was made ahead of time. */
  readonly prefilter?: PrefilterTables;
  readonly analysis: AnalysisData;
  /** Larger inputs are skipped. */
  readonly maxBytes: number;
  /** Room for text; longer inputs are scanned in chunks. */
  readonly capacityBytes: number;
  /** Opens archives and scans their members. */
  readonly archives: boolean;
  /** Inputs come as versions of each other, as in history. */
  readonly hasVersions?: boolean;
}

export interface InputScanner {
  scan(input: Input): InputOutcome;
}

interface Tools {
  readonly scanner: DecodingScanner;
  readonly analyst: Analyst;
  readonly maxBytes: number;
  readonly archives: boolean;
  /** Called for every member of a container, for a watchdog. */
  readonly onStep: () => void;
}

/** What finds matches: it may serve several setups that differ only in their analysis. */
export interface ScanEngine {
  readonly rules: RuleTable;
  readonly scanner: DecodingScanner;
  /** Ids of rules that are left out, because they took too long. */
  readonly withoutRules: readonly string[];
  /** See `ScannerOptions`: members of containers and steps of analysis are counted as well. */
  readonly trace: Int32Array | undefined;
}

export function createScanEngine(
  setup: ScanSetup,
  trace?: Int32Array,
  withoutRules: readonly string[] = [],
): ScanEngine {
  const rules = openRules({ ...setup.rules, off: [...setup.rules.off, ...withoutRules] });
  const scanner = createDecodingScanner(rules, {
    capacityBytes: setup.capacityBytes,
    hasVersions: setup.hasVersions === true,
    ...(trace ? { trace } : {}),
    ...(setup.prefilter ? { prefilter: setup.prefilter } : {}),
  });
  return { rules, scanner, withoutRules, trace };
}

export function createInputScanner(
  setup: ScanSetup,
  { rules, scanner, withoutRules, trace }: ScanEngine = createScanEngine(setup),
): InputScanner {
  const onStep = (): void => {
    if (trace) trace[1]!++;
  };
  const calls = { createPathMatcher: (globs: readonly string[]) => createPathMatcher(globs), onStep };
  const tools: Tools = {
    scanner,
    analyst: createAnalyst(rules, { ...setup.analysis, ...calls }),
    maxBytes: setup.maxBytes,
    archives: setup.archives,
    onStep,
  };
  return {
    scan: (input) => {
      const outcome = input.kind === 'path' ? scanFile(input, tools) : scanBytes(input, tools);
      if (withoutRules.length === 0 || outcome.status !== 'scanned') return outcome;
      const message = `scanned without ${withoutRules.join(', ')}: its pattern took too long`;
      const diagnostic = { level: 'error', subject: displayPath(input.provenance), message } as const;
      return { ...outcome, diagnostics: [...outcome.diagnostics, diagnostic] };
    },
  };
}

function scanBytes(input: Extract<Input, { kind: 'bytes' }>, tools: Tools): InputOutcome {
  if (input.bytes.length > tools.maxBytes) return { status: 'skipped', reason: 'too-large' };
  const { bytes } = input;
  return scanContent(input, { read: createBytesReader(bytes), open: () => createBytesSource(bytes) }, tools);
}

function scanFile(input: Extract<Input, { kind: 'path' }>, tools: Tools): InputOutcome {
  const file = openFile(input.absolutePath, tools.maxBytes);
  const subject = displayPath(input.provenance);
  if (file.status === 'skipped') return { status: 'skipped', reason: file.reason };
  if (file.status === 'failed') {
    return { status: 'failed', diagnostic: { level: 'error', subject, message: file.message } };
  }
  let failure: string | undefined;
  const read: ReadBytes = (target) => {
    const chunk = file.readChunk(target);
    if (chunk.status === 'read') return chunk.count;
    failure = chunk.message;
    return 0;
  };
  const outcome = scanContent(input, { read, open: () => toSource(file) }, tools);
  file.close();
  if (failure === undefined) return outcome;
  // What was read before the failure keeps its findings; the rest is missing, and said to be.
  const diagnostic = { level: 'error', subject, message: failure } as const;
  if (outcome.status !== 'scanned' || outcome.bytes === 0) return { status: 'failed', diagnostic };
  return { ...outcome, diagnostics: [...outcome.diagnostics, diagnostic] };
}

function toSource(file: OpenFile): ByteSource {
  return {
    sizeBytes: file.sizeBytes,
    readAt: (target, position) => {
      const part = file.readAt(target, position);
      if (part.status === 'failed') throw new ArchiveFailure(part.message);
      return part.count;
    },
  };
}

interface Content {
  readonly read: ReadBytes;
  /** For what is not read from its beginning on. */
  readonly open: () => ByteSource;
}

function scanContent({ provenance }: Input, { read, open }: Content, tools: Tools): InputOutcome {
  const isAside = (head: Uint8Array): boolean => tools.archives && mayBeContainer(head, provenance.path);
  const reader = createTextReader(read, isAside);
  const { analyses, bytes, diagnostics } = scanText(tools, provenance, reader.read);
  const kind = reader.kind();
  if (kind === 'text') return { status: 'scanned', bytes, analyses, diagnostics };
  const inside = tools.archives
    ? scanContainer({ source: open(), provenance, isText: kind !== 'binary' }, toContainerTools(tools))
    : undefined;
  return inside ?? { status: 'skipped', reason: 'binary' };
}

function toContainerTools(tools: Tools): ContainerTools {
  return { scanText: (member, read) => scanText(tools, member, read), onStep: tools.onStep };
}
