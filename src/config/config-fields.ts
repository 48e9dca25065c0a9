// The field table of `.nhi-scan.yaml`: parser, JSON Schema and documentation are made from it.
import type { Field } from '../fields/field.ts';
import { choice, optional, required, STRING, STRINGS } from '../fields/field.ts';
import { CONFIDENCES, SEVERITIES } from '../model/rule.ts';

const ALLOW_FIELDS: readonly Field[] = [
  optional('paths', STRINGS, 'Globs in .gitignore syntax, relative to the scanned root.'),
  optional('rules', STRINGS, 'Rule ids.'),
  optional('pattern', STRING, 'Bounded JavaScript regular expression, tried on the secret.'),
  required('reason', STRING, 'Why this is acceptable. Reports show it.'),
  optional('expires', { kind: 'date' }, 'Last day (YYYY-MM-DD) on which the entry holds.'),
];

export const CONFIG_FIELDS: readonly Field[] = [
  optional('severity', choice(SEVERITIES), 'Lowest severity that is reported. Default: low.'),
  optional('confidence', choice(CONFIDENCES), 'Lowest confidence that is reported. Default: medium.'),
  optional('exclude', STRINGS, 'Globs in .gitignore syntax of what is not scanned.'),
  optional(
    'max_file_size',
    { kind: 'size' },
    'Files larger than this are skipped: bytes, or 10M. Default: no limit.',
  ),
  optional(
    'max_age_days',
    { kind: 'number', min: 1, max: 36_500 },
    'Credentials known to be older, from history or from their own text, are one level more severe.',
  ),
  optional('disable', STRINGS, 'Ids of rules that are not run.'),
  optional(
    'allow',
    { kind: 'records', fields: ALLOW_FIELDS },
    'Findings that are accepted. All the conditions of an entry must hold, and it needs at least one.',
  ),
];
