// What is compressed within base64, unpacked and scanned piece by piece: from its first character on, or from where the
// part of the text before this one has ended.
import { BASE64_VALUES } from '../digits.ts';
import type { Output, OutputMap } from '../output.ts';
import { createOutput } from '../output.ts';
import type { OpenPacked, Run, Scanned, Text } from '../pieces.ts';
import { countKept, moveOpen, roomOf, scanPiece } from '../pieces.ts';
import { formatOf } from './envelopes.ts';
import type { Outcome } from './inflater.ts';
import { createInflater, MAX_STEP_BYTES } from './inflater.ts';

/**
 * Characters: where less can be unpacked it was shortened to be shown, or it only looked like that. Of random text behind
 * the first bytes of zlib, one in 80,000 goes on so far.
 */
const MIN_READ_BYTES = 128;

/** What begins at `at`. */
export function openPacked({ scanner: { buffer } }: Text, at: number): OpenPacked {
  const first = (BASE64_VALUES[buffer[at]!]! << 2) | (BASE64_VALUES[buffer[at + 1]!]! >> 4);
  return {
    kind: 'packed',
    inflater: createInflater(buffer, at, formatOf(first)),
    kept: new Uint8Array(0),
    contextBytes: 0,
    map: { starts: new Uint32Array(0), ends: new Uint32Array(0) },
    inner: [],
  };
}

export function scanPacked(text: Text, packed: OpenPacked, run: Run): Scanned {
  const { inflater } = packed;
  let open = packed;
  for (;;) {
    const output = reserve(open, run);
    const from = output.at;
    const outcome = inflater.unpack({ end: text.range.end, isLast: text.isLast }, output);
    spend(run, output.at - from + inflater.spentBytes);
    inflater.spentBytes = 0;
    open = scanUnpacked({ open, output, outcome }, run);
    if (outcome === 'waiting') return { stop: text.range.end, open: [open] };
    if (outcome === 'full' && run.budget.leftBytes < MAX_STEP_BYTES) run.budget.isOverspent = true;
    else if (outcome === 'full') continue;
    if (failsAsWhole(text, open, outcome)) run.budget.isDamaged = true;
    return { stop: inflater.at(), open: [] };
  }
}

type MappedOutput = Output & { readonly map: OutputMap };

/** Room that begins with what is kept of the piece before. */
function reserve({ kept, map: keptMap }: OpenPacked, run: Run): MappedOutput {
  const room = Math.min(roomOf(run), kept.length + run.budget.leftBytes);
  const { map } = run.maps.reserve(run.depth, room);
  const output = createOutput(run.scratch.buffer, run.free, run.free + room);
  output.bytes.set(kept, output.start);
  map.starts.set(keptMap.starts);
  map.ends.set(keptMap.ends);
  output.at += kept.length;
  return Object.assign(output, { map });
}

function spend({ budget }: Run, bytes: number): void {
  budget.leftBytes = Math.max(0, budget.leftBytes - bytes);
}

interface Unpacked {
  readonly open: OpenPacked;
  readonly output: MappedOutput;
  readonly outcome: Outcome;
}

/** @returns what the next piece needs to know of this one */
function scanUnpacked({ open, output, outcome }: Unpacked, run: Run): OpenPacked {
  const { inflater, contextBytes } = open;
  const isCut = outcome === 'full' || outcome === 'waiting';
  const start = output.start + contextBytes;
  const limit = Math.max(start, isCut ? output.at - run.scratch.afterBytes : output.at);
  const range = { start, limit, end: output.at };
  const codecs = ['base64', inflater.format] as const;
  const piece = { codecs, range, locate: () => output.map };
  const inner = limit > start ? scanPiece(piece, run, open.inner) : open.inner;
  const keptBytes = Math.min(countKept(run, true), roomOf(run) >> 1);
  // Even, as the kernel looks at every second address.
  const from = Math.max(0, limit + run.scratch.afterBytes - keptBytes - output.start) & ~1;
  const to = output.at - output.start;
  return {
    kind: 'packed',
    inflater,
    kept: output.bytes.slice(output.start + from, output.at),
    contextBytes: limit - output.start - from,
    map: { starts: output.map.starts.slice(from, to), ends: output.map.ends.slice(from, to) },
    inner: moveOpen(inner, from, run.budget),
  };
}

const ESCAPE_SIGNS: ReadonlySet<number | undefined> = new Set(Buffer.from('%\\&'));

/** Was something left out that will not be found in another way? */
function failsAsWhole(text: Text, { inflater }: OpenPacked, outcome: Outcome): boolean {
  if (outcome === 'unsupported') return true;
  if (outcome !== 'cut' && outcome !== 'damaged') return false;
  // Some characters of the run are escaped: it is whole where these are undone.
  const isEscaped = outcome === 'cut' && ESCAPE_SIGNS.has(text.scanner.buffer[inflater.at()]);
  return !isEscaped && inflater.readBytes >= MIN_READ_BYTES;
}
