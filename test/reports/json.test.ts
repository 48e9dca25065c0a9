import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REPORT_SCHEMA } from '../../src/reports/json-schema.ts';
import type { JsonFinding } from '../../src/reports/json.ts';
import { JSON_LINES, JSON_REPORT } from '../../src/reports/json.ts';
import { toJsonLine, writeJson } from '../../src/reports/write-json.ts';
import { readExpected } from './golden.ts';
import { createReportOf, HOSTILE_REPORT, HOSTILE_TEXTS } from './hostile-report.ts';
import { EMPTY_REPORT, renderAll, SAMPLE_OPTIONS, SAMPLE_REPORT } from './sample-report.ts';

const validate = new Ajv2020({ strict: true, allErrors: true }).compile(REPORT_SCHEMA);

function parse(report = SAMPLE_REPORT): Record<string, unknown> & { findings: JsonFinding[] } {
  return JSON.parse(renderAll(JSON_REPORT.format(report, SAMPLE_OPTIONS)));
}

describe('the JSON report', () => {
  it('is described by docs/report.schema.json', () => {
    const text = `${JSON.stringify(REPORT_SCHEMA, null, 2)}\n`;
    expect(text).toBe(readExpected('docs/report.schema.json', text));
  });

  it.each([
    ['sample', SAMPLE_REPORT],
    ['hostile', HOSTILE_REPORT],
    ['empty', EMPTY_REPORT],
  ])('keeps to its schema: %s', (_, report) => {
    validate(parse(report));
    expect(validate.errors).toBeNull();
  });

  it('has the fields of version 1 in their order', () => {
    const report = parse();
    expect(Object.keys(report)).toEqual(
      'schemaVersion tool complete coverage findings slots suppressed diagnostics'.split(' '),
    );
    expect(Object.keys(report.findings[0]!)).toEqual(
      (
        'fingerprint ruleId ruleName provider severity confidence path startLine startColumn endLine endColumn ' +
        'secret storage identity lifetime standards revoke workloadIdentity related'
      ).split(' '),
    );
    expect(report.findings[2]).toMatchObject({ commit: '8f2c1d9e0b7a6f5e4d3c2b1a0f9e8d7c6b5a4f3e' });
    expect(report.findings[2]).not.toHaveProperty('workloadIdentity');
    expect(report).toMatchObject({
      slots: { total: 57, byState: { hardcoded: 9, 'managed-reference': 30 } },
      suppressed: { total: 3, by: { placeholder: 2, baseline: 1 } },
    });
  });

  it('refuses what version 1 does not have', () => {
    const [finding] = parse().findings;
    expect(validate({ ...parse(), extra: 1 })).toBe(false);
    expect(validate({ ...parse(), findings: [{ ...finding, excerpt: [] }] })).toBe(false);
    expect(validate({ ...parse(), findings: [{ ...finding, severity: 'urgent' }] })).toBe(false);
  });

  it('gives hostile names back as they were', () => {
    const paths = parse(HOSTILE_REPORT).findings.map(({ path }) => path);
    expect(paths).toEqual(HOSTILE_TEXTS.map((text) => `${text}!inner.pem`));
  });

  it('writes the same findings one a line', () => {
    const lines = renderAll(JSON_LINES.format(HOSTILE_REPORT, SAMPLE_OPTIONS)).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(parse(HOSTILE_REPORT).findings);
    expect(renderAll(JSON_LINES.format(EMPTY_REPORT, SAMPLE_OPTIONS))).toBe('');
  });
});

describe('writeJson', () => {
  it('is read back as what was written, in pieces or not', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(fc.jsonValue()), (value, items) => {
        const streamed = { a: value, b: { c: [{ d: items.values() }] }, e: undefined };
        const whole = { a: value, b: { c: [{ d: items }] } };
        const text = [...writeJson(streamed)].join('');
        expect(text).toBe(
          `${JSON.stringify(whole, null, 2)}\n`.replaceAll('[\n            \n          ]', '[]'),
        );
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(whole)));
      }),
    );
  });

  it('lays pieces out as JSON.stringify does', () => {
    const items = [1, [], { a: [] }, [{ b: 'c' }]];
    const text = [...writeJson({ a: [], b: { c: [{ d: items.values() }, 2] } })].join('');
    expect(text).toBe(`${JSON.stringify({ a: [], b: { c: [{ d: items }, 2] } }, null, 2)}\n`);
  });

  it('gives any text back, and leaves nothing in it that acts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const line = toJsonLine({ text });
        expect(JSON.parse(line)).toEqual({ text });
        expect(line).not.toMatch(
          /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]|##\w*\[/,
        );
      }),
    );
    expect(toJsonLine('##vso[x]')).toBe('"\\u0023#vso[x]"');
  });

  it('keeps to the form of a report for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(validate(parse(createReportOf(text)))).toBe(true);
      }),
    );
  });
});
