// Reads a file of the reference catalogue: YAML → references, every field checked, every pattern linted.
import type { Field, FieldRecord } from '../fields/field.ts';
import { BOOLEAN, choice, optional, required, STRING, STRINGS } from '../fields/field.ts';
import type { ReadDocument } from '../fields/read-document.ts';
import { readDocument } from '../fields/read-document.ts';
import type { Place } from '../model/finding.ts';
import { PLACES } from '../model/finding.ts';
import type { DocumentedReference, PatternReference, ReferenceEntry, ReferenceState } from '../model/reference.ts';
import { REFERENCE_STATES } from '../model/reference.ts';
import { UserError } from '../model/user-error.ts';
import { isComplaint, lintPattern } from './lint-pattern.ts';

const FORMS: readonly ReferenceEntry['form'][] = ['value', 'line', 'key', 'words', 'digest'];

const ENTRY_FIELDS: readonly Field[] = [
  required('id', STRING, 'Unique id in kebab-case, such as `vault-bank-vaults`.'),
  required('state', choice(REFERENCE_STATES), 'The state of a slot that holds such a value.'),
  required('form', choice(FORMS), 'What the pattern is tried on; `words` and `digest` have none.'),
  optional('keywords', STRINGS, 'Literals, one of which must occur; in form `line` every match begins with one.'),
  optional('pattern', STRING, 'Bounded JavaScript regular expression with the groups `path` and `fallback`.'),
  optional('ignore_case', BOOLEAN, 'Compares the pattern without case.'),
  optional('languages', STRINGS, 'Languages or file kinds in which alone the form has this meaning.'),
  optional('places', STRINGS, 'Places in which alone the form has this meaning.'),
  optional('weak', STRINGS, 'Form `words`: words that need company of the lists alone.'),
  optional('fillers', STRINGS, 'Form `words`: words that say nothing by themselves.'),
  optional('digests', STRINGS, 'Form `digest`: `length:first 16 hexadecimal digits of the SHA-256`.'),
  required('examples', STRINGS, 'Texts that it names; `«…»` marks the value.'),
  required('negatives', STRINGS, 'Texts that it does not name.'),
];

const FILE_FIELDS: readonly Field[] = [
  required('system', STRING, 'The manager, platform or language, as people call it.'),
  required('entries', { kind: 'records', fields: ENTRY_FIELDS }, 'Its forms.'),
];

/** A reference and where it stands, for complaints about the catalogue as a whole. */
export interface PlacedReference extends DocumentedReference {
  /** `file:line:column`. */
  readonly place: string;
}

/**
 * @param file name for messages
 * @throws UserError with place and remedy for anything that does not make a reference
 */
export function parseReferences(text: string, file: string): PlacedReference[] {
  const document = readDocument(text, file, FILE_FIELDS);
  const system = document.record['system'] as string;
  return (document.record['entries'] as FieldRecord[]).map((record) => ({
    entry: readEntry(record, system, document),
    examples: readTexts('examples', record, document),
    negatives: readTexts('negatives', record, document),
    place: document.placeOf(record),
  }));
}

/** @throws UserError for an id that stands twice */
export function checkReferences(placed: readonly PlacedReference[]): void {
  const places = new Map<string, string>();
  for (const { entry, place } of placed) {
    const first = places.get(entry.id);
    if (first) throw new UserError(`duplicate reference id '${entry.id}'`, { place, hint: `also in ${first}` });
    places.set(entry.id, place);
  }
}

function readEntry(record: FieldRecord, system: string, document: ReadDocument): ReferenceEntry {
  const id = record['id'] as string;
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(id)) {
    throw new UserError(`'${id}' is not a reference id`, {
      place: document.placeOf(record, 'id'),
      hint: 'write it as system-form, in kebab-case',
    });
  }
  const base = {
    id,
    system,
    state: record['state'] as ReferenceState,
    ...(record['languages'] ? { languages: record['languages'] as string[] } : {}),
    ...(record['places'] ? { places: readPlaces(record, document) } : {}),
  };
  const form = record['form'] as ReferenceEntry['form'];
  if (form === 'digest') return { ...base, form, digests: readDigests(record, document) };
  const keywords = requireTexts('keywords', record, document).map((keyword) => keyword.toLowerCase());
  if (form === 'words') {
    const [weak, fillers] = [requireTexts('weak', record, document), requireTexts('fillers', record, document)];
    return { ...base, form, keywords, weak, fillers };
  }
  return { ...base, form, keywords, ...readPattern({ record, form, keywords, document }) };
}

interface PatternSource {
  readonly record: FieldRecord;
  readonly form: PatternReference['form'];
  readonly keywords: readonly string[];
  readonly document: ReadDocument;
}

function readPattern({ record, form, keywords, document }: PatternSource): Pick<PatternReference, 'pattern' | 'ignoreCase'> {
  const pattern = record['pattern'] as string | undefined;
  const ignoreCase = record['ignore_case'] === true;
  if (pattern === undefined) throw missing('pattern', record, document);
  // Only the form `line` runs at its keywords, so only there must every match begin with one.
  const facts = lintPattern({ pattern, ignoreCase, keywords, lookback: form === 'line' ? 0 : 1 });
  if (!isComplaint(facts)) return { pattern, ignoreCase };
  throw new UserError(`reference '${String(record['id'])}': ${facts.problem}`, {
    place: document.placeOf(record, 'pattern'),
    hint: facts.remedy,
  });
}

function readPlaces(record: FieldRecord, document: ReadDocument): Place[] {
  const places = record['places'] as string[];
  const unknown = places.find((place) => !(PLACES as readonly string[]).includes(place));
  if (unknown === undefined) return places as Place[];
  throw new UserError(`unknown place '${unknown}'`, {
    place: document.placeOf(record, 'places'),
    hint: `known: ${PLACES.join(', ')}`,
  });
}

function readDigests(record: FieldRecord, document: ReadDocument): string[] {
  const digests = requireTexts('digests', record, document);
  const wrong = digests.find((digest) => !/^\d{1,4}:[0-9a-f]{16}$/.test(digest));
  if (wrong === undefined) return digests;
  throw new UserError(`'${wrong}' is not a digest`, {
    place: document.placeOf(record, 'digests'),
    hint: 'write the length, a colon and the first 16 hexadecimal digits of the SHA-256',
  });
}

function readTexts(name: string, record: FieldRecord, document: ReadDocument): string[] {
  const texts = requireTexts(name, record, document);
  if (texts.length === 0) throw missing(name, record, document);
  return texts;
}

function requireTexts(name: string, record: FieldRecord, document: ReadDocument): string[] {
  const texts = record[name] as string[] | undefined;
  if (texts === undefined) throw missing(name, record, document);
  return texts;
}

function missing(name: string, record: FieldRecord, document: ReadDocument): UserError {
  const field = ENTRY_FIELDS.find((candidate) => candidate.name === name);
  return new UserError(`reference '${String(record['id'])}' has no ${name}`, {
    place: document.placeOf(record),
    hint: `add it: ${field?.doc ?? name}`,
  });
}
