// Reads `.nhi-scan.yaml`: YAML → Config, every field checked.
import type { FieldRecord } from '../fields/field.ts';
import type { ReadDocument } from '../fields/read-document.ts';
import { readDocument } from '../fields/read-document.ts';
import type { AllowEntry, Config } from '../model/config.ts';
import { DEFAULT_CONFIG } from '../model/config.ts';
import type { Confidence, Severity } from '../model/rule.ts';
import { looksLikeName, nearest, UserError } from '../model/user-error.ts';
import { CONFIG_FIELDS } from './config-fields.ts';

export interface ConfigContext {
  /** File name for messages. */
  readonly file: string;
  /** Every rule id that the file may name. */
  readonly ruleIds: readonly string[];
  /** Why a pattern is refused, and what helps; undefined when it is safe to run. */
  readonly lintPattern: (pattern: string) => { problem: string; remedy: string } | undefined;
}

/** @throws UserError with file, line, column and a hint */
export function parseConfig(text: string, context: ConfigContext): Config {
  if (text.replace(/#[^\n]*/g, '').trim() === '') return DEFAULT_CONFIG;
  const document = readDocument(text, context.file, CONFIG_FIELDS);
  const { record } = document;
  const disabledRules = (record['disable'] ?? []) as string[];
  checkRuleIds(disabledRules, (index) => document.placeOfItem(record, 'disable', index), context);
  const allow = ((record['allow'] ?? []) as FieldRecord[]).map((entry) =>
    readAllow(entry, document, context),
  );
  return {
    severity: (record['severity'] ?? DEFAULT_CONFIG.severity) as Severity,
    confidence: (record['confidence'] ?? DEFAULT_CONFIG.confidence) as Confidence,
    exclude: (record['exclude'] ?? []) as string[],
    maxFileSizeBytes: (record['max_file_size'] ?? DEFAULT_CONFIG.maxFileSizeBytes) as number,
    disabledRules,
    allow,
    ...(record['max_age_days'] === undefined ? {} : { maxAgeDays: record['max_age_days'] as number }),
  };
}

function readAllow(entry: FieldRecord, document: ReadDocument, context: ConfigContext): AllowEntry {
  if (!entry['paths'] && !entry['rules'] && !entry['pattern']) {
    throw new UserError('an entry of `allow` without a condition would accept everything', {
      place: document.placeOf(entry),
      hint: 'give it `paths`, `rules` or `pattern`',
    });
  }
  const rules = (entry['rules'] ?? []) as string[];
  checkRuleIds(rules, (index) => document.placeOfItem(entry, 'rules', index), context);
  checkPattern(entry, document, context);
  return { ...entry } as unknown as AllowEntry;
}

type PlaceOf = (index: number) => string;

function checkRuleIds(ids: readonly string[], placeOf: PlaceOf, { ruleIds }: ConfigContext): void {
  const index = ids.findIndex((id) => !ruleIds.includes(id));
  const unknown = ids[index];
  if (unknown === undefined) return;
  const guess = nearest(unknown, ruleIds);
  throw new UserError(looksLikeName(unknown) ? `there is no rule '${unknown}'` : 'there is no such rule', {
    place: placeOf(index),
    hint: guess ? `did you mean '${guess}'?` : 'see `nhi-scan rules list`',
  });
}

function checkPattern(entry: FieldRecord, document: ReadDocument, { lintPattern }: ConfigContext): void {
  const pattern = entry['pattern'] as string | undefined;
  const complaint = pattern === undefined ? undefined : lintPattern(pattern);
  if (complaint === undefined) return;
  throw new UserError(`the pattern is refused: ${complaint.problem}`, {
    place: document.placeOfItem(entry, 'pattern'),
    hint: complaint.remedy,
  });
}
