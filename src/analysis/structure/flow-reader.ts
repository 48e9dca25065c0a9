// Reads JSON and its relatives: JSON with comments, JSON 5, JSON lines, and the flow style of YAML and TOML.
import type { KeyStack, StructureReader, Visit } from './key-stack.ts';
import { createKeyStack } from './key-stack.ts';

/** What stands around a flow collection, and how it is written. */
export interface Flow {
  readonly stack: KeyStack;
  readonly visit: Visit;
  readonly limit: number;
  /** `#` begins a comment. */
  readonly hasHashComments: boolean;
}

export const readJson: StructureReader = (text, visit, limit) => {
  const stack = createKeyStack();
  let at = 0;
  // JSON lines hold one value after another; nothing else does.
  while (at < limit) at = readFlow(text, at, { stack, visit, limit, hasHashComments: false });
};

/** Reads one value that begins at `at`, or what is left of a broken one; says where it ends. */
export function readFlow(text: string, at: number, flow: Flow): number {
  const { stack, limit } = flow;
  const floor = { depth: 0 };
  const open: OpenFlow = { floor, ...flow };
  let end = at;
  while (end < limit) {
    const start = skipBlank(text, end, flow);
    if (start >= limit) return limit;
    end = readToken(text, start, open);
    if (floor.depth === 0) break;
  }
  for (; floor.depth > 0; floor.depth--) stack.pop();
  return Math.max(end, at + 1);
}

interface OpenFlow extends Flow {
  /** Collections that are open. */
  readonly floor: { depth: number };
}

function readToken(text: string, at: number, flow: OpenFlow): number {
  const { stack, floor } = flow;
  switch (text[at]) {
    case '{':
    case '[':
      stack.push(text[at] === '[');
      floor.depth++;
      return at + 1;
    case '}':
    case ']':
      if (floor.depth > 0) stack.pop();
      floor.depth = Math.max(0, floor.depth - 1);
      return at + 1;
    case ',':
      if (floor.depth > 0) moveOn(stack);
      return at + 1;
    case ':':
    case '=':
      return at + 1;
    default:
      return readScalar(text, at, flow);
  }
}

function moveOn({ top }: KeyStack): void {
  if (top?.isSequence) top.index++;
  else if (top) top.key = '';
}

function readScalar(text: string, at: number, flow: OpenFlow): number {
  const quote = text[at]!;
  const isQuoted = quote === '"' || quote === "'";
  const start = isQuoted ? at + 1 : at;
  const end = isQuoted ? findQuote(text, start, quote) : findPlainEnd(text, start);
  const after = isQuoted ? Math.min(end + 1, text.length) : end;
  const { top } = flow.stack;
  if (top && !top.isSequence && flow.floor.depth > 0 && isKey(text, after)) {
    top.key = text.slice(start, end).trim();
    return after;
  }
  if (end > start) flow.visit(start, end, flow.stack.path);
  return Math.max(after, at + 1);
}

function isKey(text: string, after: number): boolean {
  let at = after;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\r') at++;
  return text[at] === ':' || text[at] === '=';
}

/** The place of the closing quote, or the end of the text. */
export function findQuote(text: string, start: number, quote: string): number {
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '\\' && quote === '"') at++;
    else if (character === quote) {
      if (quote !== "'" || text[at + 1] !== "'") return at;
      at++;
    }
  }
  return text.length;
}

const PLAIN_END = /[,{}[\]\r\n]|:(?=[\s,}\]]|$)|(?<=[\w"'-]\s{0,8})=/g;

function findPlainEnd(text: string, start: number): number {
  PLAIN_END.lastIndex = start;
  const found = PLAIN_END.exec(text);
  return found ? found.index : text.length;
}

function skipBlank(text: string, from: number, { limit, hasHashComments }: Flow): number {
  let at = from;
  while (at < limit) {
    const character = text[at]!;
    if (character <= ' ') at++;
    else if (character === '#' && hasHashComments) at = findLineEnd(text, at);
    else if (character === '/' && text[at + 1] === '/') at = findLineEnd(text, at);
    else if (character === '/' && text[at + 1] === '*') {
      const end = text.indexOf('*/', at + 2);
      at = end === -1 ? limit : end + 2;
    } else break;
  }
  return at;
}

/** The place of the line feed, or the end of the text. */
export function findLineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
