import { describe, expect, it } from 'vitest';
import type { ObjectionKind } from '../../src/model/finding.ts';
import type { Report } from '../../src/model/report.ts';
import type { FormatOptions } from '../../src/reports/formatter.ts';
import { TEXT } from '../../src/reports/text.ts';
import { measureColumns } from '../../src/reports/text/columns.ts';
import { readGolden } from './golden.ts';
import { HOSTILE_REPORT } from './hostile-report.ts';
import {
  createLargeReport,
  EMPTY_REPORT,
  renderAll,
  SAMPLE_OPTIONS,
  SAMPLE_REPORT,
} from './sample-report.ts';

function render(report: Report, options: Partial<FormatOptions> = {}): string {
  return renderAll(TEXT.format(report, { ...SAMPLE_OPTIONS, ...options }));
}

describe('the text format', () => {
  it('has colours only when asked', () => {
    expect(render(SAMPLE_REPORT)).not.toContain('\u001b');
    const colored = render(SAMPLE_REPORT, { color: true });
    expect(colored).toBe(readGolden('text.color.txt', colored));
    // oxlint-disable-next-line no-control-regex
    expect(colored.replace(/\u001b\[[\d;]*m/g, '')).toBe(render(SAMPLE_REPORT));
  });

  it('says everything when asked', () => {
    const report = { ...HOSTILE_REPORT, findings: SAMPLE_REPORT.findings };
    const text = Buffer.from(render(report, { verbose: true })).toString('utf8');
    expect(text).toBe(readGolden('text.verbose.txt', text));
  });

  it.each([60, 80, 100, 110])('keeps to %i columns wherever words can be wrapped', (width) => {
    const wide = render(SAMPLE_REPORT, { width })
      .split('\n')
      .filter((line) => measureColumns(line) > width)
      // A heading whose two sides do not fit, and a word that is longer than the line.
      .filter((line) => !line.endsWith('confidence') && /\s\S+\s+\S+\s\S+/.test(line.trim()));
    expect(wide).toEqual([]);
  });

  it('puts the mark under the secret', () => {
    const lines = render(SAMPLE_REPORT).split('\n');
    const marks = lines.flatMap((line, at) => (/│ +\^+$/.test(line) ? [at] : []));
    expect(marks).toHaveLength(4);
    for (const at of marks) {
      const [secret, mark] = [lines[at - 1]!, lines[at]!];
      const before = secret.slice(0, secret.search(/\S*\*{8}/));
      const own = /[\w-]*\*{8}/.exec(secret.slice(before.length))![0];
      const start = measureColumns(secret.slice(0, secret.indexOf(own)));
      expect([mark.indexOf('^'), mark.length]).toEqual([start, start + own.length]);
    }
  });

  it('keeps the secret in sight on a long line', () => {
    const finding = SAMPLE_REPORT.findings[0]!;
    const before = 'x = 1; '.repeat(60);
    const excerpt = [
      { line: 9, text: `${before}********${before}`, mark: { start: before.length, end: before.length + 8 } },
    ];
    const lines = render({ ...SAMPLE_REPORT, findings: [{ ...finding, excerpt }] }, { width: 80 }).split(
      '\n',
    );
    const line = lines.find((text) => text.includes('********'))!;
    expect(line).toMatch(/│ ….*\*{8}.*…$/);
    expect(line.length).toBe(80);
    expect(lines[lines.indexOf(line) + 1]!.indexOf('^')).toBe(line.indexOf('*'));
  });

  it('leaves a secret whole that was asked for and is longer than the line', () => {
    const finding = SAMPLE_REPORT.findings[0]!;
    const [before, secret] = ['x = 1; '.repeat(60), 'k'.repeat(500)];
    const mark = { start: before.length, end: before.length + 500 };
    const shown = { ...finding, excerpt: [{ line: 1, text: before + secret + before, mark }] };
    const lines = render({ ...SAMPLE_REPORT, findings: [shown] }, { width: 80 }).split('\n');
    const at = lines.findIndex((line) => line.includes(secret));
    expect(lines[at]).toMatch(/│ ….{5,20}k{500}.{0,20}…$/);
    expect(lines[at + 1]!.indexOf('^')).toBe(lines[at]!.indexOf('k'));
  });

  it('says what to do once for each rule', () => {
    expect(render(createLargeReport(40)).match(/OAuth & Permissions/g)).toHaveLength(1);
  });

  it('ends with what it amounts to, unless that is not wanted', () => {
    expect(render(SAMPLE_REPORT)).toContain('41 of 57 credential slots are managed; 9 hard-coded');
    expect(render(SAMPLE_REPORT)).toContain('1 static cloud key in CI that could be OIDC');
    expect(render(SAMPLE_REPORT, { summary: false })).not.toContain('slots');
  });

  it('tells nothing found from nothing scanned and from not all scanned', () => {
    const nothing = { ...EMPTY_REPORT.coverage, files: { listed: 0, scanned: 0, skipped: {}, failed: 0 } };
    expect(render(EMPTY_REPORT)).toContain('No hard-coded credential was found.');
    expect(render({ ...EMPTY_REPORT, coverage: nothing })).toContain('Nothing was scanned.');
    expect(render({ ...EMPTY_REPORT, complete: false })).toContain('No finding in what was scanned.');
  });

  it('tells what is not reported from what is not there', () => {
    const finding = SAMPLE_REPORT.findings[0]!;
    const withhold = (...kinds: ObjectionKind[]): Report => ({
      ...EMPTY_REPORT,
      suppressed: kinds.map((by) => ({ by, because: 'so', finding })),
    });
    const none = 'No hard-coded credential was found.';
    expect(render(withhold('managed', 'placeholder', 'entropy', 'public'))).toContain(none);
    expect(render(withhold('placeholder'))).toContain('Not reported: 1 (1 placeholder)');
    expect(render(withhold('threshold'))).toContain('Nothing to report: 1 finding is below the thresholds.');
    expect(render(withhold('threshold', 'baseline', 'managed', 'baseline'))).toContain(
      'Nothing to report: 2 findings are in the baseline, 1 below the thresholds.',
    );
    expect(render({ ...withhold('allowlist'), complete: false })).toContain(
      'Nothing to report in what was scanned: 1 finding is accepted by the allowlist.',
    );
    const posture = render({ ...EMPTY_REPORT, only: 'posture', slots: [] });
    expect(posture).toContain(
      'Nothing to report: only the posture was looked at.\nCredential slots were not',
    );
  });
});
