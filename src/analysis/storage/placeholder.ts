// Says whether a value only holds the place of a credential: by its words, by counting characters, or because
// everybody knows it.
import { createHash } from 'node:crypto';
import type { ReferenceEntry } from '../../model/reference.ts';
import { isFillerText, isReadable, splitChunks, splitWords } from './readability.ts';
import type { ReferenceCatalogue, WordIndex } from './reference-index.ts';

/** Longer values are texts or keys, not words that hold a place. */
const MAX_PLACEHOLDER_LENGTH = 256;

/** What Amazon writes into every sample: `AKIDEXAMPLE`, `…EXAMPLEKEY`. In no value of its length by chance. */
const SAMPLE = 'EXAMPLE';

/** Hexadecimal digits that read as words. */
const HEX_WORDS = /^(?:cafe|babe|dead|beef|face|feed|fade|bead|f00d|c0de|d00d|0{4}|f{4}){2,}$/i;

/** `…`, in UTF-8 as latin1. */
const ELLIPSIS = /^(?:\xe2\x80\xa6)+$/;

/** The entry that names the value, or `'filler'` for a value of counting or repeated characters. */
export function findPlaceholder(
  value: string,
  catalogue: ReferenceCatalogue,
): ReferenceEntry | 'filler' | undefined {
  const known = findPublished(value, catalogue);
  if (known) return known;
  if (value.includes(SAMPLE)) return 'filler';
  if (value.length > MAX_PLACEHOLDER_LENGTH) return undefined;
  if (isFillerText(value) || HEX_WORDS.test(value) || ELLIPSIS.test(value)) return 'filler';
  return catalogue.words.find(({ index }) => index.hasAny(value) && isMadeOfWords(value, index))?.entry;
}

/** A published value, or a signed token with a published signature. */
function findPublished(
  value: string,
  { digests, digestLengths }: ReferenceCatalogue,
): ReferenceEntry | undefined {
  for (const text of new Set([value, value.slice(value.lastIndexOf('.') + 1)])) {
    if (!digestLengths.has(text.length)) continue;
    const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
    const entry = digests.get(`${text.length}:${digest}`);
    if (entry) return entry;
  }
  return undefined;
}

/** A strong word makes readable text a placeholder; a weak word only among words that are all known. */
function isMadeOfWords(value: string, index: WordIndex): boolean {
  let hasStrong = false;
  let hasWeak = false;
  let areAllKnown = true;
  for (const chunk of splitChunks(value)) {
    if (isRun(chunk)) {
      hasStrong ||= /^x+$/i.test(chunk);
      hasWeak = true;
      continue;
    }
    const words = splitKnown(chunk, index) ?? splitWords(chunk).map((word) => word.toLowerCase());
    const isKnown = words.every((word) => isListed(word, index));
    if (!isKnown && !isReadable(chunk)) return false;
    areAllKnown &&= isKnown;
    hasStrong ||= words.some((word) => index.strong.has(word));
    hasWeak ||= words.some((word) => index.weak.has(word));
  }
  return hasStrong || (hasWeak && areAllKnown);
}

/** One character repeated, or characters that count. */
function isRun(chunk: string): boolean {
  return /^(.)\1{2,}$/.test(chunk) || isFillerText(chunk);
}

/** Words of the lists, and numbers that repeat or count. */
function isListed(word: string, { strong, weak, fillers }: WordIndex): boolean {
  if (/^\d+$/.test(word)) return '01234567890'.includes(word) || /^(\d)\1*$/.test(word);
  return strong.has(word) || weak.has(word) || fillers.has(word);
}

const MAX_JOINED_LENGTH = 48;
const MAX_LISTED_LENGTH = 16;

/** Breaks `yourapikeyhere` into listed words, or undefined where it does not come out even. */
function splitKnown(chunk: string, index: WordIndex): string[] | undefined {
  const text = chunk.toLowerCase();
  const end = text.replace(/\d{1,4}$/, '').length;
  if (text.length > MAX_JOINED_LENGTH || /\d/.test(text.slice(0, end))) return undefined;
  const before: (number | undefined)[] = [0];
  for (let at = 1; at <= end; at++) {
    for (let from = Math.max(0, at - MAX_LISTED_LENGTH); from < at; from++) {
      if (before[from] !== undefined && isListed(text.slice(from, at), index)) before[at] ??= from;
    }
  }
  if (end === 0 || before[end] === undefined) return undefined;
  const words = end < text.length ? [text.slice(end)] : [];
  for (let at = end; at > 0; at = before[at]!) words.unshift(text.slice(before[at]!, at));
  return words;
}
