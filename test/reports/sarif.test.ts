import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import type { Log, Result, Run } from 'sarif';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { SARIF } from '../../src/reports/sarif.ts';
import { createReportOf, HOSTILE_REPORT, HOSTILE_TEXTS } from './hostile-report.ts';
import {
  createLargeReport,
  EMPTY_REPORT,
  renderAll,
  SAMPLE_OPTIONS,
  SAMPLE_REPORT,
} from './sample-report.ts';

const TEXT = { type: 'string', minLength: 1 };
const ORDINAL = { type: 'integer', minimum: 1 };
const MESSAGE = { type: 'object', required: ['text'], properties: { text: TEXT } };
const SHORT = { type: 'object', required: ['text'], properties: { text: { ...TEXT, maxLength: 1024 } } };

function record(properties: Record<string, object>, optional: Record<string, object> = {}): object {
  return { type: 'object', required: Object.keys(properties), properties: { ...properties, ...optional } };
}

function list(items: object, limits: object = {}): object {
  return { type: 'array', items, ...limits };
}

const RULE = record({
  id: TEXT,
  name: { ...TEXT, maxLength: 255 },
  shortDescription: SHORT,
  fullDescription: SHORT,
  help: record({ text: TEXT, markdown: TEXT }),
  defaultConfiguration: record({ level: { enum: ['note', 'warning', 'error'] } }),
  properties: record({
    tags: list(TEXT, { maxItems: 10, uniqueItems: true, contains: { const: 'security' } }),
    precision: { enum: ['very-high', 'high', 'medium', 'low'] },
    'problem.severity': { enum: ['error', 'warning', 'recommendation'] },
    'security-severity': { type: 'string', pattern: '^(?:10\\.0|[0-9]\\.[0-9])$' },
  }),
});

const RESULT = record({
  ruleId: TEXT,
  ruleIndex: { type: 'integer', minimum: 0 },
  level: { enum: ['note', 'warning', 'error'] },
  message: MESSAGE,
  partialFingerprints: { type: 'object', minProperties: 1, additionalProperties: TEXT },
  locations: list(
    record({
      physicalLocation: record({
        // RFC 3986: what a relative path may hold without being encoded.
        artifactLocation: record({
          uri: { type: 'string', pattern: '^(?:[\\w.~-]|%[0-9A-F]{2}|/)+$' },
          uriBaseId: { const: '%SRCROOT%' },
        }),
        region: record({ startLine: ORDINAL, startColumn: ORDINAL, endLine: ORDINAL, endColumn: ORDINAL }),
      }),
    }),
    { minItems: 1, maxItems: 1 },
  ),
});

/** What GitHub code scanning requires, and its limits: written from its documentation. */
const validate = new Ajv({ allErrors: true, strictRequired: false, strictTypes: false }).compile(
  record({
    $schema: TEXT,
    version: { const: '2.1.0' },
    runs: list(
      record({
        tool: record({
          driver: record({ name: TEXT, semanticVersion: TEXT, rules: list(RULE, { maxItems: 25_000 }) }),
        }),
        columnKind: { const: 'utf16CodeUnits' },
        originalUriBaseIds: record({ '%SRCROOT%': { type: 'object' } }),
        invocations: list(record({ executionSuccessful: { type: 'boolean' } }), { minItems: 1, maxItems: 1 }),
        results: list(RESULT, { maxItems: 25_000 }),
      }),
      { minItems: 1, maxItems: 1 },
    ),
  }),
);

function createLog(report: Report): Log {
  return JSON.parse(renderAll(SARIF.format(report, SAMPLE_OPTIONS)));
}

function createRun(report: Report): Run & { results: Result[] } {
  return createLog(report).runs[0] as Run & { results: Result[] };
}

function pathOf(result: Result): string {
  return decodeURIComponent(result.locations![0]!.physicalLocation!.artifactLocation!.uri!);
}

describe('the SARIF report', () => {
  it.each([
    ['sample', SAMPLE_REPORT],
    ['hostile', HOSTILE_REPORT],
    ['empty', EMPTY_REPORT],
  ])('keeps to what GitHub requires: %s', (_, report) => {
    validate(createLog(report));
    expect(validate.errors).toBeNull();
  });

  it('keeps to it for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        expect(validate(createLog(createReportOf(text)))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('lists the rules that have findings, and refers to them', () => {
    const { tool, results } = createRun(SAMPLE_REPORT);
    const rules = tool.driver.rules!;
    expect(rules.map(({ id }) => id)).toEqual([
      'aws-secret-access-key',
      'generic-password',
      'slack-bot-token',
    ]);
    expect(results.map(({ ruleIndex }) => rules[ruleIndex!]!.id)).toEqual(
      results.map(({ ruleId }) => ruleId),
    );
    expect(createRun(EMPTY_REPORT).tool.driver.rules).toEqual([]);
  });

  it('tags rules with the weaknesses that GitHub filters by', () => {
    const [rule] = createRun(SAMPLE_REPORT).tool.driver.rules!;
    expect(rule!.properties).toMatchObject({
      precision: 'high',
      'problem.severity': 'error',
      'security-severity': '9.5',
    });
    expect(rule!.properties!.tags).toEqual(
      expect.arrayContaining(['security', 'external/cwe/cwe-798', 'NHI2:2025']),
    );
    expect(rule!.help!.markdown).toContain('IAM console');
  });

  it('gives the line hash to GitHub, and its own fingerprint to others', () => {
    const [first, second] = createRun(SAMPLE_REPORT).results;
    expect(first!.partialFingerprints).toEqual({
      primaryLocationLineHash: '271789c17abda88f:1',
      'nhiScanFingerprint/v1': '0123456789abcdef0123456789abcdef',
    });
    expect(second!.partialFingerprints).not.toHaveProperty('primaryLocationLineHash');
  });

  it('refers to entries of taxonomies that stand in the file', () => {
    const { taxonomies, tool, results } = createRun(SAMPLE_REPORT);
    expect(tool.driver.supportedTaxonomies!.map(({ name }) => name)).toEqual(
      taxonomies!.map(({ name }) => name),
    );
    const references = [
      ...results.flatMap((result) => result.taxa ?? []),
      ...tool.driver.rules!.flatMap((rule) => rule.relationships!.map(({ target }) => target)),
    ];
    for (const { id, toolComponent } of references) {
      const taxonomy = taxonomies![toolComponent!.index!]!;
      expect(taxonomy.name).toBe(toolComponent!.name);
      expect(taxonomy.taxa!.map((taxon) => taxon.id)).toContain(id);
    }
    expect(references.map(({ id }) => id)).toEqual(expect.arrayContaining(['NHI2:2025', '798']));
    expect(references.map(({ id }) => id)).not.toContain('NHI3:2025');
  });

  it('gives hostile paths back from their encoding', () => {
    const expected = HOSTILE_TEXTS.map((text) => text.replace(/\p{Surrogate}/gu, '\uFFFD'));
    expect(createRun(HOSTILE_REPORT).results.map(pathOf)).toEqual(expected);
  });

  it('has no link or placeholder in a message that it has not made itself', () => {
    for (const { message, relatedLocations } of createRun(HOSTILE_REPORT).results) {
      const bare = message.text!.replace(/\\[\\[\]]/g, '').replace(/\{\{|\}\}/g, '');
      const links = [...bare.matchAll(/\[[^[\]]*\]\((\d+)\)/g)].map(([, id]) => Number(id));
      expect(links).toEqual(relatedLocations!.map(({ id }) => id));
      expect(bare.replace(/\[[^[\]]*\]\(\d+\)/g, '')).not.toMatch(/[[\]{}]/);
    }
  });

  it('has no control character in a message', () => {
    const { results, invocations } = createRun(HOSTILE_REPORT);
    const notes = invocations!.flatMap((each) => each.toolExecutionNotifications ?? []);
    const texts = [...results, ...notes].map(({ message }) => message.text!);
    expect(texts.some((text) => text.includes('\\u{{1b}}'))).toBe(true);
    for (const text of texts) expect(text).not.toMatch(/[\p{Cc}\u202E\u200B\uFEFF]/u);
  });

  it('shows no line of a file', () => {
    expect(JSON.stringify(createLog(SAMPLE_REPORT))).not.toMatch(
      /"snippet"|"contents"|"contextRegion"|WebClient/,
    );
  });

  it('says when a scan is incomplete, and why', () => {
    const [invocation] = createRun(HOSTILE_REPORT).invocations!;
    expect(invocation!.executionSuccessful).toBe(false);
    expect(invocation!.toolExecutionNotifications).toHaveLength(HOSTILE_TEXTS.length);
    expect(createRun(SAMPLE_REPORT).invocations![0]!.executionSuccessful).toBe(true);
  });

  it('keeps the most severe results where there are too many, and says what it left out', () => {
    const { results, invocations } = createRun(createLargeReport(25_003));
    expect(results).toHaveLength(25_000);
    expect(invocations![0]!.toolExecutionNotifications![0]!.message.text).toContain('3 findings left out');
    const low = createLargeReport(25_003).findings.filter(({ severity }) => severity === 'low').length;
    expect(results.filter(({ level }) => level === 'note')).toHaveLength(low - 3);
  });
});
