import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { FORMATS } from '../../src/reports/registry.ts';
import { HOSTILE_REPORT } from './hostile-report.ts';
import {
  createLargeReport,
  EMPTY_REPORT,
  renderAll,
  SAMPLE_OPTIONS,
  SAMPLE_REPORT,
} from './sample-report.ts';

const TEXT = { type: 'string', minLength: 1 };
const LINK = { type: 'string', pattern: '^(https?|ftp)://.+' };
const TIME = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$' };

function record(properties: Record<string, object>, optional: Record<string, object> = {}): object {
  return { type: 'object', required: Object.keys(properties), properties: { ...properties, ...optional } };
}

function list(items: object, limits: object = {}): object {
  return { type: 'array', items, ...limits };
}

function compile(schema: object): (report: Report, format: string) => unknown {
  const validate = new Ajv({ allErrors: true, strictRequired: false, strictTypes: false }).compile(schema);
  return (report, format) => {
    validate(parse(report, format));
    return validate.errors;
  };
}

function render(report: Report, format: string): string {
  return renderAll(FORMATS[format]!.format(report, SAMPLE_OPTIONS));
}

function parse<T>(report: Report, format: string): T {
  return JSON.parse(render(report, format)) as T;
}

interface GitlabReport {
  readonly scan: Readonly<Record<string, unknown>>;
  readonly vulnerabilities: readonly {
    readonly id: string;
    readonly identifiers: readonly object[];
    readonly location: { readonly commit: { readonly sha: string } };
  }[];
}

function readGitlab(report: Report): GitlabReport {
  return parse(report, 'gitlab');
}

function readFingerprints(report: Report): string[] {
  return parse<{ fingerprint: string }[]>(report, 'gitlab-codequality').map(({ fingerprint }) => fingerprint);
}

function countCommands(output: string, level: string): number {
  return output.split('\n').filter((line) => line.startsWith(`::${level} `)).length;
}

const PROGRAM = record({ id: TEXT, name: TEXT, version: TEXT, vendor: record({ name: TEXT }) });

const REPORTS: [string, Report][] = [
  ['sample', SAMPLE_REPORT],
  ['hostile', HOSTILE_REPORT],
  ['empty', EMPTY_REPORT],
];

describe('the GitLab secret detection report', () => {
  const validate = compile(
    record({
      version: { const: '15.2.1' },
      scan: record({
        analyzer: PROGRAM,
        scanner: PROGRAM,
        type: { const: 'secret_detection' },
        start_time: TIME,
        end_time: TIME,
        status: { enum: ['success', 'failure'] },
        messages: list(record({ level: { enum: ['info', 'warn', 'fatal'] }, value: TEXT })),
      }),
      vulnerabilities: list(
        record({
          id: { type: 'string', pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$' },
          name: { ...TEXT, maxLength: 255 },
          description: TEXT,
          solution: { ...TEXT, maxLength: 7000 },
          severity: { enum: ['Info', 'Unknown', 'Low', 'Medium', 'High', 'Critical'] },
          identifiers: list(record({ type: TEXT, name: TEXT, value: TEXT }, { url: LINK }), { minItems: 1 }),
          location: record({ file: TEXT, start_line: { type: 'integer' }, commit: record({ sha: TEXT }) }),
          links: list(record({ url: LINK })),
        }),
      ),
    }),
  );

  it.each(REPORTS)('keeps to the schema: %s', (_, report) => {
    expect(validate(report, 'gitlab')).toBeNull();
  });

  it('never holds raw source code', () => {
    expect(JSON.stringify(parse(SAMPLE_REPORT, 'gitlab'))).not.toMatch(/raw_source_code_extract|WebClient/);
  });

  it('identifies by the rule first, and each place by an id of its own', () => {
    const { vulnerabilities } = readGitlab(SAMPLE_REPORT);
    expect(vulnerabilities[0]!.identifiers[0]).toEqual({
      type: 'nhi_scan_rule_id',
      name: 'nhi-scan rule aws-secret-access-key',
      value: 'aws-secret-access-key',
    });
    expect(vulnerabilities[0]!.identifiers[1]).toMatchObject({ type: 'cwe', name: 'CWE-798', value: '798' });
    expect(vulnerabilities[2]!.location.commit.sha).toBe('8f2c1d9e0b7a6f5e4d3c2b1a0f9e8d7c6b5a4f3e');
    expect(new Set(vulnerabilities.map(({ id }) => id)).size).toBe(4);
  });

  it('takes its times from the options and the duration', () => {
    expect(readGitlab(SAMPLE_REPORT).scan).toMatchObject({
      start_time: '2026-03-01T12:00:04',
      end_time: '2026-03-01T12:00:05',
    });
    expect(readGitlab(HOSTILE_REPORT).scan['status']).toBe('failure');
  });
});

describe('the GitLab Code Quality report', () => {
  const validate = compile(
    list(
      record({
        description: TEXT,
        check_name: TEXT,
        fingerprint: { type: 'string', pattern: '^[0-9a-f]{64}$' },
        severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
        location: record({ path: TEXT, lines: record({ begin: { type: 'integer', minimum: 1 } }) }),
      }),
    ),
  );

  it.each(REPORTS)('keeps to the form: %s', (_, report) => {
    expect(validate(report, 'gitlab-codequality')).toBeNull();
  });

  it('has fingerprints that differ by place and survive moved lines', () => {
    const twice = { ...SAMPLE_REPORT, findings: [SAMPLE_REPORT.findings[0]!, SAMPLE_REPORT.findings[0]!] };
    const moved = twice.findings.map((finding) => ({
      ...finding,
      location: { ...finding.location, startLine: 99, endLine: 99 },
    }));
    expect(new Set(readFingerprints(twice)).size).toBe(2);
    expect(readFingerprints({ ...twice, findings: moved })).toEqual(readFingerprints(twice));
  });
});

describe('the SonarQube report', () => {
  const validate = compile(
    record({
      rules: list(
        record({
          id: TEXT,
          name: TEXT,
          description: TEXT,
          engineId: TEXT,
          cleanCodeAttribute: { const: 'TRUSTWORTHY' },
          impacts: list(
            record({
              softwareQuality: { const: 'SECURITY' },
              severity: { enum: ['BLOCKER', 'HIGH', 'MEDIUM', 'LOW', 'INFO'] },
            }),
            { minItems: 1 },
          ),
        }),
      ),
      issues: list(record({ ruleId: TEXT, primaryLocation: record({ message: TEXT, filePath: TEXT }) })),
    }),
  );

  it.each(REPORTS)('keeps to the form: %s', (_, report) => {
    expect(validate(report, 'sonarqube')).toBeNull();
  });

  it('counts columns from 0', () => {
    const { issues } = parse<{ issues: { primaryLocation: { textRange: object } }[] }>(
      SAMPLE_REPORT,
      'sonarqube',
    );
    expect(issues[0]!.primaryLocation.textRange).toEqual({
      startLine: 12,
      endLine: 12,
      startColumn: 33,
      endColumn: 73,
    });
  });
});

describe('the GitHub annotations', () => {
  it('are at most ten of each level, the most severe first, and say how many there are besides', () => {
    const output = render({ ...createLargeReport(200), complete: false }, 'github');
    expect([
      countCommands(output, 'error'),
      countCommands(output, 'warning'),
      countCommands(output, 'notice'),
    ]).toEqual([10, 0, 10]);
    expect(
      output
        .split('\n')
        .slice(0, 9)
        .every((line) => line.includes('title=AWS secret access key')),
    ).toBe(true);
    expect(output).toContain('::182 further findings without an annotation');
  });

  it.each([
    [10, 10, 0],
    [11, 10, 1],
  ])('gives all ten of a level to findings: of %i errors %i, and %i notice', (count, errors, notices) => {
    const finding = { ...SAMPLE_REPORT.findings[0]!, severity: 'high' as const };
    const report = {
      ...SAMPLE_REPORT,
      complete: true,
      findings: Array.from({ length: count }, () => finding),
    };
    const output = render(report, 'github');
    expect(countCommands(output, 'error')).toBe(errors);
    expect(countCommands(output, 'notice')).toBe(notices);
  });

  it('counts the notices of findings with its own', () => {
    const finding = { ...SAMPLE_REPORT.findings[0]!, severity: 'low' as const };
    const of = (count: number): string =>
      render(
        { ...SAMPLE_REPORT, complete: true, findings: Array.from({ length: count }, () => finding) },
        'github',
      );
    expect([countCommands(of(10), 'notice'), countCommands(of(11), 'notice')]).toEqual([10, 10]);
    expect(of(11)).toContain('::2 further findings');
  });

  it('are none when there is nothing to say', () => {
    expect(render(EMPTY_REPORT, 'github')).not.toContain('::');
  });
});
