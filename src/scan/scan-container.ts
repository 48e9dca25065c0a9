// A container → the scan of its members, of the containers among them, and what of it could not be scanned.
import type { BlobAnalysis } from '../analysis/collect.ts';
import type { Provenance } from '../model/blob.ts';
import { displayPath } from '../model/blob.ts';
import type { Span } from '../model/match.ts';
import type { Diagnostic } from '../model/report.ts';
import type {
  ByteSource,
  ContainerLimits,
  Damage,
  Member,
  ReadMember,
} from '../sources/archives/container.ts';
import {
  ArchiveFailure,
  createLimits,
  MAX_CONTAINER_DEPTH,
  readFromStart,
} from '../sources/archives/container.ts';
import type { Container, ContainerKind } from '../sources/archives/open-container.ts';
import {
  CONTAINER_SAMPLE_BYTES,
  detectContainer,
  isBareMagic,
  isUnopened,
  listMembers,
} from '../sources/archives/open-container.ts';
import { asRead } from '../sources/archives/text-runs.ts';
import { blank, merge } from './blank.ts';
import type { InputCounter } from './input-counter.ts';
import { createInputCounter } from './input-counter.ts';
import type { InputOutcome } from './outcome.ts';
import type { TextReader } from './read-text.ts';
import { createTextReader } from './read-text.ts';
import type { TextScan } from './scan-text.ts';

export interface ContainerTools {
  /** Scans one text. */
  readonly scanText: (provenance: Provenance, read: ReadMember) => TextScan;
  /** Called for every member, for a watchdog. */
  readonly onStep: () => void;
}

const ZIP_NAME = /\.(?:zip|jar|war|ear|aar|apk|whl|nupkg|vsix|docx|xlsx|pptx)$/i;

/** Problems told of one by one; the others are counted. */
const MAX_DIAGNOSTICS = 20;

/** May a content that looks like text be a container all the same? Asked of every text: nearly always, three bytes say no. */
export function mayBeContainer(head: Uint8Array, path: string): boolean {
  const isLikely = head[0] === 0x50 || head[0] === 0x1f || head[TAR_MARK_AT] === 0x75;
  return (isLikely && detectContainer(head) !== undefined) || isNamedZip(path);
}

const TAR_MARK_AT = 257;
const DOT = 0x2e;

// Of most paths, the places where a dot may stand say enough.
function isNamedZip(path: string): boolean {
  const { length } = path;
  const mayBe =
    path.charCodeAt(length - 4) === DOT ||
    path.charCodeAt(length - 5) === DOT ||
    path.charCodeAt(length - 6) === DOT;
  return mayBe && ZIP_NAME.test(path);
}

export interface Content {
  readonly source: ByteSource;
  readonly provenance: Provenance;
  /** Its first bytes look like text: what is not in a member is scanned, too. */
  readonly isText: boolean;
}

/** What becomes of a content that is, or may be, a container; undefined where it is neither that nor text. */
export function scanContainer(
  { source, provenance, isText }: Content,
  tools: ContainerTools,
): InputOutcome | undefined {
  const head = new Uint8Array(CONTAINER_SAMPLE_BYTES);
  const failure: { error?: unknown } = {};
  const start = head.subarray(0, holdFailure(readFromStart(source), failure)(head));
  // A zip file is read from its end, and may have something else before it.
  const detected = detectContainer(start);
  const kind = detected ?? (isNamedZip(provenance.path) ? 'zip' : undefined);
  if (kind === undefined) return isUnopened(start) ? UNOPENED : undefined;
  const work = createWork(source, tools);
  const onSpan = (span: Span): void => void work.spans.push(span);
  const container = { kind, path: provenance.path, read: readFromStart(source), source, onSpan };
  scanMembers(work, container, { provenance, depth: 1 });
  const isOpened = isWellOpened(work, kind);
  // What is more like a text than like a container is not said to be a damaged one.
  if (isText && !isOpened && isDoubtful(detected, start)) forgetProblems(work);
  if (kind === 'zip' ? hasGaps(work, source) : isText && !isOpened) scanAround(work, source, provenance);
  const { bytes, analyses } = work;
  const members = work.members.sumUp();
  return { status: 'scanned', bytes, analyses, diagnostics: summarise(work, provenance), members };
}

const UNOPENED: InputOutcome = { status: 'skipped', reason: 'unopened-archive' };

function forgetProblems({ problems, members }: Work): void {
  problems.length = 0;
  members.failed = 0;
}

/** Was there something in it, and of a stream, nothing wrong? Where a zip file has members, it is known what lies around them. */
function isWellOpened({ listed, bytes, problems }: Work, kind: ContainerKind): boolean {
  return kind === 'zip' ? listed > 0 : bytes > 0 && problems.length === 0;
}

/** Fewer bytes hold no token. */
const MIN_GAP_BYTES = 16;

/** A comment, what was appended, or what a member that is gone has left behind. */
function hasGaps({ spans }: Work, { sizeBytes }: ByteSource): boolean {
  const known = merge(spans).reduce((sum, { start, end }) => sum + Math.min(end, sizeBytes) - start, 0);
  return sizeBytes - known >= MIN_GAP_BYTES;
}

function isDoubtful(detected: ContainerKind | undefined, head: Uint8Array): boolean {
  return detected === undefined || isBareMagic(detected, head);
}

interface Work {
  readonly tools: ContainerTools;
  readonly limits: ContainerLimits;
  readonly analyses: BlobAnalysis[];
  readonly problems: Diagnostic[];
  /** Bytes of the outermost container that are no text around its members. */
  readonly spans: Span[];
  readonly members: InputCounter;
  listed: number;
  bytes: number;
}

function createWork(source: ByteSource, tools: ContainerTools): Work {
  const limits = createLimits(source.sizeBytes);
  const members = createInputCounter();
  return { tools, limits, analyses: [], problems: [], spans: [], members, listed: 0, bytes: 0 };
}

interface Place {
  readonly provenance: Provenance;
  readonly depth: number;
}

function scanMembers(work: Work, container: Container, place: Place): void {
  try {
    for (const member of listMembers(container, work.limits)) {
      work.tools.onStep();
      const known = work.problems.length;
      scanListed(work, { member, container }, place);
      // What could not be read as a member, text around it may be: its bytes are the last ones told of.
      if (place.depth === 1 && work.problems.length > known && member.status === 'member') work.spans.pop();
    }
  } catch (error) {
    if (place.depth > 1) work.members.failed++;
    complain(work, place.provenance, error);
  }
}

interface Listed<T> {
  readonly member: T;
  readonly container: Container;
}

function scanListed(work: Work, { member, container }: Listed<Member | Damage>, place: Place): void {
  if (member.path !== undefined) work.listed++;
  if (member.status === 'member') return scanMember(work, { member, container }, place);
  const isMember = member.path !== undefined || place.depth > 1;
  if (isMember) work.members.failed++;
  const subject = displayPath(within(place, member.path));
  work.problems.push({ level: 'error', subject, message: member.message });
}

function scanMember(work: Work, { member, container }: Listed<Member>, place: Place): void {
  const inner = within(place, member.path);
  const head = new Uint8Array(CONTAINER_SAMPLE_BYTES);
  const failure: { error?: unknown } = {};
  const read = holdFailure(member.read, failure);
  const start = head.subarray(0, read(head));
  const whole = replay(start, read);
  const kind = detectContainer(start);
  // A compressed tar is one thing to people: its members are named as if they stood in it.
  const isTarball = kind === 'tar' && container.kind === 'gzip';
  if (kind !== undefined && place.depth < MAX_CONTAINER_DEPTH) {
    const provenance = isTarball ? place.provenance : inner;
    scanMembers(work, { kind, path: member.path, read: whole }, { provenance, depth: place.depth + 1 });
  } else {
    if (kind !== undefined) failure.error ??= new ArchiveFailure('is nested too deeply: not scanned');
    const isBinary = kind === undefined && scanOne(work, inner, asRead(member.path, whole)) === 'binary';
    if (failure.error !== undefined) work.members.failed++;
    else if (isBinary) work.members.skip(isUnopened(start) ? 'unopened-archive' : 'binary', 1);
    else work.members.scanned++;
  }
  if (failure.error !== undefined) complain(work, inner, failure.error);
}

function within({ provenance }: Place, path: string | undefined): Provenance {
  return path === undefined ? provenance : { kind: 'member', container: provenance, path };
}

/** A script before an archive, what is between members, a text that is no container at all. */
function scanAround(work: Work, source: ByteSource, provenance: Provenance): void {
  const failure: { error?: unknown } = {};
  const members = work.analyses.splice(0);
  scanOne(work, provenance, blank(holdFailure(readFromStart(source), failure), work.spans));
  // Damaged gzip may hold as it stands what was unpacked.
  const known = new Set(members.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint)));
  const around = work.analyses.splice(0).map((analysis) => ({
    ...analysis,
    findings: analysis.findings.filter(({ fingerprint }) => !known.has(fingerprint)),
  }));
  work.analyses.push(...members, ...around);
  if (failure.error !== undefined) complain(work, provenance, failure.error);
}

function scanOne(work: Work, provenance: Provenance, read: ReadMember): ReturnType<TextReader['kind']> {
  const reader = createTextReader(read);
  const { analyses, bytes, diagnostics } = work.tools.scanText(provenance, reader.read);
  work.bytes += bytes;
  work.analyses.push(...analyses);
  work.problems.push(...diagnostics);
  return reader.kind();
}

function complain(work: Work, provenance: Provenance, error: unknown): void {
  if (!(error instanceof ArchiveFailure)) throw error;
  work.problems.push({ level: 'error', subject: displayPath(provenance), message: error.message });
}

/** What was read before a failure is scanned; the failure is told of afterwards. */
function holdFailure(read: ReadMember, failure: { error?: unknown }): ReadMember {
  return (target) => {
    if (failure.error !== undefined) return 0;
    let filled = 0;
    try {
      filled = read(target);
    } catch (error) {
      failure.error = error;
      filled = error instanceof ArchiveFailure ? error.filledBytes : 0;
    }
    return filled;
  };
}

function replay(start: Uint8Array, read: ReadMember): ReadMember {
  let at = 0;
  return (target) => {
    const part = start.subarray(at, at + target.length);
    target.set(part);
    at += part.length;
    if (part.length === target.length || start.length < CONTAINER_SAMPLE_BYTES) return part.length;
    return part.length + read(target.subarray(part.length));
  };
}

function summarise({ problems }: Work, provenance: Provenance): Diagnostic[] {
  if (problems.length <= MAX_DIAGNOSTICS) return problems;
  const message = `${problems.length - MAX_DIAGNOSTICS} further members cannot be scanned`;
  return [
    ...problems.slice(0, MAX_DIAGNOSTICS),
    { level: 'error', subject: displayPath(provenance), message },
  ];
}
