// Reads HCL (Terraform, OpenTofu, Nomad, Packer): blocks with labels, attributes, objects and lists.
import { findLineEnd } from './flow-reader.ts';
import type { KeyStack, StructureReader, Visit } from './key-stack.ts';
import { createKeyStack, LABEL } from './key-stack.ts';
import { matchAt } from './match-at.ts';

const COMMENT = /#[^\n]*|\/\/[^\n]*/y;
const HEREDOC = /<<[-~]?["']?(\w{1,60})["']?[ \t]*\r?\n/y;
const NAME = /[A-Za-z_][\w.-]{0,200}/y;

interface Reading {
  readonly text: string;
  readonly visit: Visit;
  readonly stack: KeyStack;
  /** The names before the next `{` or `=`. */
  names: string[];
  /** Behind `=`: what follows is a value. */
  isValue: boolean;
}

export const readHcl: StructureReader = (text, visit, limit) => {
  const reading: Reading = { text, visit, stack: createKeyStack(), names: [], isValue: false };
  reading.stack.push(false);
  let at = 0;
  while (at < limit) at = Math.max(readToken(reading, at), at + 1);
};

/** Says where the token ends. */
function readToken(reading: Reading, at: number): number {
  const { text } = reading;
  const first = text[at]!;
  if (first === '"') return readString(reading, at + 1);
  if (text.startsWith('/*', at)) {
    const end = text.indexOf('*/', at + 2);
    return end === -1 ? text.length : end + 2;
  }
  const comment = matchAt(COMMENT, text, at);
  if (comment) return at + comment[0].length;
  const heredoc = matchAt(HEREDOC, text, at);
  if (heredoc) return readHeredoc(reading, at + heredoc[0].length, heredoc[1]!);
  const name = matchAt(NAME, text, at);
  if (name) {
    readLiteral(reading, at, name[0]);
    return at + name[0].length;
  }
  readSign(reading, first);
  return at + 1;
}

/** A string ends on its line. */
function readString(reading: Reading, start: number): number {
  const { text } = reading;
  let end = start;
  while (end < text.length && text[end] !== '"' && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1;
  readLiteral(reading, start, text.slice(start, end));
  return text[end] === '"' ? end + 1 : end;
}

function readLiteral(reading: Reading, start: number, literal: string): void {
  if (takesValue(reading)) reading.visit(start, start + literal.length, reading.stack.path);
  else reading.names.push(literal);
}

function takesValue({ isValue, stack }: Reading): boolean {
  return isValue || stack.top?.isSequence === true;
}

function readHeredoc({ text, visit, stack }: Reading, start: number, word: string): number {
  let at = start;
  while (at < text.length) {
    const end = findLineEnd(text, at);
    if (text.slice(at, end).trim() === word) break;
    at = end + 1;
  }
  if (at > start) visit(start, at, stack.path);
  return findLineEnd(text, at);
}

function readSign(reading: Reading, sign: string): void {
  const { stack } = reading;
  switch (sign) {
    case '=':
    case ':':
      nameTop(reading);
      reading.isValue = true;
      break;
    case '{':
      nameTop(reading);
      stack.push(false);
      reading.isValue = false;
      break;
    case '[':
    case '(':
      stack.push(sign === '[');
      break;
    case '}':
    case ']':
    case ')':
      if (stack.levels.length > 1) stack.pop();
      Object.assign(reading, { names: [], isValue: sign === ')' });
      break;
    case ',':
    case '\n':
      endStatement(reading, sign);
      break;
    default:
  }
}

/** The names before the sign are the key of the level. */
function nameTop(reading: Reading): void {
  const { stack, names, isValue } = reading;
  if (stack.top && !isValue && names.length > 0) stack.top.key = names.join(LABEL);
  reading.names = [];
}

function endStatement(reading: Reading, sign: string): void {
  const { top } = reading.stack;
  if (!top?.isSequence) Object.assign(reading, { names: [], isValue: false });
  else if (sign === ',') top.index++;
}
