// Reads files of `key = value` lines: TOML, INI, .env and .properties.
import { findLineEnd, findQuote, readFlow } from './flow-reader.ts';
import type { KeyStack, StructureReader, Visit } from './key-stack.ts';
import { createKeyStack } from './key-stack.ts';
import { matchAt } from './match-at.ts';

const SECTION = /[ \t]*\[(\[?)[ \t]*([^\]\r\n]{1,200}?)[ \t]*\]\]?[ \t]*(?:[#;][^\r\n]*)?(?=[\r\n]|$)/y;
const PAIR =
  /[ \t]*(?:export[ \t]{1,8})?("[^"\r\n]{1,200}"|'[^'\r\n]{1,200}'|[^\s=:#;[][^\r\n=:]{0,200}?)[ \t]{0,40}([=:])[ \t]*/y;
const PROPERTY = /[ \t]*([^\s=:#!][^\s=:]{0,200})(?:[ \t]{0,40}[=:]|[ \t])[ \t]*/y;

/** Sections name the keys under them. */
export const readIni: StructureReader = (text, visit, limit) =>
  readLines({ text, visit, limit, isToml: false });

export const readToml: StructureReader = (text, visit, limit) =>
  readLines({ text, visit, limit, isToml: true });

interface LineReading {
  readonly text: string;
  readonly visit: Visit;
  readonly limit: number;
  readonly isToml: boolean;
}

function readLines({ text, visit, limit, isToml }: LineReading): void {
  const counts = new Map<string, number>();
  let section: string[] = [];
  for (let at = 0; at < limit;) {
    const header = matchAt(SECTION, text, at);
    if (header) {
      section = isToml ? splitKey(header[2]!) : [header[2]!];
      if (header[1] === '[') section.push(`#${countUp(counts, header[2]!)}`);
      at = findLineEnd(text, at) + 1;
      continue;
    }
    const pair = matchAt(PAIR, text, at);
    if (!pair) {
      at = findLineEnd(text, at) + 1;
      continue;
    }
    const stack = stackOf([...section, ...(isToml ? splitKey(pair[1]!) : [pair[1]!.trim()])]);
    at = readLineValue({ text, at: at + pair[0].length, stack, visit, limit }, isToml) + 1;
  }
}

/** `.properties`: the key is the path as it stands. */
export const readProperties: StructureReader = (text, visit, limit) => {
  for (let at = 0; at < limit;) {
    const property = matchAt(PROPERTY, text, at);
    const end = property ? findPropertyEnd(text, at) : findLineEnd(text, at);
    if (property) {
      const key = property[1]!;
      visit(at + property[0].length, trimEnd(text, at + property[0].length, end), () => key);
    }
    at = end + 1;
  }
};

/** A backslash at the end of a line goes on with the value. */
function findPropertyEnd(text: string, at: number): number {
  let end = findLineEnd(text, at);
  while (end < text.length && /\\\r?$/.test(text.slice(Math.max(at, end - 2), end))) {
    end = findLineEnd(text, end + 1);
  }
  return end;
}

/** How often a name has come before. */
function countUp(counts: Map<string, number>, name: string): number {
  const count = counts.get(name) ?? 0;
  counts.set(name, count + 1);
  return count;
}

interface LineValue {
  readonly text: string;
  readonly at: number;
  readonly stack: KeyStack;
  readonly visit: Visit;
  readonly limit: number;
}

/** Says where the value, or its line, ends. */
function readLineValue({ text, at, stack, visit, limit }: LineValue, isToml: boolean): number {
  const quote = text[at];
  const isCollection = quote === '{' || quote === '[';
  if (isToml && isCollection) {
    return findLineEnd(text, readFlow(text, at, { stack, visit, limit, hasHashComments: true }) - 1);
  }
  if (quote !== '"' && quote !== "'") {
    const lineEnd = findLineEnd(text, at);
    const end = trimEnd(text, at, lineEnd);
    if (end > at) visit(at, end, stack.path);
    return lineEnd;
  }
  const triple = quote.repeat(3);
  const isTriple = text.startsWith(triple, at);
  const start = at + (isTriple ? 3 : 1);
  const found = isTriple ? text.indexOf(triple, start) : findLiteralEnd(text, start, quote);
  const end = found === -1 ? text.length : found;
  if (end > start) visit(start, end, stack.path);
  return findLineEnd(text, end);
}

// Quoted values of .env files may hold several lines; an apostrophe that is never closed ends with its line.
function findLiteralEnd(text: string, start: number, quote: string): number {
  const end = findQuote(text, start, quote);
  return end === text.length || end - start > 16_384 ? findLineEnd(text, start) : end;
}

function stackOf(keys: readonly string[]): KeyStack {
  const stack = createKeyStack();
  for (const key of keys) {
    const index = /^#(\d{1,9})$/.exec(key);
    const level = stack.push(index !== null);
    if (level && index) level.index = Number(index[1]);
    else if (level) level.key = key;
  }
  return stack;
}

/** `a."b.c".d` → a, b.c, d. */
function splitKey(key: string): string[] {
  return (key.match(/"[^"]*"|'[^']*'|[^.\s]+/g) ?? []).map((part) => part.replace(/^["']|["']$/g, ''));
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && text[at - 1]! <= ' ') at--;
  return at;
}
