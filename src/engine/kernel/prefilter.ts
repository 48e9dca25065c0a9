// The prefilter kernel (AssemblyScript → WebAssembly): one pass over the bytes finds the keywords of all rules. Every
// second window of four bytes, its letters folded, is hashed to one bit of a 128 KB table; what passes is compared in
// full, and may have to be followed by a value. The tables are laid out by ../keyword-tables.ts, which owns the layout.

export { markKind, nextMark } from './marks';

const FOLD: u32 = 0x20202020;
const HASH: u32 = 0x9e3779b1;
const HASH_SHIFT: u32 = 15;
const BIT_SHIFT: u32 = 12;
const HEAD_SHIFT: u32 = 18;

// An entry: atom u32, address of the next entry u32, address of the folded keyword u32, keyword length u8,
// offset of the atom in the keyword i8, test u8, length of the run u8, keyword id u32.
const NEXT: u32 = 4;
const KEYWORD: u32 = 8;
const LENGTH: u32 = 12;
const OFFSET: u32 = 13;
const TEST: u32 = 14;
const RUN: u32 = 15;
const ID: u32 = 16;

// Classes of bytes, bits of the class table.
const NAME: u32 = 1;
const CLOSE: u32 = 2;
const OPERATOR: u32 = 4;
const VALUE: u32 = 8;
const OPEN: u32 = 16;

/** Bits of a test: for an assigned value, for a run that follows at once; the others are the class of the run. */
const ASSIGNED: u32 = 1;
const ADJACENT: u32 = 2;
/** How far behind a keyword a run may begin and still end. */
const RUN_WITHIN: u32 = 255;
const FILTER_ADDRESS: usize = 64;

const MAX_NAME_TAIL: u32 = 40;
const MAX_CLOSE: u32 = 40;
const MAX_OPEN: u32 = 16;
const MIN_VALUE: u32 = 3;

/** A round of the loop writes fewer hits than this. */
const HIT_RESERVE: u32 = 1024;

let heads: u32 = 0;
let classes: u32 = 0;
let hits: u32 = 0;
let hitCapacity: u32 = 0;
let hitCount: u32 = 0;
let begin: u32 = 0;
let end: u32 = 0;

export function configure(headsAt: u32, classesAt: u32, hitsAt: u32, capacity: u32): void {
  heads = headsAt;
  classes = classesAt;
  hits = hitsAt;
  hitCapacity = capacity;
}

/** How many hits the last `find` wrote: pairs of u32, address of the keyword and keyword id. */
export function count(): u32 {
  return hitCount;
}

/**
 * Finds the keywords whose atom begins at an even address in [from, to), within the bytes [beginAt, endAt). At least eight zero
 * bytes follow `endAt`. Returns the address to go on from: `to`, or less when the room for hits is used up.
 */
export function find(from: u32, to: u32, beginAt: u32, endAt: u32): u32 {
  const limit = hitCapacity - HIT_RESERVE;
  hitCount = 0;
  begin = beginAt;
  end = endAt;
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

function check(at: u32, window: u32): void {
  let entry: u32 = load<u32>(heads + (((window * HASH) >>> HEAD_SHIFT) << 2));
  while (entry) {
    if (load<u32>(entry) == window) checkEntry(at, entry);
    entry = load<u32>(entry, NEXT);
  }
}

function checkEntry(at: u32, entry: u32): void {
  const start: u32 = at - (load<i8>(entry, OFFSET) as i32);
  const length: u32 = load<u8>(entry, LENGTH) as u32;
  if (start < begin || start + length > end) return;
  if (!isKeyword(start, load<u32>(entry, KEYWORD), length)) return;
  const followedBy: u32 = load<u8>(entry, TEST) as u32;
  if (followedBy && !isFollowed(start + length, followedBy, load<u8>(entry, RUN) as u32)) return;
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

function isFollowed(at: u32, by: u32, run: u32): bool {
  if (by & ASSIGNED && !isAssigned(at)) return false;
  if (!run) return true;
  const mask = by & ~(ASSIGNED | ADJACENT);
  return by & ADJACENT ? skip(at, mask, run) - at == run : hasRun(at, mask, run);
}

/** Does an unbroken run of at least `min` bytes of a class follow, near enough to be a value of the name? */
function hasRun(at: u32, mask: u32, min: u32): bool {
  const stop = at + RUN_WITHIN + min < end ? at + RUN_WITHIN + min : end;
  while (at + min <= stop) {
    // From its end: a byte that does not belong there rules out every run that would hold it.
    let index = at + min;
    while (index > at && classOf(index - 1) & mask) index -= 1;
    if (index == at) return true;
    at = index;
  }
  return false;
}

/** Is a value of some length assigned to the name that goes on at `at`? A cheap test, generous by design. */
function isAssigned(at: u32): bool {
  at = skip(at, NAME, MAX_NAME_TAIL);
  const name = at;
  at = skip(at, CLOSE, MAX_CLOSE);
  if (!(classOf(at) & OPERATOR) && !isQuotedNext(name, at)) return false;
  at = skip(at, OPEN, MAX_OPEN);
  return skip(at, VALUE, MIN_VALUE) - at == MIN_VALUE;
}

/** Is what was skipped from `name` to `at` a blank and a quote, as in SQL's `PASSWORD '…'`? */
function isQuotedNext(name: u32, at: u32): bool {
  if (at < name + 2) return false;
  const quote: u32 = load<u8>(at - 1) as u32;
  return (quote == 0x22 || quote == 0x27 || quote == 0x60) && load<u8>(at - 2) == 0x20;
}

function classOf(at: u32): u32 {
  return load<u8>(classes + (load<u8>(at) as u32)) as u32;
}

function skip(at: u32, mask: u32, most: u32): u32 {
  const stop = at + most;
  while (at < stop && at < end && classOf(at) & mask) at += 1;
  return at;
}
