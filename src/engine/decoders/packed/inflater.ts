// Compressed data → bytes, piece by piece: it stops where the room or the text ends, and goes on from there.
// node:zlib does neither, synchronously, and says of no byte where it comes from. Source: RFC 1951, section 3.2.
import type { Output } from '../output.ts';
import { put } from '../output.ts';
import type { Bits } from './bits.ts';
import { alignBits, createBits, INPUT_END, moveBits, offsetOf, readBits } from './bits.ts';
import type { BlockCodes } from './block-codes.ts';
import { DISTANCES, END_OF_BLOCK, FIXED_CODES, LENGTHS, readCodes, readNumber } from './block-codes.ts';
import type { Envelope, Entrance, Format } from './envelopes.ts';
import { createEnvelope, UNSUPPORTED } from './envelopes.ts';
import { DAMAGE, readSymbol } from './huffman.ts';

/** How it went: the room is used up, the text is, all is unpacked, or what follows cannot be. */
export type Outcome = 'full' | 'waiting' | 'ended' | 'cut' | 'damaged' | 'unsupported';

/** What a step yields at most. */
export const MAX_STEP_BYTES = 258;
/** What a step takes at most, base64 in lines: with less to come it waits for more. */
export const WAIT_BYTES = 2048;
const WINDOW_BYTES = 32 * 1024;
const NO_WINDOW = new Uint8Array(0);
/** A table that is made counts as so many bytes: a block may hold nothing else. */
const TABLE_COST_BYTES = 256;

type Phase = 'entrance' | 'block' | 'stored' | 'codes' | 'exit' | 'ended';

export interface Inflater {
  readonly format: Format;
  /** Work done since this was last set to 0, in bytes: what was read, and what tables cost. */
  spentBytes: number;
  /** Characters read so far. */
  readBytes: number;
  /** Source offset of what comes next. */
  readonly at: () => number;
  /** For a further part of one text: how far the bytes have moved towards the beginning. */
  readonly move: (movedBytes: number) => void;
  /** @param text its end, and whether nothing follows it */
  readonly unpack: (text: { end: number; isLast: boolean }, output: Output) => Outcome;
}

interface State {
  readonly bits: Bits;
  readonly envelope: Envelope;
  phase: Phase;
  isFinal: boolean;
  /** Bytes left of a stored block. */
  left: number;
  codes: BlockCodes;
  /** The last bytes of this member. */
  window: Uint8Array;
  /** Bytes of this member so far. */
  written: number;
  tableBytes: number;
}

export function createInflater(source: Uint8Array, at: number, format: Format): Inflater {
  const bits = createBits(source, at, at);
  const state: State = {
    bits,
    envelope: createEnvelope(format),
    phase: 'entrance',
    isFinal: false,
    left: 0,
    codes: FIXED_CODES,
    window: NO_WINDOW,
    written: 0,
    tableBytes: 0,
  };
  const inflater: Inflater = {
    format,
    spentBytes: 0,
    readBytes: 0,
    at: () => bits.at,
    move: (movedBytes) => moveBits(bits, movedBytes),
    unpack: ({ end, isLast }, output) => {
      bits.end = end;
      const from = bits.at;
      const outcome = run(state, output, isLast ? Infinity : end - WAIT_BYTES);
      inflater.readBytes += bits.at - from;
      inflater.spentBytes += bits.at - from + state.tableBytes;
      state.tableBytes = 0;
      return outcome;
    },
  };
  return inflater;
}

function run(state: State, output: Output, stopAt: number): Outcome {
  try {
    while (state.phase !== 'ended') {
      if (output.limit - output.at < MAX_STEP_BYTES) return 'full';
      if (state.bits.at >= stopAt) return 'waiting';
      step(state, output, stopAt);
    }
    return 'ended';
  } catch (error) {
    if (error === INPUT_END) return state.phase === 'exit' ? 'ended' : 'cut';
    if (error === DAMAGE) return 'damaged';
    if (error === UNSUPPORTED) return 'unsupported';
    throw error;
  }
}

function step(state: State, output: Output, stopAt: number): void {
  switch (state.phase) {
    case 'entrance':
      enter(state, output);
      break;
    case 'block':
      beginBlock(state);
      break;
    case 'stored':
      copyStored(state, output, stopAt);
      break;
    case 'codes':
      decodeCodes(state, output, stopAt);
      break;
    default:
      state.phase = state.envelope.leave(state.bits) ? 'entrance' : 'ended';
  }
}

const LF = 0x0a;

function enter(state: State, output: Output): void {
  const entrance: Entrance = state.envelope.enter(state.bits);
  if (entrance.kind === 'none') {
    state.phase = 'ended';
    return;
  }
  // Members are texts of their own.
  if (state.written > 0) put(output, LF);
  state.written = 0;
  if (entrance.kind === 'stored' && state.window === NO_WINDOW) state.window = new Uint8Array(WINDOW_BYTES);
  state.isFinal = entrance.kind === 'stored';
  state.phase = entrance.kind === 'stored' ? 'stored' : 'block';
  state.left = entrance.kind === 'stored' ? entrance.bytes : 0;
}

function beginBlock(state: State): void {
  const { bits } = state;
  state.isFinal = readBits(bits, 1) === 1;
  const kind = readBits(bits, 2);
  if (kind === 0) {
    alignBits(bits);
    state.left = readBits(bits, 16);
    if (readBits(bits, 16) !== (state.left ^ 0xffff)) throw DAMAGE;
    state.phase = 'stored';
  } else if (kind === 3) {
    throw DAMAGE;
  } else {
    state.codes = kind === 2 ? readCodes(bits) : FIXED_CODES;
    if (kind === 2) state.tableBytes += TABLE_COST_BYTES;
    state.phase = 'codes';
  }
  // Not before: what only looks like compressed data seldom comes so far.
  if (state.window === NO_WINDOW) state.window = new Uint8Array(WINDOW_BYTES);
}

function endBlock(state: State): void {
  state.phase = state.isFinal ? 'exit' : 'block';
}

function copyStored(state: State, output: Output, stopAt: number): void {
  const { bits } = state;
  while (state.left > 0 && output.at < output.limit && bits.at < stopAt) {
    output.from = offsetOf(bits);
    const byte = readBits(bits, 8);
    output.to = bits.at;
    write(state, output, byte);
    state.left--;
  }
  if (state.left === 0) endBlock(state);
}

function write(state: State, output: Output, byte: number): void {
  state.window[state.written++ & (WINDOW_BYTES - 1)] = byte;
  put(output, byte);
}

function decodeCodes(state: State, output: Output, stopAt: number): void {
  const { bits } = state;
  const { literals, distances } = state.codes;
  while (output.limit - output.at >= MAX_STEP_BYTES && bits.at < stopAt) {
    output.from = offsetOf(bits);
    const symbol = readSymbol(bits, literals);
    if (symbol < END_OF_BLOCK) {
      output.to = bits.at;
      write(state, output, symbol);
      continue;
    }
    if (symbol === END_OF_BLOCK) return endBlock(state);
    const length = readNumber(bits, symbol - END_OF_BLOCK - 1, LENGTHS);
    const distance = readNumber(bits, readSymbol(bits, distances), DISTANCES);
    if (distance > state.written) throw DAMAGE;
    copyEarlier(state, output, { length, distance });
  }
}

/** Each byte is given its share of the characters: what ends in such a copy and what begins in it are in two places. */
function copyEarlier(
  state: State,
  output: Output,
  { length, distance }: { length: number; distance: number },
): void {
  const { bits, window } = state;
  const start = output.from;
  const share = (bits.at - start) / length;
  for (let index = 0; index < length; index++) {
    output.from = start + Math.floor(index * share);
    output.to = start + Math.ceil((index + 1) * share);
    write(state, output, window[(state.written - distance) & (WINDOW_BYTES - 1)]!);
  }
}
