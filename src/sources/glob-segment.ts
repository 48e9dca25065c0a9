// Wildcards within one part of a path, as git reads them, in time linear in pattern times text: no RegExp is built,
// because the patterns of a hostile tree would make one run for hours. Texts are bytes, one character each.

/** One character of a pattern: a literal code, any number of characters, or the set of bytes it accepts. */
type Token = number | typeof STAR | ByteTable;
type ByteTable = Uint8Array;

const STAR = -1;

/** What one part of a path must look like. */
export type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  /** `*` and a literal: by far the most common wildcard. */
  | { readonly kind: 'suffix'; readonly text: string }
  | { readonly kind: 'wildcard'; readonly tokens: readonly Token[] }
  /** `**`: any number of parts. */
  | { readonly kind: 'folders' };

/** Parses a pattern, split at its slashes. Undefined where git would never match it. */
export function parseSegments(pattern: string): Segment[] | undefined {
  const segments: Segment[] = [];
  let tokens: Token[] = [];
  for (let at = 0; at <= pattern.length;) {
    const read = readToken(pattern, at);
    if (!read) return undefined;
    if (read.token === SLASH || read.token === END) {
      const segment = toSegment(tokens);
      // At the end `**` stands for one part at least: `logs/**` is what lies in `logs`, not `logs`.
      if (read.token === END && segment.kind === 'folders') segments.push(ANY_PART);
      segments.push(segment);
      tokens = [];
    } else {
      tokens.push(read.token);
    }
    at = read.next;
  }
  return segments;
}

const ANY_PART: Segment = { kind: 'suffix', text: '' };
const SLASH = 0x2f;
const END = -2;
const ANY_BYTE: ByteTable = new Uint8Array(256).fill(1);
ANY_BYTE[SLASH] = 0;

function readToken(pattern: string, at: number): { token: Token; next: number } | undefined {
  const next = at + 1;
  switch (pattern[at]) {
    case undefined:
      return { token: END, next };
    case '*':
      return { token: STAR, next };
    case '?':
      return { token: ANY_BYTE, next };
    case '[':
      return readClass(pattern, next);
    case '\\':
      return next < pattern.length ? { token: pattern.charCodeAt(next), next: next + 1 } : undefined;
    default:
      return { token: pattern.charCodeAt(at), next };
  }
}

function toSegment(tokens: readonly Token[]): Segment {
  if (tokens.length >= 2 && tokens.every((token) => token === STAR)) return { kind: 'folders' };
  const [first, ...rest] = tokens;
  if (isLiteral(tokens)) return { kind: 'literal', text: String.fromCharCode(...tokens) };
  if (first === STAR && isLiteral(rest)) return { kind: 'suffix', text: String.fromCharCode(...rest) };
  return { kind: 'wildcard', tokens };
}

function isLiteral(tokens: readonly Token[]): tokens is number[] {
  return tokens.every((token) => typeof token === 'number' && token >= 0);
}

/** @param at offset after the opening bracket */
function readClass(pattern: string, at: number): { token: ByteTable; next: number } | undefined {
  const isNegated = pattern[at] === '!' || pattern[at] === '^';
  const table = new Uint8Array(256);
  let previous = 0;
  const first = isNegated ? at + 1 : at;
  for (let here = first; here < pattern.length;) {
    // A bracket that comes first is a member, not the end.
    if (pattern[here] === ']' && here > first)
      return { token: finishClass(table, isNegated), next: here + 1 };
    const read = readMember(pattern, here, previous);
    if (!read) return undefined;
    for (const [low, high] of read.ranges) table.fill(1, low, high + 1);
    ({ previous, next: here } = read);
  }
  return undefined;
}

function finishClass(table: ByteTable, isNegated: boolean): ByteTable {
  if (isNegated) for (let byte = 0; byte < 256; byte++) table[byte] = 1 - table[byte]!;
  table[SLASH] = 0;
  return table;
}

type Range = readonly [low: number, high: number];

interface Member {
  readonly ranges: readonly Range[];
  /** The character that a following `-` would begin a range with; 0: none. */
  readonly previous: number;
  readonly next: number;
}

function readMember(pattern: string, at: number, previous: number): Member | undefined {
  if (pattern.startsWith('[:', at)) return readNamedClass(pattern, at);
  const isRange = pattern[at] === '-' && previous > 0 && at + 1 < pattern.length && pattern[at + 1] !== ']';
  const start = isRange ? at + 1 : at;
  const isEscaped = pattern[start] === '\\';
  const here = isEscaped ? start + 1 : start;
  if (here >= pattern.length) return undefined;
  const code = pattern.charCodeAt(here);
  return { ranges: [[isRange ? previous : code, code]], previous: isRange ? 0 : code, next: here + 1 };
}

const NAMED_CLASSES: Readonly<Record<string, readonly Range[]>> = {
  alnum: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x61, 0x7a],
  ],
  alpha: [
    [0x41, 0x5a],
    [0x61, 0x7a],
  ],
  blank: [
    [0x09, 0x09],
    [0x20, 0x20],
  ],
  cntrl: [
    [0x00, 0x1f],
    [0x7f, 0x7f],
  ],
  digit: [[0x30, 0x39]],
  graph: [[0x21, 0x7e]],
  lower: [[0x61, 0x7a]],
  print: [[0x20, 0x7e]],
  punct: [
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
  ],
  space: [
    [0x09, 0x0a],
    [0x0d, 0x0d],
    [0x20, 0x20],
  ],
  upper: [[0x41, 0x5a]],
  xdigit: [
    [0x30, 0x39],
    [0x41, 0x46],
    [0x61, 0x66],
  ],
};

function readNamedClass(pattern: string, at: number): Member | undefined {
  const end = pattern.indexOf(']', at + 2);
  if (end === -1) return undefined;
  const isNamed = end > at + 2 && pattern[end - 1] === ':';
  if (!isNamed) return { ranges: [[0x5b, 0x5b]], previous: 0x5b, next: at + 1 };
  const name = pattern.slice(at + 2, end - 1);
  if (!Object.hasOwn(NAMED_CLASSES, name)) return undefined;
  return { ranges: NAMED_CLASSES[name]!, previous: 0, next: end + 1 };
}

/** @param name one part of a path, as bytes */
export function matchesSegment(segment: Segment, name: string): boolean {
  switch (segment.kind) {
    case 'literal':
      return name === segment.text;
    case 'suffix':
      return name.endsWith(segment.text);
    case 'folders':
      return true;
    case 'wildcard':
      return matchesAll(segment.tokens, name, BYTES);
  }
}

function acceptsByte(token: Token, byte: number): boolean {
  return typeof token === 'number' ? token === byte : token[byte] === 1;
}

/** @param parts the parts of a path, as bytes */
export function matchesPath(segments: readonly Segment[], parts: readonly string[]): boolean {
  return matchesAll(segments, parts, PARTS);
}

/** What a pattern is made of, and how it is compared with what stands at a place of the subject. */
interface Alphabet<Item, Subject> {
  readonly isStar: (item: Item) => boolean;
  readonly accepts: (item: Item, subject: Subject, at: number) => boolean;
}

const BYTES: Alphabet<Token, string> = {
  isStar: (token) => token === STAR,
  accepts: (token, name, at) => acceptsByte(token, name.charCodeAt(at)),
};

const PARTS: Alphabet<Segment, readonly string[]> = {
  isStar: ({ kind }) => kind === 'folders',
  accepts: (segment, parts, at) => matchesSegment(segment, parts[at]!),
};

/**
 * True when the items, in order, account for the whole subject. A star that has been passed by a later one never has
 * to be tried again, so that each item is held against each place once at most.
 */
function matchesAll<Item, Subject extends { readonly length: number }>(
  items: readonly Item[],
  subject: Subject,
  { isStar, accepts }: Alphabet<Item, Subject>,
): boolean {
  let [item, at, star, resumeAt] = [0, 0, -1, 0];
  while (at < subject.length) {
    const current = items[item];
    if (current !== undefined && isStar(current)) {
      star = item++;
      resumeAt = at;
    } else if (current !== undefined && accepts(current, subject, at)) {
      item++;
      at++;
    } else if (star >= 0) {
      item = star + 1;
      at = ++resumeAt;
    } else {
      return false;
    }
  }
  while (item < items.length && isStar(items[item]!)) item++;
  return item === items.length;
}
