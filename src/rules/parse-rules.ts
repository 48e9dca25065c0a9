// Reads a rule file: YAML → Rule, every field checked, every pattern linted.
import type { FieldRecord } from '../fields/field.ts';
import type { ReadDocument } from '../fields/read-document.ts';
import { readDocument } from '../fields/read-document.ts';
import { CHECKSUMS } from '../model/checksum/registry.ts';
import type {
  Confidence,
  IdentityHint,
  Lifetime,
  NegativeExample,
  Requirement,
  Rule,
  RuleExample,
  RuleKind,
  RuleShape,
  Severity,
} from '../model/rule.ts';
import { looksLikeName, nearest, UserError } from '../model/user-error.ts';
import { buildAssignmentPattern, listAssignmentKeywords } from './assignment.ts';
import { findBytesAfterKeywords, findBytesBefore } from './keyword-neighbours.ts';
import { isComplaint, lintPattern } from './lint-pattern.ts';
import { LITERAL_ASSIGNMENT } from './literal-assignment.ts';
import { REQUIRED_SHARED_FIELDS, RULE_FILE_FIELDS } from './rule-fields.ts';
import { readPosture } from './read-posture.ts';
import { findSecretRun } from './value-run.ts';

const MIN_KEYWORD_BYTES = 3;
const ASSIGNMENT_ENTROPY = 3;

/** A rule and where it stands, for complaints about the set as a whole. */
export interface PlacedRule {
  readonly rule: Rule;
  /** `file:line:column`. */
  readonly place: string;
}

/**
 * @param file name for messages
 * @throws UserError with place and remedy for anything that does not make a rule
 */
export function parseRules(text: string, file: string): PlacedRule[] {
  const document = readDocument(text, file, RULE_FILE_FIELDS);
  const provider = document.record['provider'] as string;
  const defaults = (document.record['defaults'] ?? {}) as FieldRecord;
  return (document.record['rules'] as FieldRecord[]).map((record) => ({
    rule: readRule({ record, defaults, provider, document }),
    place: document.placeOf(record),
  }));
}

interface RuleSource {
  readonly record: FieldRecord;
  readonly defaults: FieldRecord;
  readonly provider: string;
  readonly document: ReadDocument;
}

function readRule(source: RuleSource): Rule {
  const { record, document } = source;
  const fields: FieldRecord = { ...source.defaults, ...record };
  checkId(source);
  checkShared(fields, source);
  const matching = readMatching(source);
  return {
    id: fields['id'] as string,
    kind: (fields['kind'] ?? 'secret') as RuleKind,
    shape: fields['shape'] as RuleShape,
    ...matching,
    assigned: record['assigned'] === true,
    literal: ((record['pattern'] ?? '') as string).includes('<literal>'),
    ...readChecksum(record, document),
    severity: fields['severity'] as Severity,
    confidence: fields['confidence'] as Confidence,
    lifetime: fields['lifetime'] as Lifetime,
    ...(fields['identity'] ? { identity: fields['identity'] as unknown as IdentityHint } : {}),
    opensSecrets: record['opens_secrets'] === true,
    requires: readRequirements(record),
    ...(record['files'] === undefined ? {} : { files: record['files'] as string[] }),
    ...readPosture(record, document),
    name: fields['name'] as string,
    provider: source.provider,
    description: fields['description'] as string,
    revoke: fields['revoke'] as string,
    workloadIdentity: fields['workload_identity'] as string,
    references: (fields['references'] ?? []) as string[],
    examples: readExamples(source),
    negativeExamples: record['negative_examples'] as unknown as NegativeExample[],
  };
}

function checkId({ record, document }: RuleSource): void {
  const id = record['id'] as string;
  if (/^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(id)) return;
  throw new UserError(looksLikeName(id) ? `'${id}' is not a rule id` : 'this is not a rule id', {
    place: document.placeOf(record, 'id'),
    hint: 'write it as provider-credential, in kebab-case',
  });
}

function checkShared(fields: FieldRecord, { record, document }: RuleSource): void {
  const missing = REQUIRED_SHARED_FIELDS.find((field) => fields[field.name] === undefined);
  if (!missing) return;
  throw new UserError(`missing field '${missing.name}'`, {
    place: document.placeOf(record),
    hint: `add it to the rule or to the file's defaults: ${missing.doc}`,
  });
}

type Matching = Pick<Rule, 'keywords' | 'pattern' | 'ignoreCase' | 'lookback' | 'reach' | 'entropy' | 'valueRun' | 'beforeKeyword' | 'afterKeyword'>;

function readMatching({ record, document }: RuleSource): Matching {
  const source = readPattern(record, document);
  checkKeywords(source.keywords, record, document);
  const ignoreCase = record['ignore_case'] === true;
  const lookback = lookbackOf(record);
  const facts = lintPattern({ ...source, ignoreCase, lookback });
  if (isComplaint(facts)) {
    throw new UserError(`rule '${String(record['id'])}': ${facts.problem}`, {
      place: document.placeOf(record, source.isAssignment ? 'assignment' : 'pattern'),
      hint: facts.remedy,
    });
  }
  const { keywords, pattern, isAssignment } = source;
  const entropy = (record['entropy'] ?? (isAssignment ? ASSIGNMENT_ENTROPY : undefined)) as number | undefined;
  const longest = Math.max(...keywords.map((keyword) => keyword.length));
  // What an assignment begins with is a whole name, and that with its keyword.
  const isHead = (minLength: number): boolean => isAssignment || minLength >= longest;
  const valueRun = lookback === 0 ? findSecretRun({ pattern, ignoreCase, keywords }, isHead) : undefined;
  const beforeKeyword = lookback === 0 ? findBytesBefore(pattern, ignoreCase) : undefined;
  const afterKeyword = lookback === 0 ? findBytesAfterKeywords(pattern, keywords, ignoreCase) : {};
  return {
    keywords,
    pattern,
    ignoreCase,
    lookback,
    reach: facts.reach,
    ...(entropy === undefined ? {} : { entropy }),
    ...(valueRun === undefined ? {} : { valueRun }),
    ...(beforeKeyword === undefined ? {} : { beforeKeyword }),
    ...(Object.keys(afterKeyword).length === 0 ? {} : { afterKeyword }),
  };
}

interface RulePattern {
  readonly keywords: readonly string[];
  readonly pattern: string;
  readonly isAssignment: boolean;
}

function readPattern(record: FieldRecord, document: ReadDocument): RulePattern {
  const assignment = record['assignment'] as FieldRecord | undefined;
  // `<literal>` stands for an operator and any literal behind it.
  const pattern = (record['pattern'] as string | undefined)?.replace('<literal>', LITERAL_ASSIGNMENT);
  if ((assignment === undefined) === (pattern === undefined)) {
    throw new UserError('a rule has either `keywords` and `pattern`, or `assignment`', {
      place: document.placeOf(record),
    });
  }
  if (pattern !== undefined) return { keywords: (record['keywords'] ?? []) as string[], pattern, isAssignment: false };
  const names = assignment!['names'] as string[];
  return {
    keywords: listAssignmentKeywords(names),
    pattern: buildAssignmentPattern(names, assignment!['value'] as string),
    isAssignment: true,
  };
}

/** A rule of files has no keyword with which a match could begin. */
function lookbackOf({ lookback, files }: FieldRecord): number {
  return (lookback as number | undefined) ?? (files === undefined ? 0 : 1);
}

function checkKeywords(keywords: readonly string[], record: FieldRecord, document: ReadDocument): void {
  // The name of the file stands in for a keyword.
  if (record['files'] !== undefined) return;
  const short = keywords.find((keyword) => Buffer.byteLength(keyword) < MIN_KEYWORD_BYTES);
  if (keywords.length > 0 && short === undefined) return;
  throw new UserError(short === undefined ? 'a rule needs keywords' : `the keyword '${short}' is too short`, {
    place: document.placeOf(record, 'keywords'),
    hint: `name literals of at least ${MIN_KEYWORD_BYTES} bytes, one of which begins every match`,
  });
}

function readChecksum(record: FieldRecord, document: ReadDocument): { checksum?: string } {
  const checksum = record['checksum'] as string | undefined;
  if (checksum === undefined) return {};
  if (checksum in CHECKSUMS) return { checksum };
  const guess = nearest(checksum, Object.keys(CHECKSUMS));
  throw new UserError(looksLikeName(checksum) ? `unknown checksum '${checksum}'` : 'unknown checksum', {
    place: document.placeOf(record, 'checksum'),
    hint: guess ? `did you mean '${guess}'?` : `known: ${Object.keys(CHECKSUMS).join(', ')}`,
  });
}

function readRequirements(record: FieldRecord): Requirement[] {
  return ((record['requires'] ?? []) as FieldRecord[]).map((item) => ({
    rule: item['rule'] as string,
    withinLines: item['within_lines'] as number,
    optional: item['optional'] === true,
  }));
}

function readExamples({ record, document }: RuleSource): RuleExample[] {
  const examples = record['examples'] as unknown as RuleExample[];
  const lacking = examples.find((example) => !example.in.every((context) => context.includes('$SECRET')));
  if (lacking || examples.length === 0 || (record['negative_examples'] as unknown[]).length === 0) {
    throw new UserError(
      lacking ? 'every context of an example holds $SECRET' : 'a rule needs examples and negative examples',
      { place: document.placeOf(record, 'examples') },
    );
  }
  const field = ['examples', 'negative_examples'].find((name) => JSON.stringify(record[name]).includes('<checksum>'));
  if (field !== undefined && record['checksum'] === undefined) {
    throw new UserError('`<checksum>` stands in a rule that has no checksum', {
      place: document.placeOf(record, field),
      hint: 'declare `checksum`, or spell the characters out as another hole',
    });
  }
  return examples;
}
