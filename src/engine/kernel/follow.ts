// What must follow a keyword (AssemblyScript → WebAssembly): tests so cheap that few keywords reach JavaScript, and so
// generous that no match is lost. Which of them a keyword needs is laid out by ../keyword-tables.ts.

// Classes of bytes, bits of the class table.
const NAME: u32 = 1;
const CLOSE: u32 = 2;
const OPERATOR: u32 = 4;
const VALUE: u32 = 8;
const OPEN: u32 = 16;
const HEX: u32 = 32;

/**
 * Bits of a test: for an assigned value, for a run that follows at once, for a value that code must not take for a name;
 * the others are the class of the run.
 */
const ASSIGNED: u32 = 1;
const ADJACENT: u32 = 2;
const LITERAL: u32 = 4;
/** How far behind a keyword a run may begin and still end. */
const RUN_WITHIN: u32 = 255;
const MAX_NAME_TAIL: u32 = 40;
const MAX_CLOSE: u32 = 40;
const MAX_OPEN: u32 = 16;
const MIN_VALUE: u32 = 3;

/** Longest value that is not quoted, with a type or a tag before it. */
const MAX_BARE: u32 = 512;
/** Signs below 64 that end such a value: `" & ' ( ) , ; < >` */
const VALUE_ENDS: u64 =
  (1 << 0x22) | (1 << 0x26) | (1 << 0x27) | (1 << 0x28) | (1 << 0x29) | (1 << 0x2c) | (1 << 0x3b) | (1 << 0x3c) | (1 << 0x3e);
/** How far before its keyword a line of code is searched for quotes and comments. */
const MAX_LINE: u32 = 200;
/** Longest name and longest number that code can stand for a value with: longer ones are looked at. */
const MAX_REFERENCE: u32 = 80;
const MAX_NUMBER: u32 = 10;
/** How far behind a bracket the quote of a call's argument stands. */
const MAX_ARGUMENT: u32 = 8;
/** Signs below 64 that begin a literal or a comment: `" ' # / * ;` */
const MARKS: u64 = (1 << 0x22) | (1 << 0x27) | (1 << 0x23) | (1 << 0x2f) | (1 << 0x2a) | (1 << 0x3b);

/** The longest length of an array. */
const MAX_INDEX: u32 = 24;
/** How far behind the accessors of a property, and behind a word that leads to a value, its quote stands. */
const MAX_ACCESSORS: u32 = 40;
const MAX_WORD: u32 = 24;
/** `&'`, `get;`, `stri`, `defa`, `envD` */
const REFERENCE_OF_RUST: u32 = 0x2726;
const GET: u32 = 0x3b746567;
const STRING: u32 = 0x69727473;
const DEFAULT: u32 = 0x61666564;
const ENV_DEFAULT: u32 = 0x44766e65;

let classes: u32 = 0;
let begin: u32 = 0;
let end: u32 = 0;
let isCode: bool = false;
/** No value ends in [openFrom, openTo). */
let openFrom: u32 = 0;
let openTo: u32 = 0;

export function setClasses(at: u32): void {
  classes = at;
}

/** The text whose keywords are tested from now on. */
export function beginText(from: u32, to: u32, code: bool): void {
  begin = from;
  end = to;
  isCode = code;
  openFrom = 0;
  openTo = 0;
}

export function isFollowed(start: u32, at: u32, by: u32, run: u32): bool {
  if (by & ASSIGNED && !isAssigned(start, at, by & LITERAL)) return false;
  if (!run) return true;
  const mask = by & ~(ASSIGNED | ADJACENT | LITERAL);
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

/**
 * Is a value of some length assigned to the name that begins at `start` and goes on at `at`? A cheap test, generous by
 * design.
 */
function isAssigned(start: u32, at: u32, literal: u32): bool {
  at = skip(at, NAME, MAX_NAME_TAIL);
  const name = at;
  at = skip(at, CLOSE, MAX_CLOSE);
  const isQuoted = isQuotedNext(name, at);
  if (!isQuoted && !(classOf(at) & OPERATOR)) return isDeclared(name, at);
  const operator = at;
  at = skip(at, OPEN, MAX_OPEN);
  // key: &'static str = "…"
  if (load<u16>(at) == REFERENCE_OF_RUST) return holdsQuote(at + 2, MAX_WORD);
  const inner = skipPrefix(at);
  if (skip(inner, VALUE, MIN_VALUE) - inner != MIN_VALUE) return false;
  return !literal || isQuoted || inner > at || mayBeLiteral(start, operator, at);
}

/** Does a type or another word stand at `at`, and a quoted value behind it? */
function isDeclared(name: u32, at: u32): bool {
  const byte: u32 = load<u8>(at) as u32;
  // key[16] = "…", key []byte = …
  if (byte == 0x5b) {
    const close = skip(at + 1, NAME, MAX_INDEX);
    return load<u8>(close) == 0x5d && isQuote(load<u8>(skip(close + 1, OPEN, MAX_OPEN) - 1));
  }
  // key{"…"}, Key { get; set; } = "…"
  if (byte == 0x7b) return holdsQuote(at + 1, load<u32>(at + 2) == GET ? MAX_ACCESSORS : 2);
  if (at == name) return false;
  if (byte == 0x40) return isQuote(load<u8>(at, 1));
  // "KEY").orElse("…"), "KEY").unwrap_or("…")
  if (byte == 0x2e) return (load<u8>(at, 1) == 0x6f || load<u8>(at, 1) == 0x75) && holdsQuote(at + 1, MAX_WORD);
  const word = load<u32>(at);
  return (word == STRING || word == DEFAULT || word == ENV_DEFAULT) && holdsQuote(at, MAX_WORD);
}

/** Behind the prefix and the quote of a string such as `b'…'` and `rb"…"`, where one begins. */
function skipPrefix(at: u32): u32 {
  if (!isWordByte(load<u8>(at))) return at;
  if (isQuote(load<u8>(at, 1))) return at + 2;
  return isWordByte(load<u8>(at, 1)) && isQuote(load<u8>(at, 2)) ? at + 3 : at;
}

/** May the value at `value`, assigned by the sign at `operator` to the name that begins at `start`, be a literal? */
function mayBeLiteral(start: u32, operator: u32, value: u32): bool {
  let sign: u32 = 0;
  for (let at = value - 1; at >= operator; at--) {
    if (isQuote(load<u8>(at))) return true;
    if (!sign && load<u8>(at) > 0x20) sign = load<u8>(at) as u32;
  }
  const isInBrackets = isBracket(sign);
  sign = load<u8>(operator) as u32;
  // Behind a comma or a bracket only what is quoted is one: a name there is an argument.
  if (isInBrackets || isBracket(sign) || sign == 0x2c) return opensQuote(value);
  if (!endsSoon(value)) return false;
  if (!isCode) return true;
  // `->` is a member, not an assignment.
  if (sign == 0x3e && load<u8>(operator - 1) == 0x2d) return false;
  return !(isReference(value, sign == 0x3a) && isBare(start, value));
}

/** Does what is not quoted end near enough to be a value? Where texts are looked at again, it is known. */
function endsSoon(at: u32): bool {
  const far = at + MAX_BARE < end ? at + MAX_BARE : end;
  if (at < openFrom || at > openTo) {
    openFrom = at;
    openTo = at;
  }
  while (openTo < far && !isValueEnd(load<u8>(openTo))) openTo += 1;
  return openTo < far || far == end;
}

/** White space, quotes, brackets and separators. */
function isValueEnd(byte: u8): bool {
  const code = byte as u32;
  if (code <= 0x20) return true;
  if (code < 64) return ((VALUE_ENDS >> (code as u64)) & 1) != 0;
  return code == 0x5b || code == 0x5c || code == 0x5d || code == 0x60 || code == 0x7b || code == 0x7d;
}

/** Does a call, a prefix or the word `value` stand at `at`, behind which a quoted value may come? */
function opensQuote(at: u32): bool {
  let stop = at;
  // []byte(
  if (load<u8>(at) == 0x5d) stop += 1;
  while (stop < end && stop - at <= MAX_REFERENCE && isPathByte(load<u8>(stop))) stop += 1;
  const next: u32 = load<u8>(stop) as u32;
  if (isBracket(next)) return holdsQuote(stop, MAX_ARGUMENT);
  return isQuote(next as u8) || isWord(at, stop - at);
}

/** Is it one of the words behind which a value still comes: `new`, `value`, `default`? */
function isWord(at: u32, length: u32): bool {
  if (length == 3) return (load<u32>(at) & 0xffffff) == 0x77656e;
  const word = load<u32>(at) | 0x20202020;
  return length >= 5 && (word == 0x756c6176 || word == DEFAULT);
}

// ( [ {
function isBracket(byte: u32): bool {
  return byte == 0x28 || byte == 0x5b || byte == 0x7b;
}

function isQuote(byte: u8): bool {
  return byte == 0x22 || byte == 0x27 || byte == 0x60;
}

/**
 * Does a name or number stand at `at`, as in `key = other;` and `key = call(other)`, and no literal?
 * @param isType whether it may be the type of the name: `key: string = "…"`
 */
function isReference(at: u32, isType: bool): bool {
  let stop = at;
  while (stop < end && stop - at <= MAX_REFERENCE && isWordByte(load<u8>(stop))) stop += 1;
  const length = stop - at;
  if (length == 0 || length > MAX_REFERENCE || (isDigit(load<u8>(at)) && !isNumber(at, length))) return false;
  const next: u32 = stop < end ? (load<u8>(stop) as u32) : 0x0a;
  if (isBracket(next)) return !holdsQuote(stop, describesDefault(stop + 1) ? MAX_WORD : MAX_ARGUMENT);
  // \ ] ) } > , ;  & and white space end a value
  const ends = next <= 0x20 || next == 0x2c || next == 0x3b || next == 0x29 || next == 0x5d || next == 0x7d;
  if (!ends && next != 0x26 && next != 0x5c) return false;
  if (isWord(at, length)) return false;
  return !(isType && (next == 0x3d || load<u8>(stop, 1) == 0x3d || load<u8>(stop, 1) == 0x7c));
}

/** Does a default follow a call's bracket: `default=`, `{ default:`? */
function describesDefault(at: u32): bool {
  return load<u8>(at) == 0x7b || load<u32>(at) == DEFAULT;
}

function isNumber(at: u32, length: u32): bool {
  if (length > MAX_NUMBER) return false;
  const first: u32 = load<u8>(at, 1) == 0x78 ? 2 : 0;
  for (let index = first; index < length; index++) {
    if (first ? !(classOf(at + index) & HEX) : !isDigit(load<u8>(at + index))) return false;
  }
  return true;
}

/** Is there no quote and no comment between the beginning of the keyword's line and the value? */
function isBare(start: u32, value: u32): bool {
  const floor = start - begin > MAX_LINE ? start - MAX_LINE : begin;
  for (let at = value - 1; at >= floor; at--) {
    const byte: u32 = load<u8>(at) as u32;
    if (byte == 0x0a && at < start) return true;
    if (byte == 0x60 || (byte < 64 && (MARKS >> (byte as u64)) & 1)) return false;
  }
  return true;
}

function holdsQuote(at: u32, within: u32): bool {
  for (let index: u32 = 0; index < within; index++) {
    if (isQuote(load<u8>(at + index))) return true;
  }
  return false;
}

function isWordByte(byte: u8): bool {
  return byte == 0x5f || isDigit(byte) || ((byte as u32) | 0x20) - 0x61 < 26;
}

function isPathByte(byte: u8): bool {
  return isWordByte(byte) || byte == 0x2e || byte == 0x3a;
}

function isDigit(byte: u8): bool {
  return (byte as u32) - 0x30 < 10;
}

/** Is what was skipped from `name` to `at` a blank and a quote, as in SQL's `PASSWORD '…'`? */
function isQuotedNext(name: u32, at: u32): bool {
  if (at < name + 2) return false;
  return isQuote(load<u8>(at - 1)) && load<u8>(at - 2) == 0x20;
}

function classOf(at: u32): u32 {
  return load<u8>(classes + (load<u8>(at) as u32)) as u32;
}

function skip(at: u32, mask: u32, most: u32): u32 {
  const stop = at + most;
  while (at < stop && at < end && classOf(at) & mask) at += 1;
  return at;
}
