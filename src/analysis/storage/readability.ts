// Tells words that people write from characters that a generator drew.

/** Longest run that is still taken for one word. */
const MAX_WORD_LENGTH = 16;
const MAX_CONSONANTS = 4;

/** The runs of ASCII letters and digits of a text. */
export function splitChunks(text: string): string[] {
  return text.split(/[^A-Za-z0-9]+/).filter((chunk) => chunk.length > 0);
}

/** The words of a chunk: `dbPassword2` is `db`, `Password`, `2`. */
export function splitWords(chunk: string): string[] {
  return chunk.match(/\d+|[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
}

/** How many characters of a text stand in chunks that nobody would write by hand. */
export function countOpaque(text: string): number {
  return splitChunks(text).reduce((sum, chunk) => sum + (isReadable(chunk) ? 0 : chunk.length), 0);
}

/** Words, a short number, or words with a short number at one end. */
export function isReadable(chunk: string): boolean {
  if (/^\d+$/.test(chunk)) return chunk.length <= 5;
  const letters = chunk.replace(/^\d{1,2}|\d{1,4}$/g, '');
  if (/\d/.test(letters)) return false;
  const words = splitWords(letters);
  // Random mixed case falls apart into pieces of one or two letters.
  return letters.length / words.length >= 2.5 || words.length === 1 ? words.every(isWord) : false;
}

function isWord(word: string): boolean {
  if (word.length <= 5) return true;
  if (word.length > MAX_WORD_LENGTH) return false;
  let run = 0;
  let vowels = 0;
  for (const letter of word.toLowerCase()) {
    const isVowel = 'aeiouy'.includes(letter);
    run = isVowel ? 0 : run + 1;
    if (isVowel) vowels++;
    if (run > MAX_CONSONANTS) return false;
  }
  return vowels / word.length >= 0.15 && vowels / word.length <= 0.8;
}

/** A run counts from this length. */
const MIN_RUN = 4;

/**
 * True for text made of repeated or counting characters, such as `xxxxxxxx`, `0123456789abcdef` or `abcabcabc`,
 * with at most a short rest, such as the prefix of a token.
 */
export function isFillerText(text: string): boolean {
  const characters = text.replace(/[^A-Za-z0-9]+/g, '');
  if (characters.length < MIN_RUN) return false;
  const rest = characters.length - countRuns(characters);
  return rest <= 8 && rest * 2 <= characters.length - rest;
}

/** Characters that stand in runs of one step, or in units repeated. */
function countRuns(text: string): number {
  const covered = new Uint8Array(text.length);
  for (let start = 0; start + 1 < text.length;) {
    const step = stepAt(text, start);
    let end = start + 1;
    while (end + 1 < text.length && stepAt(text, end) === step) end++;
    const isRun = step !== NO_STEP && end - start + 1 >= MIN_RUN;
    if (isRun) covered.fill(1, start, end + 1);
    start = Math.max(end, start + 1);
  }
  for (let period = 2; period <= 8; period++) coverRepeats(text, period, covered);
  if (HEX.test(text)) coverCountedBytes(text, covered);
  let count = 0;
  for (let at = 0; at < covered.length; at++) count += covered[at]!;
  return count;
}

/** The places of digits and letters in the order in which people count: letters of any case follow the digits. */
const ORDER: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) =>
  Math.max(0, '0123456789abcdefghijklmnopqrstuvwxyz'.indexOf(String.fromCharCode(code).toLowerCase())),
);
const [ZERO, NINE, A, F, Z] = [0, 9, 10, 15, 35];
const NO_STEP = 2;

/** 0, 1 or -1 where the next character, a letter or digit as this one, repeats, counts up or counts down. */
function stepAt(text: string, at: number): number {
  const [a, b] = [ORDER[text.charCodeAt(at)]!, ORDER[text.charCodeAt(at + 1)]!];
  const step = b - a;
  if (step >= -1 && step <= 1) return step;
  return (b === ZERO && (a === NINE || a === F)) || (a === Z && b === A) ? 1 : NO_STEP;
}

const HEX = /^(?:[0-9A-Fa-f]{2}){8,}$/;
const MIN_BYTES = 4;

/** Bytes that count by one step, as `00010203` and `00112233`. */
function coverCountedBytes(text: string, covered: Uint8Array): void {
  const bytes = Buffer.from(text, 'hex');
  for (let start = 0; start + 1 < bytes.length;) {
    const step = bytes[start + 1]! - bytes[start]!;
    let end = start + 1;
    while (end + 1 < bytes.length && step === bytes[end + 1]! - bytes[end]!) end++;
    if (end - start + 1 >= MIN_BYTES) covered.fill(1, start * 2, end * 2 + 2);
    start = end;
  }
}

/** A unit counts as repeated when it stands three times in a row. */
function coverRepeats(text: string, period: number, covered: Uint8Array): void {
  let same = 0;
  for (let at = period; at <= text.length; at++) {
    if (at < text.length && text.charCodeAt(at) === text.charCodeAt(at - period)) {
      same++;
      continue;
    }
    if (same >= period * 2) covered.fill(1, at - same - period, at);
    same = 0;
  }
}
