// Reads a YAML document by a field table. Every complaint names file, line and column, and a remedy.
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Node, Pair, YAMLMap } from 'yaml';
import { looksLikeName, nearest, UserError } from '../model/user-error.ts';
import type { Field, FieldRecord, FieldType, FieldValue } from './field.ts';
import { parseSize } from './parse-size.ts';

/** Larger documents are refused before parsing. */
const MAX_DOCUMENT_BYTES = 4 * 1024 * 1024;

/** Where each record of a document stands, for complaints that only later checks can make. */
export interface ReadDocument {
  readonly record: FieldRecord;
  /** `file:line:column` of a record or of one of its fields. */
  readonly placeOf: (record: FieldRecord, field?: string) => string;
  /** The same of a field's value, or of one item of it where it is a list. */
  readonly placeOfItem: (record: FieldRecord, field: string, index?: number) => string;
}

interface Reader {
  readonly file: string;
  readonly lines: LineCounter;
  readonly nodes: Map<FieldRecord, YAMLMap>;
}

/**
 * @param file name for messages
 * @throws UserError for text that is not YAML, unknown or missing fields, and values of the wrong type
 */
export function readDocument(text: string, file: string, fields: readonly Field[]): ReadDocument {
  if (text.length > MAX_DOCUMENT_BYTES) {
    throw new UserError(`${file} is larger than ${MAX_DOCUMENT_BYTES} bytes`, { place: file });
  }
  const lines = new LineCounter();
  const reader: Reader = { file, lines, nodes: new Map() };
  const root = parseRoot(text, reader);
  const record = readRecord(root, fields, reader);
  return {
    record,
    placeOf: (of, field) => placeOfField(reader, of, field),
    placeOfItem: (of, field, index = 0) => {
      const value = findPair(reader, of, field)?.value;
      const item = isSeq(value) ? (value.items[index] as Node | undefined) : value;
      return item?.range ? placeAt(reader, item.range[0]) : placeOfField(reader, of, field);
    },
  };
}

function parseRoot(text: string, reader: Reader): YAMLMap {
  const document = parseDocument(text, {
    lineCounter: reader.lines,
    // Silent, the parser would pass over all documents but the first.
    logLevel: 'error',
    uniqueKeys: true,
    merge: false,
    prettyErrors: false,
  });
  const [error] = document.errors;
  if (error?.code === 'MULTIPLE_DOCS') {
    throw new UserError('a second YAML document would not be read', {
      place: placeAt(reader, error.pos[0]),
      hint: 'write one document in each file',
    });
  }
  if (error) {
    throw new UserError(`not valid YAML: ${withoutQuotes(error.message)}`, {
      place: placeAt(reader, error.pos[0]),
    });
  }
  const root = document.contents;
  if (!isMap(root)) {
    throw new UserError('expected a mapping at the top of the document', { place: `${reader.file}:1:1` });
  }
  return root;
}

/** Without what the parser quotes of the document: the rest of a line behind a colon, tags and directives. */
function withoutQuotes(message: string): string {
  return message.replace(/(?<=\S): .*/s, '').replace(/[!%]\S+/g, '…');
}

function readRecord(map: YAMLMap, fields: readonly Field[], reader: Reader): FieldRecord {
  const record: Record<string, FieldValue> = Object.create(null);
  const names = fields.map((field) => field.name);
  for (const pair of map.items as Pair<Node, Node | null>[]) {
    const name = isScalar(pair.key) ? String(pair.key.value) : '';
    const field = fields.find((candidate) => candidate.name === name);
    if (!field) failUnknown({ reader, node: pair.key }, name, names);
    record[name] = readValue(pair.value ?? pair.key, field.type, { reader, name });
  }
  const missing = fields.find((field) => field.required && record[field.name] === undefined);
  if (missing) fail({ reader, node: map }, `missing field '${missing.name}'`, `add it: ${missing.doc}`);
  reader.nodes.set(record, map);
  return record;
}

function failUnknown(at: Failed, name: string, names: readonly string[]): never {
  const guess = nearest(name, names);
  const hint = guess ? `did you mean '${guess}'?` : `known fields: ${names.join(', ')}`;
  return fail(at, looksLikeName(name) ? `unknown field '${name}'` : 'unknown field', hint);
}

interface ValueContext {
  readonly reader: Reader;
  readonly name: string;
}

function readValue(node: Node, type: FieldType, context: ValueContext): FieldValue {
  if (type.kind === 'record') return readRecord(expectMap(node, context), type.fields, context.reader);
  if (type.kind === 'records') {
    return expectItems(node, context).map((item) =>
      readRecord(expectMap(item, context), type.fields, context.reader),
    );
  }
  if (type.kind === 'strings') {
    const items = isSeq(node) ? expectItems(node, context) : [node];
    return items.map((item) => expectString(item, context));
  }
  if (type.kind === 'number') return expectNumber(node, type, context);
  if (type.kind === 'size') return expectSize(node, context);
  if (type.kind === 'boolean') {
    const value = isScalar(node) ? node.value : undefined;
    if (typeof value !== 'boolean') fail({ ...context, node }, `'${context.name}' must be true or false`);
    return value;
  }
  return expectText(node, type, context);
}

function expectText(node: Node, type: FieldType, context: ValueContext): string {
  const text = expectString(node, context);
  if (type.kind === 'choice' && !type.values.includes(text)) {
    const hint = nearest(text, type.values);
    const choices = `one of ${type.values.join(', ')}`;
    fail({ ...context, node }, `'${context.name}' must be ${choices}`, hint && `did you mean '${hint}'?`);
  }
  if (type.kind === 'date' && (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text)))) {
    fail({ ...context, node }, `'${context.name}' must be a date`, 'write it as YYYY-MM-DD');
  }
  return text;
}

function expectString(node: Node, context: ValueContext): string {
  const value = isScalar(node) ? node.value : undefined;
  if (typeof value === 'string') return value;
  if (isScalar(node) && (typeof value === 'number' || typeof value === 'boolean')) return String(node.source);
  return fail({ ...context, node }, `'${context.name}' must be text`);
}

function expectNumber(node: Node, type: { min: number; max: number }, context: ValueContext): number {
  const value = isScalar(node) ? node.value : undefined;
  if (typeof value !== 'number' || value < type.min || value > type.max) {
    fail({ ...context, node }, `'${context.name}' must be a number from ${type.min} to ${type.max}`);
  }
  return value;
}

function expectSize(node: Node, context: ValueContext): number {
  const bytes = isScalar(node) ? parseSize(String(node.value)) : undefined;
  if (bytes === undefined) {
    fail({ ...context, node }, `'${context.name}' must be a size`, 'write bytes, or a number with K, M or G');
  }
  return bytes;
}

function expectMap(node: Node, context: ValueContext): YAMLMap {
  if (isMap(node)) return node;
  return fail({ ...context, node }, `'${context.name}' must be a mapping`);
}

function expectItems(node: Node, context: ValueContext): Node[] {
  if (isSeq(node)) return node.items as Node[];
  return fail({ ...context, node }, `'${context.name}' must be a list`);
}

interface Failed {
  readonly reader: Reader;
  readonly node: Node;
}

function fail({ reader, node }: Failed, message: string, hint?: string): never {
  const place = placeAt(reader, node.range?.[0] ?? 0);
  throw new UserError(message, hint ? { place, hint } : { place });
}

function placeAt(reader: Reader, offset: number): string {
  const { line, col } = reader.lines.linePos(offset);
  return `${reader.file}:${line}:${col}`;
}

function placeOfField(reader: Reader, record: FieldRecord, field: string | undefined): string {
  const node = findPair(reader, record, field)?.key ?? reader.nodes.get(record);
  return placeAt(reader, node?.range?.[0] ?? 0);
}

function findPair(
  { nodes }: Reader,
  record: FieldRecord,
  field: string | undefined,
): Pair<Node, Node | null> | undefined {
  const pairs = nodes.get(record)?.items as Pair<Node, Node | null>[] | undefined;
  return pairs?.find(({ key }) => isScalar(key) && key.value === field);
}
