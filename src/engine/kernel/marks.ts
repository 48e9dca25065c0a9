// The marking pass (AssemblyScript → WebAssembly): where does encoded text begin? Sixteen bytes a step decide
// whether to look closer; what is looked at closer must already decode to text before JavaScript hears of it.

import { digitOf, escapeKind } from './escape-marks';

/** Kinds of mark: ../decoders/codecs.ts knows them, and those of ./escape-marks.ts, by the same numbers. */
const BASE64: u32 = 1;
const HEX: u32 = 2;
const PACKED: u32 = 7;

/** Groups of four base64 characters that must decode to text: a run shorter than these holds no token. */
const GROUPS: u32 = 6;
const MIN_BASE64: u32 = GROUPS * 4;
/** Pairs of hexadecimal digits that must decode to text. */
const PAIRS: u32 = 16;
const MIN_HEX: u32 = PAIRS * 2;
/** `H4sI` and `UEsD` (`B`): the first bytes of gzip and of zip. */
const GZIP: u32 = 0x49733448;
const ZIP: u32 = 0x44734555;
/** A base64 run is followed backwards no further than this to find where it begins. */
const MAX_BACK: u32 = 1 << 16;

// The signs: \ % & =, each with a bit for every set of followers. Letters and digits: all but 0, p and z.
const SIGN_LOW = i8x16(0, 0x40, 0x40, 0x40, 0x40, 0x42, 0x4c, 0x40, 0x40, 0x40, -0x80, -0x80, -0x7f, -0x50, -0x80, -0x80);
const SIGN_HIGH = i8x16(0, 0, 0x0e, 0x70, -0x40, 0x41, -0x40, 0x40, 0, 0, 0, 0, 0, 0, 0, 0);
// Behind \: u U x n r t 0 1 (and some that are seldom there); % 2-7; & # and a c d e l, p q s U; = 2-7 and line ends.
// Letters and digits: 0, p and z.
const AFTER_LOW = i8x16(-0x37, 0x0d, 0x13, 0x1e, 0x17, 0x1f, 0x12, 0x12, 0x01, 0, 0x60, 0, 0x04, 0x20, 0x01, 0);
const AFTER_HIGH = i8x16(0x20, 0, 0x04, -0x6d, 0, 0x49, 0x05, 0x49, 0, 0, 0, 0, 0, 0, 0, 0);

let kind: u32 = 0;
/** Runs before this address have been looked at. */
let settled: u32 = 0;

/** The kind of the last mark. */
export function markKind(): u32 {
  return kind;
}

/**
 * The address of the first encoded text that begins in [from, to); `to` when there is none. Text reaches to `end`, at
 * least 64 readable bytes follow. A run of base64 or hexadecimal digits that began before `from` is taken from there on.
 *
 * Two tables, looked up by the halves of a byte, say what it may be: bits 6 and 7 of both mark letters and digits, the
 * other bits of the first mark a sign that opens an escape, those of the second what may follow that sign.
 */
export function nextMark(from: u32, to: u32, end: u32): u32 {
  // Nothing, but the compiler does not know: constants that it knows are made anew in every step.
  const zero = i8x16.splat((end < from) as i8);
  const signLow = v128.xor(SIGN_LOW, zero);
  const signHigh = v128.xor(SIGN_HIGH, zero);
  const afterLow = v128.xor(AFTER_LOW, zero);
  const afterHigh = v128.xor(AFTER_HIGH, zero);
  const lowHalf = v128.xor(i8x16.splat(0x0f), zero);
  const pairBits = v128.xor(i8x16.splat(0x3f), zero);
  let at = from;
  let wordsBefore: u32 = 0;
  let signsBefore = zero;
  settled = from;
  while (at <= to) {
    const bytes = v128.load(at);
    const low = v128.and(bytes, lowHalf);
    const high = v128.and(i16x8.shr_u(bytes, 4), lowHalf);
    const signs = v128.and(i8x16.swizzle(signLow, low), i8x16.swizzle(signHigh, high));
    const afters = v128.and(i8x16.swizzle(afterLow, low), i8x16.swizzle(afterHigh, high));
    const both = v128.or(signs, afters);
    const words = i8x16.bitmask(v128.or(both, i8x16.add(both, both))) as u32;
    const shifted = i8x16.shuffle(signsBefore, signs, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
    const pairs = v128.and(v128.and(shifted, afters), pairBits);
    const isRun = words == 0xffff || ((wordsBefore & 0xff00) == 0xff00 && (words & 0xff) == 0xff);
    if (isRun || v128.any_true(pairs)) {
      const run = isRun ? checkRun(words == 0xffff ? at : at - 8, from, end) : 0;
      const runKind = kind;
      const escape = checkEscapes(at, i8x16.bitmask(i8x16.ne(pairs, zero)) as u32, to);
      if (run && run < to && (!escape || run < escape)) {
        kind = runKind;
        return run;
      }
      if (escape) return escape;
      if (settled > at + 16) {
        at += (settled - at) & ~15;
        wordsBefore = 0;
        signsBefore = zero;
        continue;
      }
    }
    wordsBefore = words;
    signsBefore = signs;
    at += 16;
  }
  return to;
}

/** @param mask which bytes of the block at `at` may stand behind the sign of an escape */
function checkEscapes(at: u32, mask: u32, to: u32): u32 {
  let left = mask;
  while (left) {
    const found = at + ctz(left) - 1;
    if (found >= to) return 0;
    kind = escapeKind(found);
    if (kind) return found;
    left &= left - 1;
  }
  return 0;
}

/** The value of a base64 character of either alphabet; 255 for anything else. */
function valueOf(byte: u8): u32 {
  const code = byte as u32;
  if (code - 0x41 < 26) return code - 0x41;
  if (code - 0x61 < 26) return code - 0x47;
  if (code - 0x30 < 10) return code + 4;
  if (code == 0x2b || code == 0x2d) return 62;
  if (code == 0x2f || code == 0x5f) return 63;
  return 255;
}

/** Where the run around `inside` begins to decode to text; 0 where it does not. */
function checkRun(inside: u32, from: u32, end: u32): u32 {
  const low = max(settled, inside - from > MAX_BACK ? inside - MAX_BACK : from);
  let word = inside;
  while (word > low && isLetterOrDigit(load<u8>(word - 1))) word--;
  const hex = checkHex(inside, word, end);
  if (hex) return hex;
  let start = word;
  while (start > low && valueOf(load<u8>(start - 1)) < 64) start--;
  kind = PACKED;
  if (isPacked(start)) return start;
  if (isMagic(word)) return word;
  // Behind an escaped line end.
  if (load<u8>(word - 1) == 0x5c && isPacked(word + 1)) return word + 1;
  kind = BASE64;
  if (start < word && isBase64Text(start, end)) return start;
  for (let skipped: u32 = 0; skipped < 4; skipped++) {
    if (isBase64Text(word + skipped, end)) return word + skipped;
  }
  let stop = inside + 8;
  while (stop < end && isLetterOrDigit(load<u8>(stop))) stop++;
  settled = stop;
  return 0;
}

/** Does base64 of the first bytes of gzip or zip stand at `at`? */
function isMagic(at: u32): bool {
  const start = load<u32>(at);
  return start == GZIP || (start == ZIP && load<u8>(at, 4) == 0x42);
}

/** Or of those of zlib, which are so short that they must begin the run? */
function isPacked(at: u32): bool {
  if (isMagic(at)) return true;
  const start = load<u32>(at);
  if ((start & 0xff) != 0x65) return false;
  const third = valueOf(load<u8>(at, 2)) >> 2;
  // The last bits of the first group say how the first block is compressed.
  const isBlock = third < 16 && (valueOf(load<u8>(at, 3)) & 6) != 6;
  switch ((start >> 8) & 0xff) {
    case 0x41: // A: 78 01
      return isBlock && third == 1;
    case 0x46: // F: 78 5e
      return isBlock && third == 14;
    case 0x4a: // J: 78 9c
      return isBlock && third == 12;
    case 0x4e: // N: 78 da
      return isBlock && third == 10;
    default:
      return false;
  }
}

function isLetterOrDigit(byte: u8): bool {
  return ((byte as u32) | 0x20) - 0x61 < 26 || (byte as u32) - 0x30 < 10;
}

function checkHex(inside: u32, low: u32, end: u32): u32 {
  if (digitOf(load<u8>(inside)) > 15 || digitOf(load<u8>(inside, 15)) > 15) return 0;
  let start = inside;
  while (start > low && digitOf(load<u8>(start - 1)) < 16) start--;
  kind = HEX;
  if (isHexText(start, end)) return start;
  return isHexText(start + 1, end) ? start + 1 : 0;
}

function isHexText(at: u32, end: u32): bool {
  if (at + MIN_HEX > end) return false;
  beginTrial();
  for (let index: u32 = 0; index < PAIRS; index++) {
    const high = digitOf(load<u8>(at + index * 2));
    const low = digitOf(load<u8>(at + index * 2 + 1));
    if (high > 15 || low > 15) return false;
    tryByte((high << 4) | low);
    if (index == 3 && !isTextSoFar(1)) return false;
  }
  return isTextSoFar(1);
}

// Text in UTF-16 has a NUL in every second place.
function isBase64Text(at: u32, end: u32): bool {
  if (at + MIN_BASE64 > end) return false;
  beginTrial();
  let nuls: u32 = 0;
  for (let group: u32 = 0; group < GROUPS; group++) {
    const from = at + group * 4;
    const a = valueOf(load<u8>(from));
    const b = valueOf(load<u8>(from, 1));
    const c = valueOf(load<u8>(from, 2));
    const d = valueOf(load<u8>(from, 3));
    if ((a | b | c | d) > 63) return false;
    const bits = (a << 18) | (b << 12) | (c << 6) | d;
    for (let shift: i32 = 16; shift >= 0; shift -= 8) {
      const byte = (bits >> shift) & 255;
      if (byte == 0) nuls++;
      tryByte(byte);
    }
    // Two groups tell nearly everything.
    if (group == 1 && !isTextSoFar(2) && (nuls < 2 || strays > nuls + 1)) return false;
  }
  return isTextSoFar(2) || (nuls + 1 >= (GROUPS * 3) / 2 && strays <= nuls + 1);
}

// A trial of decoded bytes: how many are no text so far, whether a character of UTF-8 was among them, and how many bytes of
// one are still to come.
let strays: u32 = 0;
let hasWideCharacter: bool = false;
let toCome: u32 = 0;

function beginTrial(): void {
  strays = 0;
  hasWideCharacter = false;
  toCome = 0;
}

// @ts-ignore: decorator
@inline
function tryByte(byte: u32): void {
  if (byte < 0x80) {
    strays += u32(toCome != 0) + u32(!isPrintable(byte));
    toCome = 0;
  } else if (byte < 0xc0) {
    if (toCome) hasWideCharacter = --toCome == 0 || hasWideCharacter;
    else strays++;
  } else {
    strays += u32(toCome != 0) + u32(byte < 0xc2 || byte > 0xf4);
    toCome = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
  }
}

/** A few bytes of ASCII may be none; what is not in ASCII must be UTF-8 to the last byte, for chance looks like it. */
function isTextSoFar(mayStray: u32): bool {
  return strays <= (hasWideCharacter ? 0 : mayStray);
}

function isPrintable(byte: u32): bool {
  return byte - 0x20 < 95 || byte == 9 || byte == 10 || byte == 13;
}
