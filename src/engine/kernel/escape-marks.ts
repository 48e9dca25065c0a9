// What stands behind the sign of an escape (AssemblyScript → WebAssembly): is it an escape, and of text?

const PERCENT: u32 = 3;
const ESCAPE: u32 = 4;
const HTML: u32 = 5;
const QUOTED_PRINTABLE: u32 = 6;

const BACKSLASH: u8 = 0x5c;
const SEMICOLON: u8 = 0x3b;
const EQUALS: u8 = 0x3d;
/** `uot;` */
const QUOTE: u32 = 0x3b746f75;

/** Escapes of bytes that follow each other, of which most must be text: rows of bytes are written like that, too. */
const ESCAPES: u32 = 8;
/** `\x61` and `\141`. */
const BYTE_ESCAPE_BYTES: u32 = 4;
/** What follows an escaped line end or tab must be a word at least this long. */
const MIN_WORD: u32 = 16;
/** `&UnderBar;` */
const MAX_ENTITY_BYTES: u32 = 10;

/** The kind of the escape that stands at `at` and decodes to text, as ../decoders/codecs.ts numbers it; 0 for none. */
export function escapeKind(at: u32): u32 {
  const sign = load<u8>(at) as u32;
  if (sign == 0x25) return isPercent(at) ? PERCENT : 0;
  if (sign == 0x5c) return isBackslash(at) ? ESCAPE : 0;
  if (sign == 0x26) return isEntity(at) ? HTML : 0;
  return isQuotedPrintable(at) ? QUOTED_PRINTABLE : 0;
}

// `%2d` is a format of C as well: a text goes on after what is escaped.
function isPercent(at: u32): bool {
  return isTextPair(at + 1) && isToken(load<u8>(at, 3));
}

function isBackslash(at: u32): bool {
  const letter = load<u8>(at, 1) as u32;
  // `\x{5f}`
  if (letter == 0x78 && load<u8>(at, 2) == 0x7b) return isTextPair(at + 3) && load<u8>(at, 5) == 0x7d;
  if (letter == 0x78) return isTextPair(at + 2) && areText(at, false);
  if (letter - 0x30 < 2) return isOctal(at);
  if (letter == 0x55) return load<u32>(at, 2) == 0x30303030 && load<u16>(at, 6) == 0x3030 && isTextPair(at + 8);
  if (letter == 0x75) {
    // `\u0061`, and `\u{61}`
    if (load<u8>(at, 2) == 0x7b) return digitOf(load<u8>(at, 3)) < 16;
    return load<u8>(at, 2) == 0x30 && load<u8>(at, 3) == 0x30 && isTextPair(at + 4);
  }
  if (letter != 0x6e && letter != 0x72 && letter != 0x74) return false;
  for (let index: u32 = 0; index < MIN_WORD; index++) {
    if (!isToken(load<u8>(at + 2 + index))) return false;
  }
  return true;
}

// `\100` may as well be a number behind a backslash: a text goes on after what is escaped.
function isOctal(at: u32): bool {
  if (!isTextOctal(at + 1)) return false;
  const next = load<u8>(at, BYTE_ESCAPE_BYTES);
  return (isToken(next) || next == BACKSLASH) && areText(at, true);
}

/** Are most of the escapes text that follow each other from `at` on, or where these are few, that end with them? */
function areText(at: u32, octal: bool): bool {
  const reach = ESCAPES * BYTE_ESCAPE_BYTES;
  let stop = at;
  while (stop < at + reach && isByteEscape(stop, octal)) stop += BYTE_ESCAPE_BYTES;
  let start = at;
  while (stop - start < reach && isByteEscape(start - BYTE_ESCAPE_BYTES, octal)) start -= BYTE_ESCAPE_BYTES;
  let text: u32 = 0;
  for (let each = start; each < stop; each += BYTE_ESCAPE_BYTES) {
    if (octal ? isTextOctal(each + 1) : isTextPair(each + 2)) text += BYTE_ESCAPE_BYTES;
  }
  return text * 4 >= (stop - start) * 3;
}

function isByteEscape(at: u32, octal: bool): bool {
  const letter = load<u8>(at, 1) as u32;
  return load<u8>(at) == BACKSLASH && (octal ? letter - 0x30 < 4 : letter == 0x78);
}

/** Three octal digits that stand for a printable ASCII character. */
function isTextOctal(at: u32): bool {
  const high = (load<u8>(at) as u32) - 0x30;
  const middle = (load<u8>(at, 1) as u32) - 0x30;
  const low = (load<u8>(at, 2) as u32) - 0x30;
  const value = (high << 6) | (middle << 3) | low;
  return (high | middle | low) < 8 && value - 0x20 < 95;
}

function isEntity(at: u32): bool {
  if (load<u8>(at, 1) == 0x71) return load<u32>(at, 2) == QUOTE;
  if (load<u8>(at, 1) != 0x23) return isName(load<u32>(at, 1)) && isWithinToken(at);
  const digit = load<u8>(at, 2) as u32;
  return digit - 0x30 < 10 || (digit | 0x20) == 0x78;
}

/** Do the names of signs that stand in tokens and addresses begin like this? */
function isName(start: u32): bool {
  switch (start) {
    case 0x3b706d61: // amp;
    case 0x62776f6c: // lowb(ar)
    case 0x65646e55: // Unde(rBar)
    case 0x69726570: // peri(od)
    case 0x6f6c6f63: // colo(n)
    case 0x3b6c6f73: // sol;
    case 0x61757165: // equa(ls)
    case 0x73756c70: // plus
    case 0x6d6d6f63: // comm(at)
    case 0x6c6c6f64: // doll(ar)
      return true;
    default:
      return false;
  }
}

/** Does a word go on behind the name that begins at `at`? */
function isWithinToken(at: u32): bool {
  let stop = at + 4;
  while (stop < at + MAX_ENTITY_BYTES && load<u8>(stop) != SEMICOLON) stop++;
  return load<u8>(stop) == SEMICOLON && isToken(load<u8>(stop + 1));
}

// Numbers are given like that as well: only with a letter it is marked.
function isQuotedPrintable(at: u32): bool {
  const next = load<u8>(at, 1) as u32;
  if (next - 0x32 < 6) {
    const isLetter = (load<u8>(at, 2) as u32) - 0x41 < 6;
    const after = load<u8>(at, 3);
    return isLetter && isTextPair(at + 1) && (isToken(after) || after == EQUALS);
  }
  // A line end that is no part of the text: a word goes on behind it.
  const after = at + (next == 0x0d && load<u8>(at, 2) == 0x0a ? 3 : 2);
  if (next != 0x0a && next != 0x0d) return false;
  return isToken(load<u8>(at - 1)) && isToken(load<u8>(after));
}

function isToken(byte: u8): bool {
  const letter = ((byte as u32) | 0x20) - 0x61;
  return letter < 26 || (byte as u32) - 0x30 < 10 || byte == 0x25 || byte == 0x5f || byte == 0x2d || byte == 0x2e;
}

/** Two hexadecimal digits that stand for a printable ASCII character. */
function isTextPair(at: u32): bool {
  const high = digitOf(load<u8>(at));
  const low = digitOf(load<u8>(at, 1));
  return high >= 2 && high < 8 && low < 16 && !(high == 7 && low == 15);
}

/** The value of a hexadecimal digit; 255 for anything else. */
export function digitOf(byte: u8): u32 {
  const digit = (byte as u32) - 0x30;
  if (digit < 10) return digit;
  const letter = ((byte as u32) | 0x20) - 0x61;
  return letter < 6 ? letter + 10 : 255;
}

