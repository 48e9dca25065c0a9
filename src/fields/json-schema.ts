// A field table as a JSON Schema, for editors.
import type { Field, FieldType } from './field.ts';

export type JsonSchema = { readonly [key: string]: unknown };

/** The schema (draft 2020-12) of a document with these fields. */
export function createJsonSchema(title: string, fields: readonly Field[]): JsonSchema {
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title, ...schemaOfRecord(fields) };
}

function schemaOfRecord(fields: readonly Field[]): JsonSchema {
  return {
    type: 'object',
    additionalProperties: false,
    required: fields.filter((field) => field.required).map((field) => field.name),
    properties: Object.fromEntries(
      fields.map((field) => [field.name, { description: field.doc, ...schemaOfType(field.type) }]),
    ),
  };
}

function schemaOfType(type: FieldType): JsonSchema {
  switch (type.kind) {
    case 'string':
      return { type: 'string' };
    case 'choice':
      return { enum: type.values };
    case 'number':
      return { type: 'number', minimum: type.min, maximum: type.max };
    case 'boolean':
      return { type: 'boolean' };
    case 'date':
      return { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' };
    case 'size':
      return { type: ['integer', 'string'] };
    case 'strings':
      return { oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] };
    case 'record':
      return schemaOfRecord(type.fields);
    case 'records':
      return { type: 'array', items: schemaOfRecord(type.fields) };
  }
}
