// The field table of a rule file: parser, JSON Schema and documentation are made from it.
import type { Field } from '../fields/field.ts';
import { BOOLEAN, choice, optional, required, STRING, STRINGS } from '../fields/field.ts';
import { DECODER_NAMES } from '../model/decoder-names.ts';
import { CONFIDENCES, SEVERITIES } from '../model/rule.ts';

const LIFETIME: Field = required(
  'lifetime',
  choice(['long-lived', 'expiring', 'short-lived', 'unknown']),
  'How long the credential lives by itself; `unknown` when the facts do not say.',
);
const IDENTITY: Field = optional(
  'identity',
  {
    kind: 'record',
    fields: [
      required('kind', STRING, 'Kind of machine identity, such as `api-key`, `bot`, `service-account`.'),
      optional('decoder', choice(DECODER_NAMES), 'Decoder that reads more from the value, offline.'),
      optional('environment', STRING, '`live`, `test` …, where the rule itself decides it.'),
    ],
  },
  'What can be said of the machine identity.',
);
const REVOKE: Field = required('revoke', STRING, 'Where and how a person revokes the credential.');
const WORKLOAD_IDENTITY: Field = required(
  'workload_identity',
  STRING,
  'What replaces it without a stored secret; `none` where nothing does; `unknown`.',
);
const REFERENCES: Field = optional('references', STRINGS, 'Vendor documentation.');

const POSTURE: Field = optional(
  'where',
  {
    kind: 'record',
    fields: [
      required('files', STRINGS, 'Globs of the files.'),
      optional('key', STRING, 'Key path of the match; `*` is one key or index, `**` any number.'),
      optional(
        'near',
        {
          kind: 'records',
          fields: [
            required('key', STRING, 'Key in the nearest enclosing mapping that has it.'),
            optional('has', STRING, 'Pattern that one of its values must fit.'),
            optional('lacks', STRING, 'Pattern that none of its values may fit.'),
          ],
        },
        'What else must stand around it.',
      ),
      optional('differs', STRING, 'Key of an enclosing mapping whose values must differ between matches.'),
      optional('shown', BOOLEAN, 'True where the pattern captures no credential.'),
      required('standards', STRINGS, 'Ids of standards that it is evidence for.'),
    ],
  },
  'For rules of kind `posture`: where a match is wrong.',
);

const EXAMPLE_FIELDS: readonly Field[] = [
  required('secret', STRING, 'Template of the secret that must be captured exactly.'),
  required('in', STRINGS, 'Contexts in which `$SECRET` stands for the secret.'),
  optional('path', STRING, 'File name under which the contexts are scanned.'),
];

const NEGATIVE_FIELDS: readonly Field[] = [
  required('text', STRING, 'Text in which this rule must report nothing.'),
  required('because', STRING, 'Why not.'),
  optional('path', STRING, 'File name under which the text is scanned.'),
];

const RULE_FIELDS: readonly Field[] = [
  required('id', STRING, 'Stable id, `provider-credential` in kebab-case.'),
  required('name', STRING, 'What a person calls the credential.'),
  required('description', STRING, 'What its holder can do, in one sentence.'),
  optional('kind', choice(['secret', 'public', 'helper', 'slot', 'posture']), '`secret` when left out.'),
  required('severity', choice(SEVERITIES), 'How bad, if the credential is live.'),
  required('confidence', choice(CONFIDENCES), 'How sure, when the pattern matched.'),
  required('shape', choice(['prefixed', 'structured', 'contextual', 'generic']), 'How it is recognised.'),
  optional('files', STRINGS, 'Globs of files at whose beginning the pattern is tried, in place of keywords.'),
  optional('keywords', STRINGS, 'Literals, one of which begins every match.'),
  optional('pattern', STRING, 'Bounded JavaScript regular expression; the group `secret` is the secret.'),
  optional(
    'assignment',
    {
      kind: 'record',
      fields: [
        required('names', STRINGS, 'Variable names; `_` stands for any separator or none.'),
        required('value', STRING, 'Pattern of the value.'),
      ],
    },
    'Instead of keywords and pattern: a value that its name makes meaningful.',
  ),
  optional('ignore_case', BOOLEAN, 'Compares the pattern without case.'),
  optional('assigned', BOOLEAN, 'Tries the pattern only where a value is assigned after the keyword.'),
  optional('lookback', { kind: 'number', min: 0, max: 256 }, 'Bytes a match may begin before its keyword.'),
  optional('entropy', { kind: 'number', min: 0, max: 8 }, 'Minimum Shannon entropy, bits per character.'),
  optional('checksum', STRING, 'Checksum family that the secret carries.'),
  IDENTITY,
  optional('opens_secrets', BOOLEAN, 'True for a credential that opens a secrets manager.'),
  optional(
    'requires',
    {
      kind: 'records',
      fields: [
        required('rule', STRING, 'Id of the rule of the other part.'),
        required('within_lines', { kind: 'number', min: 0, max: 200 }, 'How near it must stand.'),
        optional('optional', BOOLEAN, 'True for a part that enriches but is not needed.'),
      ],
    },
    'Other parts of a composite credential.',
  ),
  POSTURE,
  LIFETIME,
  REVOKE,
  WORKLOAD_IDENTITY,
  REFERENCES,
  required('examples', { kind: 'records', fields: EXAMPLE_FIELDS }, 'What must be found.'),
  required('negative_examples', { kind: 'records', fields: NEGATIVE_FIELDS }, 'What must not be found.'),
];

/** Fields that a file may state once for all its rules. */
const SHARED_FIELDS: readonly Field[] = [LIFETIME, REVOKE, WORKLOAD_IDENTITY, REFERENCES, IDENTITY];

const SHARED_NAMES: ReadonlySet<string> = new Set(SHARED_FIELDS.map((field) => field.name));

/** In a rule, a field that the file's defaults may give is not required by itself. */
export const RULE_FILE_FIELDS: readonly Field[] = [
  required('provider', STRING, 'The company or product, as it spells itself.'),
  optional(
    'defaults',
    { kind: 'record', fields: SHARED_FIELDS.map((field) => ({ ...field, required: false })) },
    'Fields that the rules of this file share.',
  ),
  required(
    'rules',
    {
      kind: 'records',
      fields: RULE_FIELDS.map((field) => (SHARED_NAMES.has(field.name) ? { ...field, required: false } : field)),
    },
    'The rules.',
  ),
];

/** Shared fields that must be given in one of the two places. */
export const REQUIRED_SHARED_FIELDS: readonly Field[] = SHARED_FIELDS.filter((field) => field.required);

export { RULE_FIELDS };
