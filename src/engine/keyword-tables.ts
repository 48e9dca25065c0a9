// Lays the keywords of all rules out in the kernel's memory. The layout is known here and in kernel/prefilter.ts and kernel/follow.ts.
import type { RuleTable } from '../model/packed-rules.ts';
import type { PrefilterTables, ValueRun } from '../model/rule.ts';
import type { Atom, KeywordShape } from './atoms.ts';
import { bytesAfter, foldBytes, listAtoms } from './atoms.ts';
import { KINDS, kindsOf } from './neighbours.ts';

/** Fixed: an address that the compiled kernel knows costs it nothing. */
const FILTER_ADDRESS = 64;
/** The last cell of 32 bits may begin at the last byte. */
const FILTER_BYTES = (1 << 17) + 16;
const BUCKET_COUNT = 1 << 14;
const BUCKET_BYTES = 16;
const ENTRY_BYTES = 32;
const HIT_BYTES = 8;
/** Room for the addresses of the windows of a block, and one more. */
const SIFTED_BYTES = 2048 + 16;
const HASH = 0x9e3779b1;
const CELL_SHIFT = 15;
const BUCKET_SHIFT = 18;

/** Hits of one kernel call; the call is repeated when they do not fit. */
export const HIT_CAPACITY: number = 1 << 14;

/** A keyword and the rules that wait for it. */
interface Keyword extends KeywordShape {
  /** Indices into the rules. */
  readonly rules: readonly number[];
}

/** Every distinct keyword of the rules, folded, in order of first appearance. */
function listKeywords(rules: Pick<RuleTable, 'ids' | 'at'>): Keyword[] {
  const keywords = new Map<string, Keyword & { rules: number[] }>();
  rules.ids.forEach((_, index) => {
    const rule = rules.at(index);
    if (!rule) return;
    for (const text of new Set(rule.keywords.map((keyword) => keyword.toLowerCase()))) {
      const { assigned, literal, valueRun } = rule;
      const after = rule.afterKeyword?.[text];
      const { beforeKeyword: before } = rule;
      const shape = {
        text,
        assigned,
        literal,
        ...(valueRun ? { valueRun } : {}),
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
      };
      // Rules that ask for different things behind one keyword wait for it apart.
      const key = JSON.stringify(shape);
      const known = keywords.get(key) ?? { ...shape, rules: [] };
      known.rules.push(index);
      keywords.set(key, known);
    }
  });
  return [...keywords.values()];
}

interface Entry {
  readonly atom: Atom;
  readonly keywordId: number;
  readonly hash: number;
}

export function createPrefilterTables(rules: Pick<RuleTable, 'ids' | 'at'>): PrefilterTables {
  const keywords = listKeywords(rules);
  let end = 0;
  return {
    ...layOut(keywords),
    keywordRules: Uint32Array.from(keywords.flatMap((keyword) => keyword.rules)),
    keywordEnds: Uint32Array.from(keywords, (keyword) => (end += keyword.rules.length)),
  };
}

/** One memory image beginning at address 0, and where each part lies. */
function layOut(keywords: readonly Keyword[]): Pick<PrefilterTables, 'image' | 'layout'> {
  const folded = keywords.map((keyword) => foldBytes(keyword.text));
  const entries = keywords
    .flatMap((keyword, keywordId): Entry[] =>
      listAtoms(keyword).map((atom) => ({ atom, keywordId, hash: hashAtom(atom.bytes) })),
    )
    .sort((a, b) => (a.hash >>> BUCKET_SHIFT) - (b.hash >>> BUCKET_SHIFT));
  const buckets = FILTER_ADDRESS + FILTER_BYTES;
  const classes = buckets + BUCKET_COUNT * BUCKET_BYTES;
  const kinds = classes + 256;
  const entriesAt = (kinds + 256 + 15) & ~15;
  const textAt = entriesAt + entries.length * ENTRY_BYTES;
  const textBytes = folded.reduce((sum, bytes) => sum + bytes.length, 0);
  const sifted = (textAt + textBytes + 15) & ~15;
  const hits = sifted + SIFTED_BYTES;
  const image = new Uint8Array(sifted);
  image.set(buildClasses(), classes);
  image.set(KINDS, kinds);
  const textAddresses = placeTexts(image, folded, textAt);
  const view = new DataView(image.buffer);
  const mark = (at: number, bits: number): void => view.setUint32(at, view.getUint32(at, true) | bits, true);
  entries.forEach(({ atom, keywordId, hash }, index) => {
    const at = entriesAt + index * ENTRY_BYTES;
    const bucket = buckets + (hash >>> BUCKET_SHIFT) * BUCKET_BYTES;
    image.set(atom.bytes, at);
    view.setUint32(at + 4, textAddresses[keywordId]!, true);
    view.setUint32(at + 8, keywordId, true);
    image[at + 12] = folded[keywordId]!.length;
    view.setInt8(at + 13, atom.offset);
    [image[at + 14], image[at + 15]] = encodeTest(keywords[keywordId]!);
    mark(at + 16, kindsOf(keywords[keywordId]!.before));
    mark(at + 20, kindsOf(bytesAfter(keywords[keywordId]!)));
    const more = moreOf(atom, folded[keywordId]!);
    image.set(more.bytes, at + 24);
    view.setInt32(at + 28, more.distance, true);
    if (view.getUint32(bucket, true) === 0) view.setUint32(bucket, at, true);
    view.setUint32(bucket + 4, at + ENTRY_BYTES, true);
    mark(bucket + 8, atom.before);
    mark(bucket + 12, atom.behind);
    mark(FILTER_ADDRESS + (hash >>> CELL_SHIFT), 1 << (hash & 31));
  });
  return { image, layout: { buckets, classes, kinds, sifted, hits, end: hits + HIT_CAPACITY * HIT_BYTES } };
}

/** Four bytes of a keyword beside its atom, and how far from it they begin: both together are most keywords. */
function moreOf({ bytes, offset }: Atom, keyword: Uint8Array): { bytes: Uint8Array; distance: number } {
  if (keyword.length < bytes.length) return { bytes, distance: 0 };
  const last = keyword.length - bytes.length;
  const from = offset >= bytes.length ? offset - bytes.length : Math.min(offset + bytes.length, last);
  return { bytes: keyword.subarray(from, from + bytes.length), distance: from - offset };
}

function placeTexts(image: Uint8Array, texts: readonly Uint8Array[], from: number): number[] {
  let at = from;
  return texts.map((text) => {
    image.set(text, at);
    at += text.length;
    return at - text.length;
  });
}

function hashAtom([a = 0, b = 0, c = 0, d = 0]: Uint8Array): number {
  return Math.imul(a | (b << 8) | (c << 16) | (d << 24), HASH) >>> 0;
}

const NAME = 1;
const CLOSE = 2;
const OPERATOR = 4;
const VALUE = 8;
const OPEN = 16;
const HEX = 32;
const ALNUM = 64;
const TOKEN = 128;

/** The test of an entry: the class of the run that must follow, and bits that are no such class. */
const RUN_CLASSES: Readonly<Record<ValueRun['alphabet'], number>> = { hex: HEX, alnum: ALNUM, token: TOKEN };
const ASSIGNED = 1;
const ADJACENT = 2;
const LITERAL = 4;

/** The test and the length of its run; a run of no length is no test. */
function encodeTest({ text, assigned, literal, valueRun }: Keyword): [test: number, run: number] {
  const flag = (assigned ? ASSIGNED : 0) | (literal ? LITERAL : 0);
  if (!valueRun) return [flag, 0];
  if (!valueRun.holdsKeyword) return [flag | RUN_CLASSES[valueRun.alphabet], valueRun.min];
  const rest = Math.max(0, valueRun.min - text.length);
  return [flag | (rest > 0 ? RUN_CLASSES[valueRun.alphabet] | ADJACENT : 0), rest];
}

/** Classes of bytes for the kernel's assignment test. */
function buildClasses(): Uint8Array {
  const classes = new Uint8Array(256);
  for (let byte = 0; byte < 256; byte++) {
    const character = String.fromCharCode(byte);
    if (/[0-9A-Za-z_.-]/.test(character)) classes[byte]! |= NAME;
    if (/[\s"'`\])\\]/.test(character)) classes[byte]! |= CLOSE;
    if (/[=:>(,?|<!~+]/.test(character)) classes[byte]! |= OPERATOR;
    if (/[\s"'`\\=:>(,?|<!~+@$[{-]/.test(character)) classes[byte]! |= OPEN;
    if (/[0-9A-Fa-f]/.test(character)) classes[byte]! |= HEX;
    if (/[0-9A-Za-z]/.test(character)) classes[byte]! |= ALNUM;
    if (/[0-9A-Za-z+/=_.~-]/.test(character)) classes[byte]! |= TOKEN;
    if (byte > 0x20 && byte !== 0x7f && !/["'`,;)]/.test(character)) classes[byte]! |= VALUE;
  }
  return classes;
}
