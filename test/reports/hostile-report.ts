// A report whose names and texts attack the sinks of every format.
import type { Finding } from '../../src/model/finding.ts';
import type { Report } from '../../src/model/report.ts';
import { mapStandards } from '../../src/standards/map-standards.ts';
import { HIDDEN, SAMPLE_REPORT } from './sample-report.ts';

/** Paths and other names that mean something to a terminal, a CI log, a spreadsheet, a browser or a Markdown page. */
export const HOSTILE_TEXTS: readonly string[] = [
  '::error file=x::owned',
  '::stop-commands::x',
  '  ::set-output name=x::y',
  'a\n::add-mask::y',
  'a\r\n::warning::z',
  '##[error]x',
  '##vso[task.setvariable variable=a]b',
  "##teamcity[message text='x']",
  '\u001b[2J\u001b]0;owned\u0007',
  '\u009b31m',
  '\u202Egnp.exe',
  'zero\u200Bwidth\uFEFF\u{E0041}',
  '=HYPERLINK("http://x";"y")',
  "+1+cmd|' /C calc'!A0",
  '-2+3',
  '@SUM(A1)',
  '\t=1+1',
  '"><script>alert(1)</script>',
  "' onload='alert(1)",
  '![x](http://evil/x.png) [y](javascript:z) <img src=x> @everyone #1',
  '`| a | b |`',
  '--- section_start:1:x',
  '&lt;&#x3C;',
  '%0A%3A%2C%25',
  '..\\..\\C:\\x',
  'lone \uD800 surrogate \uFFFE',
  '漢字/データ.env',
  ']]>',
];

function createHostileFinding(text: string, index: number): Finding {
  return {
    fingerprint: index.toString(16).padStart(32, 'e'),
    ruleId: 'private-key',
    severity: 'high',
    confidence: 'low',
    provenance: { kind: 'member', container: { kind: 'file', path: text }, path: 'inner.pem' },
    location: {
      path: `${text}!inner.pem`,
      startLine: index + 1,
      startColumn: 1,
      endLine: index + 3,
      endColumn: 30,
    },
    secret: HIDDEN,
    excerpt: [
      {
        line: index + 1,
        text: `${text}${HIDDEN}${text}`,
        mark: { start: text.length, end: text.length + 8 },
      },
      { line: index + 2, text },
    ],
    storage: { state: 'hardcoded', place: 'data', keyPath: text },
    identity: { kind: text, provider: text, subject: text, issuer: text, note: text },
    lifetime: 'expiring',
    standards: mapStandards({
      ruleId: 'private-key',
      state: 'hardcoded',
      place: 'data',
      path: 'inner.pem',
      lifetime: 'expiring',
      flags: [],
    }),
    decodedBy: [],
    related: [{ relation: 'same-secret', ruleId: 'private-key', path: text, startLine: 1 }],
    notes: [text],
  };
}

/** Everything that can go wrong in a name or a text, in an incomplete scan. */
export const HOSTILE_REPORT: Report = {
  ...SAMPLE_REPORT,
  complete: false,
  coverage: {
    ...SAMPLE_REPORT.coverage,
    files: { listed: 1240, scanned: 1204, skipped: { binary: 34 }, failed: 2 },
  },
  findings: HOSTILE_TEXTS.map(createHostileFinding),
  suppressed: HOSTILE_TEXTS.map((text, index) => ({
    by: 'allowlist',
    because: text,
    finding: createHostileFinding(text, index),
  })),
  diagnostics: HOSTILE_TEXTS.map((text) => ({ level: 'error', subject: text, message: text })),
};

/** The report of one finding that carries a text wherever a text of the scanned tree can stand. */
export function createReportOf(text: string): Report {
  return {
    ...HOSTILE_REPORT,
    findings: [createHostileFinding(text, 0)],
    suppressed: [{ by: 'allowlist', because: text, finding: createHostileFinding(text, 1) }],
    diagnostics: [{ level: 'error', subject: text, message: text }],
  };
}
