// One table of fields describes a YAML format once: the reader, the JSON Schema and the documentation all
// come from it.

export type FieldType =
  | { readonly kind: 'string' }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'date' }
  | { readonly kind: 'size' }
  | { readonly kind: 'strings' }
  | { readonly kind: 'record'; readonly fields: readonly Field[] }
  | { readonly kind: 'records'; readonly fields: readonly Field[] };

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly required: boolean;
  /** One sentence for the documentation and the JSON Schema. */
  readonly doc: string;
}

/** A record as read: only known fields, each of its declared type. */
export type FieldRecord = { readonly [name: string]: FieldValue };
export type FieldValue =
  string | number | boolean | readonly string[] | FieldRecord | readonly FieldRecord[] | undefined;

export function required(name: string, type: FieldType, doc: string): Field {
  return { name, type, required: true, doc };
}

export function optional(name: string, type: FieldType, doc: string): Field {
  return { name, type, required: false, doc };
}

export const STRING: FieldType = { kind: 'string' };
export const STRINGS: FieldType = { kind: 'strings' };
export const BOOLEAN: FieldType = { kind: 'boolean' };

export function choice(values: readonly string[]): FieldType {
  return { kind: 'choice', values };
}
