// Lays the keywords of all rules out in the kernel's memory. The layout is known here and in kernel/prefilter.ts and kernel/follow.ts.
import type { RuleTable } from '../model/packed-rules.ts';
import type { PrefilterTables, ValueRun } from '../model/rule.ts';
import type { Atom, KeywordShape } from './atoms.ts';
import { foldBytes, listAtoms } from './atoms.ts';

/** Fixed: an address that the compiled kernel knows costs it nothing. */
const FILTER_ADDRESS = 64;
const FILTER_BYTES = 1 << 17;
const ENTRY_BYTES = 16;
const HIT_BYTES = 8;
const HASH = 0x9e3779b1;
const HASH_SHIFT = 15;
const BIT_SHIFT = 12;
const BUCKET_COUNT = 1 << 15;
const BUCKET_SHIFT = 17;

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
      const shape = {
        text,
        assigned,
        literal,
        ...(valueRun ? { valueRun } : {}),
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
  const entries = keywords.flatMap((keyword, keywordId): Entry[] =>
    listAtoms(keyword).map((atom) => ({ atom, keywordId })),
  );
  const sorted = entries
    .map((entry) => ({ ...entry, hash: hashAtom(entry.atom.bytes) }))
    .sort((a, b) => (a.hash >>> BUCKET_SHIFT) - (b.hash >>> BUCKET_SHIFT));
  const masks = FILTER_ADDRESS + FILTER_BYTES;
  const buckets = masks + BUCKET_COUNT * 2;
  const classes = buckets + (BUCKET_COUNT + 1) * 4;
  const entriesAt = (classes + 256 + 15) & ~15;
  const textAt = entriesAt + entries.length * ENTRY_BYTES;
  const textBytes = folded.reduce((sum, bytes) => sum + bytes.length, 0);
  const hits = (textAt + textBytes + 15) & ~15;
  const image = new Uint8Array(hits);
  image.set(buildClasses(), classes);
  const textAddresses = placeTexts(image, folded, textAt);
  const view = new DataView(image.buffer);
  sorted.forEach(({ atom, keywordId, hash }, index) => {
    const at = entriesAt + index * ENTRY_BYTES;
    const bucket = hash >>> BUCKET_SHIFT;
    image.set(atom.bytes, at);
    view.setUint32(at + 4, textAddresses[keywordId]!, true);
    image[at + 8] = folded[keywordId]!.length;
    view.setInt8(at + 9, atom.offset);
    [image[at + 10], image[at + 11]] = encodeTest(keywords[keywordId]!);
    view.setUint32(at + 12, keywordId, true);
    image[masks + bucket * 2]! |= atom.behind;
    image[masks + bucket * 2 + 1]! |= atom.before;
    image[FILTER_ADDRESS + (hash >>> HASH_SHIFT)]! |= 1 << ((hash >>> BIT_SHIFT) & 7);
    // Each bucket ends where the next one begins.
    view.setUint32(buckets + (bucket + 1) * 4, at + ENTRY_BYTES, true);
  });
  fillGaps(view, buckets, entriesAt);
  return { image, layout: { masks, buckets, classes, hits, end: hits + HIT_CAPACITY * HIT_BYTES } };
}

/** A bucket without entries ends where it begins. */
function fillGaps(view: DataView, buckets: number, first: number): void {
  let end = first;
  for (let bucket = 0; bucket <= BUCKET_COUNT; bucket++) {
    const at = buckets + bucket * 4;
    end = view.getUint32(at, true) || end;
    view.setUint32(at, end, true);
  }
}

function placeTexts(image: Uint8Array, texts: readonly Uint8Array[], from: number): number[] {
  let at = from;
  return texts.map((text) => {
    image.set(text, at);
    at += text.length;
    return at - text.length;
  });
}

function hashAtom(atom: Uint8Array): number {
  return Math.imul(atom[0]! | (atom[1]! << 8) | (atom[2]! << 16) | (atom[3]! << 24), HASH);
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
    if (/[\s"'`\\=:>(,?|<!~+@$[{]/.test(character)) classes[byte]! |= OPEN;
    if (/[0-9A-Fa-f]/.test(character)) classes[byte]! |= HEX;
    if (/[0-9A-Za-z]/.test(character)) classes[byte]! |= ALNUM;
    if (/[0-9A-Za-z+/=_.~-]/.test(character)) classes[byte]! |= TOKEN;
    if (byte > 0x20 && byte !== 0x7f && !/["'`,;)]/.test(character)) classes[byte]! |= VALUE;
  }
  return classes;
}
