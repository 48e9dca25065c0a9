// TOML → tables with texts and lists of texts: as much of it as allowlists use. What is no TOML is refused, not skipped.
import { UserError } from '../model/user-error.ts';

export interface TomlText {
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

export interface TomlTable {
  /** Dotted; empty for what stands before the first table. */
  readonly name: string;
  /** The texts of each key: of a list every one. Numbers, dates and booleans are left out. */
  readonly values: ReadonlyMap<string, readonly TomlText[]>;
}

const BLANK = /(?:\s|#[^\n]*)*/y;
const LINE_END = /[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/y;
const TABLE = /\[\[[ \t]*([^\][\n]+?)[ \t]*\]\]|\[[ \t]*([^\][\n]+?)[ \t]*\]/y;
const KEY = /((?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:[ \t]*\.[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*'))*)[ \t]*=[ \t]*/y;
/** A literal text of several lines, a basic one, the same of one line. */
const TEXT =
  /'''([\s\S]*?)'''(?!')|"""((?:[^\\]|\\[\s\S])*?)"""(?!")|'(?!'')([^'\n]*)'|"(?!"")((?:[^"\\\n]|\\[^\n])*)"/y;
const BARE = /true\b|false\b|[+-]?(?:inf\b|nan\b|\d[\w.+:-]*(?: \d[\w.+:-]*)?)/y;
/** Between what a list or an inline table holds. */
const BETWEEN = /[\s,]+|#[^\n]*/y;

/** A text that is read from its beginning to its end. */
interface Cursor {
  readonly text: string;
  readonly file: string;
  at: number;
}

/** @throws UserError with file and line for what is no TOML */
export function readTomlTables(text: string, file: string): TomlTable[] {
  const cursor: Cursor = { text, file, at: 0 };
  const tables: { name: string; values: Map<string, readonly TomlText[]> }[] = [
    { name: '', values: new Map() },
  ];
  for (take(cursor, BLANK); cursor.at < text.length; take(cursor, BLANK)) {
    const start = cursor.at;
    const table = take(cursor, TABLE);
    if (table) tables.push({ name: (table[1] ?? table[2])!, values: new Map() });
    else tables.at(-1)!.values.set(takeKey(cursor), takeValue(cursor));
    if (!take(cursor, LINE_END)) refuse(cursor, start);
  }
  return tables;
}

function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = cursor.at;
  const match = pattern.exec(cursor.text);
  if (!match) return undefined;
  cursor.at = pattern.lastIndex;
  return match;
}

function takeKey(cursor: Cursor): string {
  return take(cursor, KEY)?.[1] ?? refuse(cursor, cursor.at);
}

function takeValue(cursor: Cursor): TomlText[] {
  const start = cursor.at;
  const text = takeText(cursor);
  if (text) return [text];
  if (take(cursor, BARE)) return [];
  const closing = { '[': ']', '{': '}' }[cursor.text[start] ?? ''] ?? refuse(cursor, start);
  cursor.at++;
  const texts: TomlText[] = [];
  for (;;) {
    take(cursor, BETWEEN);
    const next = cursor.text[cursor.at];
    if (next === undefined) refuse(cursor, start);
    if (next === closing) break;
    if (take(cursor, BETWEEN)) continue;
    if (closing === '}') takeKey(cursor);
    texts.push(...takeValue(cursor));
  }
  cursor.at++;
  return texts;
}

function takeText(cursor: Cursor): TomlText | undefined {
  const line = lineOf(cursor, cursor.at);
  const match = take(cursor, TEXT);
  if (!match) return undefined;
  const [, longLiteral, longBasic, literal, basic] = match;
  // A line break behind the opening quotes is no part of the text.
  const plain = longLiteral?.replace(/^\r?\n/, '') ?? literal;
  const escaped = longBasic?.replace(/^\r?\n/, '') ?? basic;
  return { text: plain ?? escaped!.replace(/\\(["\\])/g, '$1'), line };
}

/** Says nothing of the text: allowlists may hold secrets. */
function refuse(cursor: Cursor, at: number): never {
  throw new UserError('this is no valid TOML', {
    place: `${cursor.file}:${lineOf(cursor, at)}`,
    hint: 'a text or a list may not be closed',
  });
}

function lineOf({ text }: Cursor, at: number): number {
  return text.slice(0, at).split('\n').length;
}
