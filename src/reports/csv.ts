// CSV (RFC 4180) for spreadsheets. Every text is quoted, and none begins like a formula.
import type { Finding } from '../model/finding.ts';
import { escapeCsv } from './escape.ts';
import type { Format, FormatOptions } from './formatter.ts';
import { joinChunks } from './formatter.ts';
import { describeRuleOf, replacementOf } from './rule-text.ts';
import { commitOf } from './wording.ts';

type Cell = string | number | undefined;

const COLUMNS: readonly (readonly [string, (finding: Finding, options: FormatOptions) => Cell])[] = [
  ['severity', ({ severity }) => severity],
  ['confidence', ({ confidence }) => confidence],
  ['rule_id', ({ ruleId }) => ruleId],
  ['rule_name', (finding, options) => describeRuleOf(finding, options).name],
  ['provider', (finding, options) => describeRuleOf(finding, options).provider],
  ['path', ({ location }) => location.path],
  ['start_line', ({ location }) => location.startLine],
  ['start_column', ({ location }) => location.startColumn],
  ['end_line', ({ location }) => location.endLine],
  ['end_column', ({ location }) => location.endColumn],
  ['commit', ({ provenance }) => commitOf(provenance)?.commit],
  ['secret', ({ secret }) => secret],
  ['storage_state', ({ storage }) => storage.state],
  ['place', ({ storage }) => storage.place],
  ['key_path', ({ storage }) => storage.keyPath],
  ['identity_kind', ({ identity }) => identity?.kind],
  ['identity_account', ({ identity }) => identity?.account],
  ['identity_subject', ({ identity }) => identity?.subject],
  ['environment', ({ identity }) => identity?.environment],
  ['created_at', ({ identity }) => identity?.createdAt],
  ['expires_at', ({ identity }) => identity?.expiresAt],
  ['lifetime', ({ lifetime }) => lifetime],
  ['profile', ({ standards }) => standards.profile],
  ['owasp_nhi_2025', ({ standards }) => standards.owaspNhi2025.join(' ')],
  ['cwe', ({ standards }) => standards.cwe.join(' ')],
  ['nist_csf', ({ standards }) => standards.nistCsf.join(' ')],
  ['attack', ({ standards }) => standards.attack.join(' ')],
  ['notes', ({ notes }) => notes.join('; ')],
  ['revoke', (finding, options) => describeRuleOf(finding, options).revoke],
  ['workload_identity', (finding, options) => replacementOf(describeRuleOf(finding, options))],
  ['fingerprint', ({ fingerprint }) => fingerprint],
];

export const CSV: Format = {
  description: 'one finding a row, for spreadsheets',
  fileExtension: 'csv',
  format: (report, options) => joinChunks(writeRows(report.findings, options)),
};

function* writeRows(findings: readonly Finding[], options: FormatOptions): Generator<string> {
  yield writeRow(COLUMNS.map(([name]) => name));
  for (const finding of findings) yield writeRow(COLUMNS.map(([, read]) => read(finding, options)));
}

function writeRow(cells: readonly Cell[]): string {
  return `${cells.map((cell) => (typeof cell === 'number' ? String(cell) : escapeCsv(cell ?? ''))).join(',')}\r\n`;
}
