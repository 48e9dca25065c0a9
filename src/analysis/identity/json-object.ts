// JSON objects of unknown content, as tokens embed them: parsed without throwing, read without trusting.

export type JsonObject = Readonly<Record<string, unknown>>;

/** Undefined for anything but an object. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    return toObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The JSON object in base64 or base64url text. */
export function parseBase64Object(text: string): JsonObject | undefined {
  return parseObject(Buffer.from(text, 'base64').toString('utf8'));
}

export function toObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

/** A text that is not empty, or a number as text. */
export function textOf(object: JsonObject | undefined, key: string): string | undefined {
  const value = object && Object.hasOwn(object, key) ? object[key] : undefined;
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function numberOf(object: JsonObject | undefined, key: string): number | undefined {
  const value = object && Object.hasOwn(object, key) ? object[key] : undefined;
  return typeof value === 'number' ? value : undefined;
}

/** A number of seconds since 1970 as epoch milliseconds. */
export function secondsOf(object: JsonObject | undefined, key: string): number | undefined {
  const seconds = numberOf(object, key);
  return seconds === undefined ? undefined : seconds * 1000;
}
