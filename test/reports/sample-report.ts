// A rich report for the tests of formats: everyday findings.
import type { ExcerptLine, Finding, Related, Slot, StorageState } from '../../src/model/finding.ts';
import { redact } from '../../src/model/redact.ts';
import type { Report } from '../../src/model/report.ts';
import type { FormatOptions, Formatter, RuleDescription } from '../../src/reports/formatter.ts';
import { mapStandards } from '../../src/standards/map-standards.ts';

/** What stood in the files. It is redacted in the findings, and must stand in no report. */
export const RAW_SECRETS: readonly string[] = [
  ['wJalrXUtnFEMI', 'K7MDENGbPxRfiCYzQ4xLw9Tk2Vs'].join(''),
  ['xo', 'xb-', '204981726354-918273645546-aZbYcXdWeVfUgThSiRjQkPlO'].join(''),
  ['correct', 'horse', 'battery', 'staple'].join('-'),
];

const [AWS_KEY, SLACK_TOKEN, PASSWORD] = [
  redact(RAW_SECRETS[0]!),
  redact(RAW_SECRETS[1]!, ['xo', 'xb-'].join('')),
  redact(RAW_SECRETS[2]!),
] as const;

export const HIDDEN = '********';

/** A line with the redacted secret in the place of `$`, marked. */
function drawLine(line: number, template: string, secret: string): ExcerptLine {
  const start = template.indexOf('$');
  return { line, text: template.replace('$', () => secret), mark: { start, end: start + secret.length } };
}

const RULES: readonly RuleDescription[] = [
  {
    id: 'aws-secret-access-key',
    name: 'AWS secret access key',
    provider: 'AWS',
    description: 'Signs requests to AWS in the name of an IAM user, with whatever that user may do.',
    revoke:
      'IAM console → Users → Security credentials → deactivate, then delete the access key. See https://console.aws.amazon.com/iam/',
    workloadIdentity:
      'An IAM role: in GitHub Actions by OIDC (aws-actions/configure-aws-credentials with role-to-assume), on EC2, ECS, EKS and Lambda by the role of the workload.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html'],
    severity: 'critical',
    confidence: 'high',
  },
  {
    id: 'slack-bot-token',
    name: 'Slack bot token',
    provider: 'Slack',
    description: 'Lets its holder act as a Slack bot in the workspace that issued it.',
    revoke: 'api.slack.com → Your Apps → the app → OAuth & Permissions → Revoke tokens.',
    workloadIdentity: 'none',
    references: ['https://api.slack.com/authentication/token-types'],
    severity: 'high',
    confidence: 'high',
  },
  {
    id: 'generic-password',
    name: 'Password assigned to a credential-named key',
    provider: 'Generic',
    description: 'A literal stands where the name says password; whoever reads the file holds it.',
    revoke: 'Change it at the service that it opens.',
    workloadIdentity: 'unknown',
    references: [],
    severity: 'medium',
    confidence: 'medium',
  },
  {
    id: 'private-key',
    name: 'Private key <b onmouseover=alert(1)>"x"</b>',
    provider: '=Evil & Sons',
    description: '[click](javascript:alert(1)) @everyone `code` | ::error::x ##vso[task.complete]',
    revoke: 'Replace the key pair.\n::stop-commands::x',
    workloadIdentity: '<img src=x onerror=alert(1)>',
    references: ['javascript:alert(1)', 'https://example.com/?a=b&c=d'],
    severity: 'high',
    confidence: 'medium',
  },
];

export const SAMPLE_OPTIONS: FormatOptions = {
  describeRule: (ruleId) => RULES.find(({ id }) => id === ruleId),
  color: false,
  summary: true,
  verbose: false,
  width: 100,
  endedAt: '2026-03-01T12:00:05.400Z',
};

const RELATED: readonly Related[] = [
  { relation: 'part', ruleId: 'aws-access-key-id', path: '.github/workflows/deploy.yml', startLine: 11 },
  { relation: 'same-secret', ruleId: 'aws-secret-access-key', path: 'deploy/prod.env', startLine: 3 },
];

const FINDINGS: readonly Finding[] = [
  {
    fingerprint: '0123456789abcdef0123456789abcdef',
    ruleId: 'aws-secret-access-key',
    severity: 'critical',
    confidence: 'high',
    provenance: { kind: 'file', path: '.github/workflows/deploy.yml' },
    location: {
      path: '.github/workflows/deploy.yml',
      startLine: 12,
      startColumn: 34,
      endLine: 12,
      endColumn: 74,
    },
    secret: AWS_KEY,
    excerpt: [
      { line: 12, text: `          AWS_SECRET_ACCESS_KEY: wJa${HIDDEN}`, mark: { start: 33, end: 44 } },
    ],
    storage: { state: 'hardcoded', place: 'ci', keyPath: 'jobs.deploy.env.AWS_SECRET_ACCESS_KEY' },
    identity: { kind: 'access-key', provider: 'AWS', account: '123456789012', environment: 'live' },
    lifetime: 'long-lived',
    standards: mapStandards({
      ruleId: 'aws-secret-access-key',
      state: 'hardcoded',
      place: 'ci',
      path: '.github/workflows/deploy.yml',
      lifetime: 'long-lived',
      keyPath: 'jobs.deploy.env.AWS_SECRET_ACCESS_KEY',
      flags: ['reused'],
    }),
    decodedBy: [],
    related: RELATED,
    notes: [],
    lineHash: '271789c17abda88f:1',
  },
  {
    fingerprint: '0123456789abcdef0123456789abcdef',
    ruleId: 'aws-secret-access-key',
    severity: 'critical',
    confidence: 'high',
    provenance: { kind: 'file', path: 'deploy/prod.env' },
    location: { path: 'deploy/prod.env', startLine: 3, startColumn: 23, endLine: 3, endColumn: 63 },
    secret: AWS_KEY,
    excerpt: [drawLine(3, 'AWS_SECRET_ACCESS_KEY=$', AWS_KEY)],
    storage: { state: 'hardcoded', place: 'config' },
    lifetime: 'long-lived',
    standards: mapStandards({
      ruleId: 'aws-secret-access-key',
      state: 'hardcoded',
      place: 'config',
      path: 'deploy/prod.env',
      lifetime: 'long-lived',
      flags: ['reused'],
    }),
    decodedBy: [],
    related: Array.from({ length: 6 }, (_, index) => ({
      relation: 'same-secret' as const,
      ruleId: 'aws-secret-access-key',
      path: `services/${index}/.env`,
      startLine: index + 1,
    })),
    notes: ['checksum does not match: confidence lowered'],
  },
  {
    fingerprint: 'fedcba9876543210fedcba9876543210',
    ruleId: 'slack-bot-token',
    severity: 'high',
    confidence: 'high',
    provenance: {
      kind: 'commit',
      path: 'src/notify/client.ts',
      commit: '8f2c1d9e0b7a6f5e4d3c2b1a0f9e8d7c6b5a4f3e',
      author: 'Ada\u001b[31m <ada@example.com>',
      date: '2025-07-04T09:30:00Z',
    },
    location: { path: 'src/notify/client.ts', startLine: 118, startColumn: 60, endLine: 118, endColumn: 117 },
    secret: SLACK_TOKEN,
    excerpt: [
      drawLine(
        118,
        '\tconst slack = new WebClient(process.env.SLACK_TOKEN || "$", { retryConfig: fiveRetriesInFiveMinutes, logLevel: LogLevel.WARN });',
        SLACK_TOKEN,
      ),
    ],
    storage: { state: 'hardcoded-fallback', place: 'code' },
    identity: {
      kind: 'bot',
      provider: 'Slack',
      account: 'T0G9PQBBK',
      note: 'workspace id read from the token',
    },
    lifetime: 'long-lived',
    standards: mapStandards({
      ruleId: 'slack-bot-token',
      state: 'hardcoded-fallback',
      place: 'code',
      path: 'src/notify/client.ts',
      lifetime: 'long-lived',
      identityKind: 'bot',
      flags: [],
    }),
    decodedBy: [],
    related: [],
    notes: [],
  },
  {
    fingerprint: '00000000000000000000000000000001',
    ruleId: 'generic-password',
    severity: 'low',
    confidence: 'medium',
    provenance: { kind: 'file', path: 'test/データ/設定.yaml', untracked: true },
    location: { path: 'test/データ/設定.yaml', startLine: 7, startColumn: 14, endLine: 7, endColumn: 45 },
    secret: PASSWORD,
    excerpt: [drawLine(7, '  パスワード: $ # 本番', PASSWORD)],
    storage: { state: 'hardcoded-encoded', place: 'test', keyPath: 'spec[0].パスワード' },
    lifetime: 'unknown',
    standards: mapStandards({
      ruleId: 'generic-password',
      state: 'hardcoded-encoded',
      place: 'test',
      path: 'test/データ/設定.yaml',
      lifetime: 'unknown',
      flags: ['in-comment'],
    }),
    decodedBy: ['base64'],
    related: [],
    notes: ['it stands in a test', 'git does not track the file'],
  },
];

function createSlots(state: StorageState, count: number): Slot[] {
  return Array.from({ length: count }, (_, index) => ({
    path: `config/${index}.yaml`,
    startLine: index + 1,
    ruleId: 'generic-password',
    storage: { state, place: 'config' },
  }));
}

const SLOTS: readonly Slot[] = [
  ...createSlots('managed-reference', 30),
  ...createSlots('platform-secret', 11),
  ...createSlots('hardcoded', 9),
  ...createSlots('placeholder', 7),
];

/** An everyday report: complete, four findings. */
export const SAMPLE_REPORT: Report = {
  tool: { name: 'nhi-scan', version: '1.2.3', rulesHash: '0011223344556677' },
  complete: true,
  coverage: {
    files: { listed: 1240, scanned: 1206, skipped: { binary: 20, gitignored: 11, symlink: 3 }, failed: 0 },
    members: { listed: 14, scanned: 11, skipped: { binary: 2, 'unopened-archive': 1 }, failed: 0 },
    bytes: 12_345_678,
    durationMs: 843.2,
  },
  findings: FINDINGS,
  suppressed: [
    { by: 'placeholder', because: 'it says so itself: "changeme"', finding: FINDINGS[3]! },
    { by: 'placeholder', because: 'it repeats one character', finding: FINDINGS[3]! },
    { by: 'baseline', because: 'accepted on 2026-01-01: rotated next week', finding: FINDINGS[1]! },
  ],
  discarded: {},
  slots: SLOTS,
  diagnostics: [{ level: 'warning', subject: '.nhi-scan.yaml', message: 'allow entry 2 has expired' }],
};

export const EMPTY_REPORT: Report = {
  ...SAMPLE_REPORT,
  findings: [],
  suppressed: [],
  discarded: {},
  slots: createSlots('managed-reference', 1),
  diagnostics: [],
};

/** A report of many findings, to test limits. */
export function createLargeReport(count: number): Report {
  const findings = Array.from({ length: count }, (_, index): Finding => {
    const template = FINDINGS[index % FINDINGS.length]!;
    return { ...template, location: { ...template.location, path: `src/${index}.ts`, startLine: index + 1 } };
  });
  return { ...SAMPLE_REPORT, findings };
}

export function renderAll(output: ReturnType<Formatter>): string {
  return typeof output === 'string' ? output : [...output].join('');
}
