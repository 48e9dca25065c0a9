// Reads YAML by its lines: keys, sequences, block scalars and flow collections. It expands nothing, so no alias can
// grow; and it goes on behind what is no YAML, such as the lines of a template.
import { findLineEnd, findQuote, readFlow } from './flow-reader.ts';
import type { KeyStack, StructureReader, Visit } from './key-stack.ts';
import { createKeyStack } from './key-stack.ts';
import { matchAt } from './match-at.ts';

interface Reading {
  readonly text: string;
  readonly stack: KeyStack;
  readonly visit: Visit;
  readonly limit: number;
}

export const readYaml: StructureReader = (text, visit, limit) => {
  const reading = { text, stack: createKeyStack(), visit, limit };
  let at = 0;
  while (at < limit) at = Math.max(readLine(reading, at), at + 1);
};

/** A line that separates documents, or begins one. */
const SEPARATOR = /(?:---|\.\.\.)(?=[\s]|$)/y;
const DASH = /-(?=[\s]|$)[ \t]*/y;
const KEY =
  /(?:"((?:[^"\\\r\n]|\\.){0,200})"|'([^'\r\n]{0,200})'|([^\s#&*!|>'"%@`{}[\],?-][^\r\n#]{0,200}?|[-?][^\s#][^\r\n#]{0,200}?|<<))[ \t]{0,20}:(?=[\s]|$)[ \t]*/y;
const PROPERTIES = /(?:[&!][^\s,{}[\]]{0,200}(?:[ \t]+|(?=[\r\n]|$))){1,3}/y;
const BLOCK_HEADER = /[|>][0-9+-]{0,3}[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|$)/y;

/** Reads a line and what hangs on it; says where the next one begins. */
function readLine(reading: Reading, lineStart: number): number {
  const { text, stack } = reading;
  let at = lineStart;
  while (text[at] === ' ') at++;
  if (isNoContent(text, at)) return nextLine(text, at);
  if (at === lineStart && matchAt(SEPARATOR, text, at)) {
    stack.clear();
    return nextLine(text, at);
  }
  let indent = at - lineStart;
  for (let dash = matchAt(DASH, text, at); dash; dash = matchAt(DASH, text, at)) {
    indent = at - lineStart;
    openItem(stack, indent);
    at += dash[0].length;
  }
  const key = matchAt(KEY, text, at);
  if (!key) return readValue(reading, at, indent);
  openKey(stack, at - lineStart, (key[1] ?? key[2] ?? key[3])!);
  return readValue(reading, at + key[0].length, at - lineStart);
}

/** Blank lines, comments, and lines of templates, which are no YAML. */
function isNoContent(text: string, at: number): boolean {
  return isBlankAt(text, at) || text[at] === '#' || isTemplateAt(text, at);
}

function isTemplateAt(text: string, at: number): boolean {
  return text.startsWith('{{', at) || text.startsWith('{%', at);
}

function openItem(stack: KeyStack, column: number): void {
  while (stack.top && stack.top.indent > column) stack.pop();
  const { top } = stack;
  if (top?.isSequence && top.indent === column) top.index++;
  else stack.push(true, column);
}

function openKey(stack: KeyStack, column: number, key: string): void {
  while (stack.top && (stack.top.indent > column || (stack.top.indent === column && stack.top.isSequence)))
    stack.pop();
  const { top } = stack;
  const level = top && !top.isSequence && top.indent === column ? top : stack.push(false, column);
  if (level) level.key = key;
}

/** @param indent column of the key or dash that the value belongs to */
function readValue(reading: Reading, from: number, indent: number): number {
  const { text, stack, visit, limit } = reading;
  const at = from + (matchAt(PROPERTIES, text, from)?.[0].length ?? 0);
  if (isBlankAt(text, at) || text[at] === '#') return nextLine(text, at);
  if (matchAt(BLOCK_HEADER, text, at)) return readBlock(reading, nextLine(text, at), indent);
  if (isFlowAt(text, at)) {
    return nextLine(text, readFlow(text, at, { stack, visit, limit, hasHashComments: true }) - 1);
  }
  return readScalar(reading, { from, at });
}

/** @param place `from` is where the tags of a value begin, `at` is where its text does */
function readScalar({ text, stack, visit }: Reading, { from, at }: { from: number; at: number }): number {
  const quote = text[at]!;
  const isQuoted = quote === '"' || quote === "'";
  const start = isQuoted ? at + 1 : at;
  const end = isQuoted ? findQuote(text, start, quote) : findPlainEnd(text, start);
  // A tag is part of what the value says: `!vault`, `!secret`.
  if (end > start) visit(from === at ? start : from, end, stack.path);
  return nextLine(text, isQuoted ? end : at);
}

function isFlowAt(text: string, at: number): boolean {
  return (text[at] === '{' || text[at] === '[') && !isTemplateAt(text, at);
}

/** The lines of a block scalar are those that stand deeper than its key. */
function readBlock({ text, stack, visit, limit }: Reading, start: number, indent: number): number {
  let end = start;
  while (end < Math.max(limit, start) && end < text.length) {
    let at = end;
    while (text[at] === ' ') at++;
    if (!isBlankAt(text, at) && at - end <= indent) break;
    end = nextLine(text, at);
  }
  if (end > start) visit(start, end, stack.path);
  return end;
}

/** A plain scalar ends with its line, or before a comment. */
function findPlainEnd(text: string, at: number): number {
  const lineEnd = findLineEnd(text, at);
  const comment = text.slice(at, lineEnd).search(/\s#/);
  let end = comment === -1 ? lineEnd : at + comment;
  while (end > at && text[end - 1]! <= ' ') end--;
  return end;
}

function isBlankAt(text: string, at: number): boolean {
  const character = text[at];
  return character === undefined || character === '\n' || character === '\r';
}

function nextLine(text: string, at: number): number {
  return findLineEnd(text, at) + 1;
}
