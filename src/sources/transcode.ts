// UTF-16 and UTF-32 → UTF-8, piece by piece: a piece may end within a character. And texts with NULs between letters.
import type { Codec } from '../model/match.ts';

export type WideCodec = Extract<Codec, `utf-${string}`>;

/**
 * Texts of one byte a unit whose NULs are no part of them: those of a wide text beside it, known by their turns where
 * there may be others, or ends of lines.
 */
type NulCodec = 'nuls-dropped' | 'nuls-in-turns-dropped' | 'nuls-as-line-feeds';

export type TextCodec = WideCodec | NulCodec;

export interface Transcoder {
  /** The UTF-8 of these bytes and of what the piece before left over. A character that does not end here is kept. */
  write(bytes: Uint8Array): Uint8Array;
  /** What was kept, though nothing follows. What does not end a character is dropped. */
  end(): Uint8Array;
}

interface WideFormat {
  readonly unitBytes: 2 | 4;
  readonly isLittleEndian: boolean;
}

const FORMATS: Readonly<Record<WideCodec, WideFormat>> = {
  'utf-16le': { unitBytes: 2, isLittleEndian: true },
  'utf-16be': { unitBytes: 2, isLittleEndian: false },
  'utf-32le': { unitBytes: 4, isLittleEndian: true },
  'utf-32be': { unitBytes: 4, isLittleEndian: false },
};

/** Stands for what is no character: half of a pair, or a number beyond Unicode. */
const REPLACEMENT = 0xfffd;

/** What one character becomes at most. */
const MAX_UTF8_BYTES = 4;

/**
 * Text of one byte a unit, longer than letters of two printable bytes stand together: in a wide text every letter of
 * ASCII has its NUL. Of kana every second byte is a `0`.
 */
export const ONE_BYTE_TEXT: RegExp = /(?:(?!0.0.0)[\t\n\r -~]){20}/s;
const ONE_BYTE_RUN = 20 + '0.0.0'.length;

export function createTranscoder(codec: TextCodec): Transcoder {
  if (codec === 'nuls-dropped') {
    return { write: (bytes) => bytes.filter((byte) => byte !== NUL), end: () => NOTHING };
  }
  if (codec === 'nuls-as-line-feeds') return createTurnsDropper(LINE_FEED);
  if (codec === 'nuls-in-turns-dropped') return createTurnsDropper(NUL);
  return createMixedTranscoder(createWideTranscoder(codec));
}

const NOTHING = new Uint8Array(0);

/** What a shell appends to a wide text may be of one byte a unit: it, and all that follows, is read as such. */
function createMixedTranscoder(wide: Transcoder): Transcoder {
  const narrow = createTurnsDropper(NUL);
  let isNarrow = false;
  let rest: Uint8Array = NOTHING;
  return {
    write: (bytes) => {
      if (isNarrow) return narrow.write(bytes);
      const input = Buffer.concat([rest, bytes]);
      const start = input.toString('latin1').search(ONE_BYTE_TEXT);
      isNarrow = start >= 0;
      const stop = isNarrow ? start : Math.max(0, input.length - ONE_BYTE_RUN);
      const text = wide.write(input.subarray(0, stop));
      rest = input.subarray(stop);
      return isNarrow ? Buffer.concat([text, wide.end(), narrow.write(rest)]) : text;
    },
    end: () => (isNarrow ? narrow.end() : Buffer.concat([wide.write(rest), wide.end()])),
  };
}

const NUL = 0;
const LINE_FEED = 0x0a;

const TURN_BYTES = 2;

/** Drops the NULs that have another one two bytes before or behind them, and none between; for others it has `other`. */
function createTurnsDropper(other: number): Transcoder {
  let rest: Uint8Array = NOTHING;
  let [before, last] = [1, 1];
  const drop = (input: Uint8Array, stop: number): Uint8Array => {
    const output = input.slice(0, stop);
    let length = 0;
    for (let at = 0; at < stop; at++) {
      const byte = input[at]!;
      const isInTurn =
        (before === NUL && last !== NUL) || (input[at + TURN_BYTES] === NUL && input[at + 1] !== NUL);
      if (byte !== NUL || !isInTurn) output[length++] = byte || other;
      [before, last] = [last, byte];
    }
    return output.subarray(0, length);
  };
  return {
    write: (bytes) => {
      const input = Buffer.concat([rest, bytes]);
      const stop = Math.max(0, input.length - TURN_BYTES);
      rest = input.subarray(stop);
      return drop(input, stop);
    },
    end: () => drop(rest, rest.length),
  };
}

function createWideTranscoder(codec: WideCodec): Transcoder {
  const format = FORMATS[codec];
  const { unitBytes } = format;
  let rest: Uint8Array = NOTHING;
  let high = 0;
  return {
    write: (bytes) => {
      const input = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
      const units = Math.floor(input.length / unitBytes);
      const output = createUtf8Writer((units + 1) * MAX_UTF8_BYTES);
      const read = createUnitReader(input, format);
      for (let index = 0; index < units; index++) {
        const unit = read(index * unitBytes);
        if (high > 0 && isLowSurrogate(unit)) {
          output.put(0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00));
          high = 0;
          continue;
        }
        if (high > 0) output.put(REPLACEMENT);
        high = unitBytes === 2 && isHighSurrogate(unit) ? unit : 0;
        if (high === 0) output.put(isCharacter(unit) ? unit : REPLACEMENT);
      }
      // A copy: the caller may fill the same memory again.
      rest = input.slice(units * unitBytes);
      return output.bytes();
    },
    end: () => NOTHING,
  };
}

function createUnitReader(
  input: Uint8Array,
  { unitBytes, isLittleEndian }: WideFormat,
): (at: number) => number {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  if (unitBytes === 2) return (at) => view.getUint16(at, isLittleEndian);
  return (at) => view.getUint32(at, isLittleEndian);
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

function isCharacter(unit: number): boolean {
  return unit < 0xd800 || (unit >= 0xe000 && unit <= 0x10ffff);
}

interface Utf8Writer {
  put(point: number): void;
  bytes(): Uint8Array;
}

function createUtf8Writer(capacityBytes: number): Utf8Writer {
  const target = new Uint8Array(capacityBytes);
  let length = 0;
  return {
    put: (point) => {
      if (point < 0x80) {
        target[length++] = point;
      } else if (point < 0x800) {
        target[length++] = 0xc0 | (point >> 6);
        target[length++] = 0x80 | (point & 0x3f);
      } else {
        if (point < 0x10000) {
          target[length++] = 0xe0 | (point >> 12);
        } else {
          target[length++] = 0xf0 | (point >> 18);
          target[length++] = 0x80 | ((point >> 12) & 0x3f);
        }
        target[length++] = 0x80 | ((point >> 6) & 0x3f);
        target[length++] = 0x80 | (point & 0x3f);
      }
    },
    bytes: () => target.subarray(0, length),
  };
}
