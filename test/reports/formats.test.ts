import { describe, expect, it } from 'vitest';
import type { FormatOptions } from '../../src/reports/formatter.ts';
import { FORMATS } from '../../src/reports/registry.ts';
import { readGolden } from './golden.ts';
import { HOSTILE_REPORT } from './hostile-report.ts';
import {
  createLargeReport,
  EMPTY_REPORT,
  RAW_SECRETS,
  renderAll,
  SAMPLE_OPTIONS,
  SAMPLE_REPORT,
} from './sample-report.ts';

const NAMES = Object.keys(FORMATS);

function render(name: string, report = SAMPLE_REPORT, options: Partial<FormatOptions> = {}): string {
  return renderAll(FORMATS[name]!.format(report, { ...SAMPLE_OPTIONS, ...options }));
}

describe('every format', () => {
  it.each(NAMES)('%s: writes what its golden file holds', (name) => {
    const text = render(name);
    expect(text).toBe(readGolden(`${name}.${FORMATS[name]!.fileExtension}`, text));
  });

  it.each(['text', 'markdown', 'csv', 'github', 'junit'])(
    '%s: writes hostile names as its golden file holds them',
    (name) => {
      // Lone surrogates are written as U+FFFD.
      const text = Buffer.from(render(name, HOSTILE_REPORT)).toString('utf8');
      expect(text).toBe(readGolden(`${name}.hostile.${FORMATS[name]!.fileExtension}`, text));
    },
  );

  it.each(NAMES)('%s: writes the same twice', (name) => {
    expect(render(name, HOSTILE_REPORT)).toBe(render(name, HOSTILE_REPORT));
  });

  it.each(NAMES)('%s: shows nothing of a secret but what redaction left', (name) => {
    const output = render(name, SAMPLE_REPORT, { verbose: true });
    for (const secret of RAW_SECRETS) {
      const grams = Array.from({ length: secret.length - 7 }, (_, at) => secret.slice(at, at + 8));
      expect(grams.filter((gram) => output.includes(gram))).toEqual([]);
    }
  });

  it.each(NAMES)('%s: takes a report without findings', (name) => {
    expect(render(name, EMPTY_REPORT)).not.toMatch(/undefined|NaN|\[object/);
  });

  it.each(NAMES)('%s: tells an unknown rule by its id', (name) => {
    expect(render(name, SAMPLE_REPORT, { describeRule: () => undefined })).toContain('aws-secret-access-key');
  });

  it.each(NAMES.filter((name) => name !== 'github'))('%s: comes in chunks of a bounded size', (name) => {
    const output = FORMATS[name]!.format(createLargeReport(400), SAMPLE_OPTIONS);
    const lengths = (typeof output === 'string' ? [output] : [...output]).map(({ length }) => length);
    expect(Math.max(...lengths)).toBeLessThan(256 * 1024);
  });

  it.each(['text', 'markdown', 'html', 'junit', 'github'])(
    '%s: says that a scan is incomplete, and never that all is clean',
    (name) => {
      const output = render(name, { ...EMPTY_REPORT, complete: false }, { summary: false });
      expect(output).toContain('Incomplete');
      expect(output).not.toMatch(/\bclean\b|No hard-coded credential/i);
    },
  );

  it.each(['text', 'markdown', 'html'])(
    '%s: says once that NHI-03 is not item 3 of the official list',
    (name) => {
      expect(render(name).match(/Vulnerable\s+Third-Party\s+NHI/g)).toHaveLength(1);
    },
  );
});
