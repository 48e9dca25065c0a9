// The JSON Schemas of the files that people write or read.
import { createJsonSchema } from '../../src/fields/json-schema.ts';
import { CONFIG_FIELDS } from '../../src/config/config-fields.ts';
import { REPORT_SCHEMA } from '../../src/reports/json-schema.ts';
import { RULE_FILE_FIELDS } from '../../src/rules/rule-fields.ts';

export function listSchemas(): [path: string, text: string][] {
  const schemas: Readonly<Record<string, unknown>> = {
    report: REPORT_SCHEMA,
    rules: createJsonSchema('nhi-scan rule file', RULE_FILE_FIELDS),
    config: createJsonSchema('nhi-scan configuration (.nhi-scan.yaml)', CONFIG_FIELDS),
  };
  return Object.entries(schemas).map(([name, schema]) => [
    `docs/${name}.schema.json`,
    `${JSON.stringify(schema, null, 2)}\n`,
  ]);
}
