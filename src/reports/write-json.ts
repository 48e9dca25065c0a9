// JSON as text, in pieces. What would act on a terminal or a CI log is written as an escape: nothing is lost.

/** A list whose items are made while they are written. */
type Items = Iterable<unknown>;

/**
 * Writes an object two spaces deep. Its values may be iterables, and objects that hold iterables at any depth: their
 * items are written one by one. Everything else is written in one piece.
 */
export function* writeJson(value: unknown): Generator<string> {
  yield* writeValue(value, '');
  yield '\n';
}

/** One line, without a line end. */
export function toJsonLine(value: unknown): string {
  return escapeJson(JSON.stringify(value));
}

function* writeValue(value: unknown, indent: string): Generator<string> {
  if (isGenerator(value)) yield* writeItems(value, indent);
  else if (Array.isArray(value) && value.some(holdsGenerator)) yield* writeItems(value, indent);
  else if (isRecord(value) && holdsGenerator(value)) yield* writeRecord(value, indent);
  else yield escapeJson(JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`));
}

function* writeRecord(record: Readonly<Record<string, unknown>>, indent: string): Generator<string> {
  let opening = '{';
  for (const [key, value] of Object.entries(record)) {
    if (value === undefined) continue;
    yield `${opening}\n${indent}  ${escapeJson(JSON.stringify(key))}: `;
    yield* writeValue(value, `${indent}  `);
    opening = ',';
  }
  yield `\n${indent}}`;
}

function* writeItems(items: Items, indent: string): Generator<string> {
  let opening = '[';
  for (const item of items) {
    yield `${opening}\n${indent}  `;
    yield* writeValue(item, `${indent}  `);
    opening = ',';
  }
  yield opening === '[' ? '[]' : `\n${indent}]`;
}

function holdsGenerator(value: unknown): boolean {
  if (isGenerator(value)) return true;
  if (Array.isArray(value)) return value.some(holdsGenerator);
  return isRecord(value) && Object.values(value).some(holdsGenerator);
}

function isGenerator(value: unknown): value is Items {
  return isRecord(value) && Symbol.iterator in value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Within JSON text these stand in strings only. JSON.stringify has escaped C0 and lone surrogates before.
const UNSAFE =
  /[\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]|#(?=#[\w.]*\[)/gu;

function escapeJson(json: string): string {
  return json.replace(UNSAFE, (text) =>
    Array.from(
      { length: text.length },
      (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
