// The JSON Schema of the JSON report, version 1. docs/report.schema.json is this object, written out.
import { PLACES, STORAGE_STATES } from '../model/finding.ts';
import { CONFIDENCES, SEVERITIES } from '../model/rule.ts';

export type JsonSchema = { readonly [key: string]: unknown };

const TEXT: JsonSchema = { type: 'string' };
const TEXTS: JsonSchema = { type: 'array', items: TEXT };
const COUNT: JsonSchema = { type: 'integer', minimum: 0 };
const ORDINAL: JsonSchema = { type: 'integer', minimum: 1 };
const TIME: JsonSchema = { type: 'string', description: 'ISO 8601, UTC.' };

/** Names that end in `?` may be missing. */
function record(description: string, fields: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const entries = Object.entries(fields).map(([name, schema]) => ({
    name: name.replace(/\?$/, ''),
    isRequired: !name.endsWith('?'),
    schema,
  }));
  return {
    type: 'object',
    description,
    additionalProperties: false,
    required: entries.filter(({ isRequired }) => isRequired).map(({ name }) => name),
    properties: Object.fromEntries(entries.map(({ name, schema }) => [name, schema])),
  };
}

function list(description: string, items: JsonSchema): JsonSchema {
  return { type: 'array', description, items };
}

/** @param names the keys that are known; left out where further ones may come */
function counts(description: string, names?: readonly string[]): JsonSchema {
  return {
    type: 'object',
    description,
    ...(names === undefined ? {} : { propertyNames: { enum: names } }),
    additionalProperties: COUNT,
  };
}

function withNote(schema: JsonSchema, description: string): JsonSchema {
  return { ...schema, description };
}

function createInputCounts(description: string): JsonSchema {
  return record(description, {
    listed: COUNT,
    scanned: COUNT,
    skipped: counts('Not scanned by design, by reason.'),
    failed: COUNT,
  });
}

const IDENTITY: JsonSchema = record('Whose machine identity it is, as far as it can be read offline.', {
  kind: withNote(TEXT, 'Kind of machine identity, such as `bot` or `service-account`.'),
  provider: TEXT,
  'account?': TEXT,
  'subject?': TEXT,
  'issuer?': TEXT,
  'environment?': withNote(TEXT, '`live`, `test` …, where the credential says so.'),
  'createdAt?': TIME,
  'expiresAt?': TIME,
  'note?': TEXT,
});

const STANDARDS: JsonSchema = record('The profile, and the ids of standards that the evidence supports.', {
  profile: { const: 'NHI-03', description: 'The profile of the tool. Not item 3 of the OWASP list.' },
  owaspNhi2025: withNote(TEXTS, 'OWASP Non-Human Identities Top 10 – 2025, such as `NHI2:2025`.'),
  cwe: withNote(TEXTS, 'Such as `CWE-798`; the most specific first.'),
  nistCsf: withNote(TEXTS, 'NIST Cybersecurity Framework 2.0, such as `PR.AA-01`.'),
  attack: withNote(TEXTS, 'MITRE ATT&CK, such as `T1552.001`.'),
});

const FINDING: JsonSchema = record('A credential outside a secrets manager.', {
  fingerprint: withNote(TEXT, 'Stable id of rule and secret: survives moves, reindents and renames.'),
  ruleId: TEXT,
  ruleName: TEXT,
  provider: TEXT,
  severity: { enum: SEVERITIES },
  confidence: { enum: CONFIDENCES },
  path: withNote(TEXT, 'Relative to the scanned root, forward slashes; members of a container follow a `!`.'),
  startLine: ORDINAL,
  startColumn: withNote(ORDINAL, 'UTF-16 code units.'),
  endLine: ORDINAL,
  endColumn: withNote(ORDINAL, 'Exclusive.'),
  'commit?': withNote(TEXT, 'The oldest commit that holds it, for a scan of history.'),
  'firstSeen?': withNote(TIME, 'When that commit was written.'),
  'present?': {
    type: 'boolean',
    description: 'For a scan of history: false where the current tree no longer holds it.',
  },
  'versions?': withNote(ORDINAL, 'For a scan of history: contents under this path that hold it.'),
  'paths?': withNote(ORDINAL, 'For a scan of history: paths under which its content was committed.'),
  secret: withNote(TEXT, 'Redacted, unless secrets were asked for.'),
  storage: record('How and where it is stored.', {
    state: { enum: STORAGE_STATES },
    place: { enum: PLACES },
    'keyPath?': withNote(TEXT, 'Path of the key in a structured file.'),
  }),
  'identity?': IDENTITY,
  lifetime: { enum: ['long-lived', 'expiring', 'short-lived', 'unknown'] },
  standards: STANDARDS,
  revoke: withNote(TEXT, 'Where and how a person revokes it.'),
  'workloadIdentity?': withNote(TEXT, 'What replaces it without a stored secret.'),
  related: list(
    'Parts of a composite credential, and other places that hold the same secret.',
    record('Another place.', {
      relation: { enum: ['part', 'same-secret'] },
      ruleId: TEXT,
      path: TEXT,
      startLine: ORDINAL,
    }),
  ),
});

/** Draft 2020-12. */
export const REPORT_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'nhi-scan report, version 1',
  ...record('What one scan found, what it did not report, and what it did not scan.', {
    schemaVersion: { const: 1 },
    tool: record('What wrote the report.', {
      name: TEXT,
      version: TEXT,
      rulesHash: withNote(TEXT, 'Identity of the set of rules.'),
    }),
    complete: { type: 'boolean', description: 'False when anything that should have been scanned was not.' },
    coverage: record('What was scanned.', {
      files: createInputCounts('Inputs: `listed = scanned + failed + Σ skipped`.'),
      members: createInputCounts(
        'Files in archives, in the same way. Those that failed may have been scanned in part.',
      ),
      bytes: COUNT,
      durationMs: COUNT,
    }),
    findings: list('Sorted by path, line, column and rule.', FINDING),
    slots: record('Places that hold a credential, whatever its state.', {
      total: COUNT,
      byState: counts('By storage state.', STORAGE_STATES),
      byPlace: counts('By place.', PLACES),
    }),
    suppressed: record('What is not reported.', { total: COUNT, by: counts('By reason.') }),
    diagnostics: list(
      'Problems with single inputs.',
      record('An error makes the report incomplete.', {
        level: { enum: ['warning', 'error'] },
        subject: TEXT,
        message: TEXT,
      }),
    ),
  }),
};
