// The prefilter kernel (AssemblyScript → WebAssembly): one pass over the bytes finds the keywords of all rules. Every
// second window of four bytes, its letters folded, is hashed to one bit of a 128 KB table; what passes is compared in
// full, and may have to be followed by a value. The tables are laid out by ../keyword-tables.ts, which owns the layout.

import { beginText, isFollowed, setClasses } from './follow';

export { markKind, nextMark } from './marks';

const FOLD: u32 = 0x20202020;
const HASH: u32 = 0x9e3779b1;
const HASH_SHIFT: u32 = 15;
const BIT_SHIFT: u32 = 12;
const BUCKET_SHIFT: u32 = 17;

// An entry: atom u32, address of the folded keyword u32, keyword length u8, offset of the atom in the keyword i8,
// test u8, length of the run u8, keyword id u32.
const KEYWORD: u32 = 4;
const LENGTH: u32 = 8;
const OFFSET: u32 = 9;
const TEST: u32 = 10;
const RUN: u32 = 11;
const ID: u32 = 12;
const ENTRY_BYTES: u32 = 16;

const FILTER_ADDRESS: usize = 64;

/** A round of the loop writes fewer hits than this. */
const HIT_RESERVE: u32 = 1024;

let masks: u32 = 0;
let buckets: u32 = 0;
let hits: u32 = 0;
let hitCapacity: u32 = 0;
let hitCount: u32 = 0;
let begin: u32 = 0;
let end: u32 = 0;

export function configure(masksAt: u32, bucketsAt: u32, classesAt: u32, hitsAt: u32, capacity: u32): void {
  masks = masksAt;
  buckets = bucketsAt;
  setClasses(classesAt);
  hits = hitsAt;
  hitCapacity = capacity;
}

/** How many hits the last `find` wrote: pairs of u32, address of the keyword and keyword id. */
export function count(): u32 {
  return hitCount;
}

/**
 * Finds the keywords whose atom begins at an even address in [from, to), within the bytes [beginAt, endAt). At least eight zero
 * bytes follow `endAt`. In a text that is program code a bare name is no value for the keywords that ask for a literal.
 * Returns the address to go on from: `to`, or less when the room for hits is used up.
 */
export function find(from: u32, to: u32, beginAt: u32, endAt: u32, code: bool): u32 {
  const limit = hitCapacity - HIT_RESERVE;
  hitCount = 0;
  begin = beginAt;
  end = endAt;
  beginText(beginAt, endAt, code);
  let at = (from + 1) & ~1;
  while (at + 8 <= to) {
    const first: u32 = load<u32>(at) | FOLD;
    const second: u32 = load<u32>(at, 2) | FOLD;
    const third: u32 = load<u32>(at, 4) | FOLD;
    const fourth: u32 = load<u32>(at, 6) | FOLD;
    const a: u32 = test(first * HASH);
    const b: u32 = test(second * HASH);
    const c: u32 = test(third * HASH);
    const d: u32 = test(fourth * HASH);
    if ((a | b | c | d) & 1) {
      if (a & 1) check(at, first);
      if (b & 1) check(at + 2, second);
      if (c & 1) check(at + 4, third);
      if (d & 1) check(at + 6, fourth);
      if (hitCount > limit) return at + 8;
    }
    at += 8;
  }
  while (at < to) {
    check(at, load<u32>(at) | FOLD);
    at += 2;
  }
  return to;
}

// The lowest bit says whether an atom may begin here.
// @ts-ignore: decorator
@inline
function test(hash: u32): u32 {
  return (load<u8>(hash >>> HASH_SHIFT, FILTER_ADDRESS) as u32) >>> ((hash >>> BIT_SHIFT) & 7);
}

// Of the bytes before and behind the window their three low bits are looked up first: most windows end there.
// @ts-ignore: decorator
@inline
function check(at: u32, window: u32): void {
  const bucket: u32 = (window * HASH) >>> BUCKET_SHIFT;
  const mask: u32 = load<u16>(masks + (bucket << 1)) as u32;
  const behind: u32 = mask >>> (load<u8>(at, 4) & 7);
  const before: u32 = mask >>> (8 + (load<u8>(at - 1) & 7));
  if (behind & before & 1) checkBucket(at, window, bucket);
}

function checkBucket(at: u32, window: u32, bucket: u32): void {
  let entry: u32 = load<u32>(buckets + (bucket << 2));
  const last: u32 = load<u32>(buckets + (bucket << 2), 4);
  while (entry < last) {
    if (load<u32>(entry) == window) checkEntry(at, entry);
    entry += ENTRY_BYTES;
  }
}

function checkEntry(at: u32, entry: u32): void {
  const start: u32 = at - (load<i8>(entry, OFFSET) as i32);
  const length: u32 = load<u8>(entry, LENGTH) as u32;
  if (start < begin || start + length > end) return;
  if (!isKeyword(start, load<u32>(entry, KEYWORD), length)) return;
  const followedBy: u32 = load<u8>(entry, TEST) as u32;
  if (followedBy && !isFollowed(start, start + length, followedBy, load<u8>(entry, RUN) as u32)) return;
  const hit = hits + (hitCount << 3);
  store<u32>(hit, start);
  store<u32>(hit, load<u32>(entry, ID), 4);
  hitCount += 1;
}

// Folding confuses a few signs (`_` and DEL), never letters and digits: the pattern has the last word.
function isKeyword(text: u32, keyword: u32, length: u32): bool {
  for (let index: u32 = 0; index < length; index++) {
    if ((load<u8>(text + index) | 0x20) != load<u8>(keyword + index)) return false;
  }
  return true;
}
