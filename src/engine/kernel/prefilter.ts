// The prefilter kernel (AssemblyScript → WebAssembly): one pass over the bytes finds the keywords of all rules. Every
// second window of four bytes, its letters folded, is hashed to one bit of a 128 KB table; what passes has its neighbours
// looked up and is compared in full, and may have to be followed by a value. The tables are laid out by
// ../keyword-tables.ts, which owns the layout.

import { beginText, isFollowed, setClasses } from './follow';

export { markKind, nextMark } from './marks';

const FOLD: u32 = 0x20202020;
const HASH: u32 = 0x9e3779b1;
const CELL_SHIFT: u32 = 15;
const BUCKET_SHIFT: u32 = 18;

// A bucket: the first of its entries and where they end, and the kinds of the bytes before and behind their atoms; u32 each.
const FIRST: u32 = 0;
const LAST: u32 = 4;
const BEFORE_ATOM: u32 = 8;
const BEHIND_ATOM: u32 = 12;

// An entry: atom u32, address of the folded keyword u32, keyword id u32, keyword length u8, offset of the atom in the
// keyword i8, test u8, length of the run u8, kinds of the bytes before the keyword and behind it u32 each, four more bytes
// of the keyword u32, and where they stand beside the atom i32.
const KEYWORD: u32 = 4;
const ID: u32 = 8;
const LENGTH: u32 = 12;
const OFFSET: u32 = 13;
const TEST: u32 = 14;
const RUN: u32 = 15;
const BEFORE: u32 = 16;
const AFTER: u32 = 20;
const MORE: u32 = 24;
const MORE_AT: u32 = 28;
const ENTRY_BYTES: u32 = 32;

const FILTER_ADDRESS: usize = 64;

const BLOCK_BYTES: u32 = 1024;

const HIT_CAPACITY: u32 = 1 << 14;
/** A window writes fewer hits than this. */
const HIT_RESERVE: u32 = 1024;

let buckets: u32 = 0;
let kinds: u32 = 0;
/** The windows of a block that are still to be looked at: their addresses, u32 each. */
let sifted: u32 = 0;
let hits: u32 = 0;
let hitCount: u32 = 0;
let begin: u32 = 0;
let end: u32 = 0;

export function configure(bucketsAt: u32, classesAt: u32, kindsAt: u32, siftedAt: u32, hitsAt: u32): void {
  buckets = bucketsAt;
  setClasses(classesAt);
  kinds = kindsAt;
  sifted = siftedAt;
  hits = hitsAt;
}

/** How many hits the last `find` wrote: u64 each, keyword id and above it the address of the keyword, in order. */
export function count(): u32 {
  return hitCount;
}

/**
 * Finds the keywords whose window begins at an even address in [from, to), within the bytes [beginAt, endAt). At least
 * eight zero bytes follow `endAt`. In a text that is program code a bare name is no value for the keywords that ask for
 * a literal. Returns the address to go on from: `to`, or less when the room for hits is used up.
 */
export function find(from: u32, to: u32, beginAt: u32, endAt: u32, code: bool): u32 {
  hitCount = 0;
  begin = beginAt;
  end = endAt;
  beginText(beginAt, endAt, code);
  for (let at = (from + 1) & ~1; at < to; at += BLOCK_BYTES) {
    const stop = to - at < BLOCK_BYTES ? to : at + BLOCK_BYTES;
    const last = siftByNeighbours(siftByHash(at, stop));
    for (let item = sifted; item < last; item += 4) {
      const place = load<u32>(item);
      checkBucket(place, load<u32>(place) | FOLD);
      if (hitCount > HIT_CAPACITY - HIT_RESERVE) return place + 2;
    }
  }
  return to;
}

/** Lists the windows in [from, to) that may hold an atom. Without a branch: few do, and which nobody could foretell. */
function siftByHash(from: u32, to: u32): u32 {
  let item = sifted;
  let at = from;
  for (; at + 8 <= to; at += 8) {
    store<u32>(item, at);
    item += mayBegin(load<u32>(at)) << 2;
    store<u32>(item, at + 2);
    item += mayBegin(load<u32>(at, 2)) << 2;
    store<u32>(item, at + 4);
    item += mayBegin(load<u32>(at, 4)) << 2;
    store<u32>(item, at + 6);
    item += mayBegin(load<u32>(at, 6)) << 2;
  }
  for (; at < to; at += 2) {
    store<u32>(item, at);
    item += mayBegin(load<u32>(at)) << 2;
  }
  return item;
}

// 1 where an atom may begin. High bits of the hash say in which 32 bits to look, beginning at any byte; low ones, in which.
// @ts-ignore: decorator
@inline
function mayBegin(window: u32): u32 {
  const hash: u32 = (window | FOLD) * HASH;
  return (load<u32>(hash >>> CELL_SHIFT, FILTER_ADDRESS) >>> hash) & 1;
}

/** Of the windows listed before `end`, leaves those between which and their neighbours an atom may be. */
function siftByNeighbours(end: u32): u32 {
  let kept = sifted;
  for (let item = sifted; item < end; item += 4) {
    const at = load<u32>(item);
    const bucket = bucketOf(load<u32>(at) | FOLD);
    const behind: u32 = load<u32>(bucket, BEHIND_ATOM) >>> kindOf(at + 4);
    const before: u32 = load<u32>(bucket, BEFORE_ATOM) >>> kindOf(at - 1);
    store<u32>(kept, at);
    kept += (behind & before & 1) << 2;
  }
  return kept;
}

// @ts-ignore: decorator
@inline
function bucketOf(window: u32): u32 {
  return buckets + (((window * HASH) >>> BUCKET_SHIFT) << 4);
}

// @ts-ignore: decorator
@inline
function kindOf(at: u32): u32 {
  return load<u8>(kinds + (load<u8>(at) as u32)) as u32;
}

function checkBucket(at: u32, window: u32): void {
  const bucket = bucketOf(window);
  let entry: u32 = load<u32>(bucket, FIRST);
  const last: u32 = load<u32>(bucket, LAST);
  while (entry < last) {
    const isAtom: u32 = u32(load<u32>(entry) == window);
    const isMore: u32 = u32((load<u32>(at + load<u32>(entry, MORE_AT)) | FOLD) == load<u32>(entry, MORE));
    if (isAtom & isMore) checkEntry(at, entry);
    entry += ENTRY_BYTES;
  }
}

function checkEntry(at: u32, entry: u32): void {
  const start: u32 = at - (load<i8>(entry, OFFSET) as i32);
  const length: u32 = load<u8>(entry, LENGTH) as u32;
  if (start < begin || start + length > end) return;
  if (!((load<u32>(entry, BEFORE) >>> kindOf(start - 1)) & 1)) return;
  if (!((load<u32>(entry, AFTER) >>> kindOf(start + length)) & 1)) return;
  if (!isKeyword(start, load<u32>(entry, KEYWORD), length)) return;
  const followedBy: u32 = load<u8>(entry, TEST) as u32;
  if (followedBy && !isFollowed(start, start + length, followedBy, load<u8>(entry, RUN) as u32)) return;
  addHit(start, load<u32>(entry, ID));
}

/** In order, whichever of their atoms they were found by: they come nearly so. */
function addHit(start: u32, id: u32): void {
  const hit: u64 = ((start as u64) << 32) | id;
  let at = hits + (hitCount << 3);
  for (; at > hits && load<u64>(at - 8) > hit; at -= 8) store<u64>(at, load<u64>(at - 8));
  store<u64>(at, hit);
  hitCount += 1;
}

// Folding confuses a few signs (`_` and DEL), never letters and digits: the pattern has the last word.
function isKeyword(text: u32, keyword: u32, length: u32): bool {
  for (let index: u32 = 0; index < length; index++) {
    if ((load<u8>(text + index) | 0x20) != load<u8>(keyword + index)) return false;
  }
  return true;
}
