// One content → what analysis says of it, chunk by chunk where it is larger than the scanner's buffer.
// How it is cut changes nothing: matches near a cut wait for the next chunk, which holds all they need.
import type { Analyst } from '../analysis/analyst.ts';
import type { BlobAnalysis } from '../analysis/collect.ts';
import { CONTEXT_BYTES } from '../analysis/analyst.ts';
import { fileKind } from '../analysis/place/file-kind.ts';
import type { ChunkOrigin } from '../analysis/line-tracker.ts';
import { createLineTracker, FILE_ORIGIN } from '../analysis/line-tracker.ts';
import type { DecodingScanner } from '../engine/decoders/decoding-scanner.ts';
import type { Provenance } from '../model/blob.ts';
import { displayPath } from '../model/blob.ts';
import type { Match, Span } from '../model/match.ts';
import type { Diagnostic } from '../model/report.ts';
import type { ReadBytes } from './read-text.ts';

export interface TextScan {
  readonly analyses: BlobAnalysis[];
  readonly bytes: number;
  readonly diagnostics: readonly Diagnostic[];
}

const OVERSPENT = 'holds too much encoded text: the rest of it was not decoded';
const DAMAGED =
  'holds compressed text that is damaged, cut off or encrypted: only what could be unpacked is scanned';

export function scanText(
  tools: { scanner: DecodingScanner; analyst: Analyst },
  provenance: Provenance,
  read: ReadBytes,
): TextScan {
  const { scanner, analyst } = tools;
  const { buffer } = scanner;
  const waitBytes = scanner.afterBytes + CONTEXT_BYTES;
  const analyses: BlobAnalysis[] = [];
  let chunk: Chunk = {
    origin: FILE_ORIGIN,
    carried: [],
    filled: 0,
    start: 0,
    analysedTo: 0,
    moved: Infinity,
  };
  const isCode = fileKind(provenance.path) === 'code';
  let total = 0;
  for (;;) {
    const count = read(buffer.subarray(chunk.filled));
    total += count;
    const end = chunk.filled + count;
    const isLast = end < buffer.length;
    const limit = isLast ? end : end - scanner.afterBytes;
    const fresh = scanner.scan({ start: chunk.start, limit, end, isCode }, chunk.moved);
    const matches = [...chunk.carried, ...fresh];
    const analysed: Span = { start: chunk.analysedTo, end: isLast ? end + 1 : limit - waitBytes };
    const bytes = buffer.subarray(0, end);
    if (matches.length > 0 || analyst.knowsFile(provenance.path)) {
      analyses.push(analyst.analyse({ provenance, bytes, origin: chunk.origin }, matches, analysed));
    }
    if (isLast) return { analyses, bytes: total, diagnostics: listProblems(scanner, provenance) };
    chunk = moveOn(buffer, { end, limit, analysedTo: analysed.end, matches, origin: chunk.origin });
  }
}

function listProblems({ isOverspent, isDamaged }: DecodingScanner, provenance: Provenance): Diagnostic[] {
  const messages = [...(isOverspent ? [OVERSPENT] : []), ...(isDamaged ? [DAMAGED] : [])];
  return messages.map((message) => ({ level: 'error', subject: displayPath(provenance), message }));
}

/** What one chunk hands to the next. Offsets are in the next chunk's buffer. */
interface Chunk {
  readonly origin: ChunkOrigin;
  readonly carried: Match[];
  readonly filled: number;
  readonly start: number;
  readonly analysedTo: number;
  readonly moved: number;
}

interface Cut {
  readonly end: number;
  readonly limit: number;
  readonly analysedTo: number;
  readonly matches: readonly Match[];
  readonly origin: ChunkOrigin;
}

function moveOn(buffer: Uint8Array, cut: Cut): Chunk {
  // Even, so that what stood at an even address still does: the kernel looks at every second one.
  const moved = (cut.analysedTo - CONTEXT_BYTES) & ~1;
  const origin = createLineTracker(buffer, cut.origin).originAt(moved);
  buffer.copyWithin(0, moved, cut.end);
  return {
    origin,
    carried: cut.matches.filter((match) => match.span.start >= moved).map((match) => shift(match, moved)),
    filled: cut.end - moved,
    start: cut.limit - moved,
    analysedTo: cut.analysedTo - moved,
    moved,
  };
}

function shift(match: Match, by: number): Match {
  const { span, secretSpan } = match;
  return {
    ...match,
    span: { start: span.start - by, end: span.end - by },
    secretSpan: { start: secretSpan.start - by, end: secretSpan.end - by },
  };
}
