// The JSON report, version 1, and its findings one a line. Frozen: field for field what docs/report.schema.json says.
import type { Finding, Identity, ObjectionKind, Related, StandardIds, Storage } from '../model/finding.ts';
import type { Coverage, Diagnostic, InputCounts, Report, SlotSummary, Tool } from '../model/report.ts';
import { summariseSlots } from '../model/report.ts';
import type { Confidence, Lifetime, Severity } from '../model/rule.ts';
import type { Format, FormatOptions } from './formatter.ts';
import { joinChunks } from './formatter.ts';
import { describeRuleOf, replacementOf } from './rule-text.ts';
import { countObjections, sumCounts } from './summary.ts';
import { commitOf } from './wording.ts';
import { toJsonLine, writeJson } from './write-json.ts';

/** A finding in version 1. */
export interface JsonFinding {
  readonly fingerprint: string;
  readonly ruleId: string;
  readonly ruleName: string;
  readonly provider: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly path: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly commit?: string;
  /** ISO 8601, UTC. */
  readonly firstSeen?: string;
  readonly present?: boolean;
  readonly versions?: number;
  readonly paths?: number;
  /** Redacted, unless the user asked for secrets on this run. */
  readonly secret: string;
  readonly storage: Omit<Storage, 'manager'>;
  readonly identity?: Identity;
  readonly lifetime: Lifetime;
  readonly standards: StandardIds;
  readonly revoke: string;
  readonly workloadIdentity?: string;
  readonly related: readonly Related[];
}

/** The report in version 1. */
interface JsonReport {
  readonly schemaVersion: 1;
  readonly tool: Tool;
  readonly complete: boolean;
  readonly coverage: Coverage;
  readonly findings: Iterable<JsonFinding>;
  readonly slots: SlotSummary;
  readonly suppressed: {
    readonly total: number;
    readonly by: Readonly<Partial<Record<ObjectionKind, number>>>;
  };
  readonly diagnostics: readonly Diagnostic[];
}

export const JSON_REPORT: Format = {
  description: 'everything, for programs (version 1, docs/report.schema.json)',
  fileExtension: 'json',
  format: (report, options) => joinChunks(writeJson(toJsonReport(report, options))),
};

export const JSON_LINES: Format = {
  description: 'one finding of the JSON report a line',
  fileExtension: 'jsonl',
  format: (report, options) => joinChunks(writeLines(report, options)),
};

function toJsonReport(report: Report, options: FormatOptions): JsonReport {
  const { name, version, rulesHash } = report.tool;
  return {
    schemaVersion: 1,
    tool: { name, version, rulesHash },
    complete: report.complete,
    coverage: toCoverage(report.coverage),
    findings: eachFinding(report, options),
    slots: summariseSlots(report.slots),
    suppressed: toSuppressed(report),
    diagnostics: report.diagnostics.map(({ level, subject, message }) => ({ level, subject, message })),
  };
}

function toSuppressed(report: Report): JsonReport['suppressed'] {
  const by = countObjections(report);
  return { total: sumCounts(by), by };
}

function toCoverage({ files, members, bytes, durationMs }: Coverage): Coverage {
  return {
    files: toCounts(files),
    members: toCounts(members),
    bytes,
    durationMs: Math.round(durationMs),
  };
}

function toCounts({ listed, scanned, skipped, failed }: InputCounts): InputCounts {
  return { listed, scanned, skipped, failed };
}

function* eachFinding({ findings }: Report, options: FormatOptions): Generator<JsonFinding> {
  for (const finding of findings) yield toJsonFinding(finding, options);
}

function* writeLines(report: Report, options: FormatOptions): Generator<string> {
  for (const finding of eachFinding(report, options)) yield `${toJsonLine(finding)}\n`;
}

function toJsonFinding(finding: Finding, options: FormatOptions): JsonFinding {
  const { location, storage, standards } = finding;
  const rule = describeRuleOf(finding, options);
  const commit = commitOf(finding.provenance)?.commit;
  const replacement = replacementOf(rule);
  return {
    fingerprint: finding.fingerprint,
    ruleId: finding.ruleId,
    ruleName: rule.name,
    provider: rule.provider,
    severity: finding.severity,
    confidence: finding.confidence,
    path: location.path,
    startLine: location.startLine,
    startColumn: location.startColumn,
    endLine: location.endLine,
    endColumn: location.endColumn,
    ...(commit === undefined ? {} : { commit }),
    ...toJsonHistory(finding),
    secret: finding.secret,
    storage: {
      state: storage.state,
      place: storage.place,
      ...(storage.keyPath === undefined ? {} : { keyPath: storage.keyPath }),
    },
    ...(finding.identity === undefined ? {} : { identity: toJsonIdentity(finding.identity) }),
    lifetime: finding.lifetime,
    standards: {
      profile: standards.profile,
      owaspNhi2025: standards.owaspNhi2025,
      cwe: standards.cwe,
      nistCsf: standards.nistCsf,
      attack: standards.attack,
    },
    revoke: rule.revoke,
    ...(replacement === undefined ? {} : { workloadIdentity: replacement }),
    related: finding.related.map(({ relation, ruleId, path, startLine }) => ({
      relation,
      ruleId,
      path,
      startLine,
    })),
  };
}

function toJsonHistory({
  history,
}: Finding): Pick<JsonFinding, 'firstSeen' | 'present' | 'versions' | 'paths'> {
  if (history === undefined) return {};
  const { firstSeen, present, versions, paths } = history;
  return { ...(firstSeen === undefined ? {} : { firstSeen }), present, versions, paths };
}

const IDENTITY_FIELDS: readonly (keyof Identity)[] = [
  'kind',
  'provider',
  'account',
  'subject',
  'issuer',
  'environment',
  'createdAt',
  'expiresAt',
  'note',
];

function toJsonIdentity(identity: Identity): Identity {
  const fields = IDENTITY_FIELDS.filter((field) => identity[field] !== undefined);
  return Object.fromEntries(fields.map((field) => [field, identity[field]])) as unknown as Identity;
}
