// Tries the forms of the catalogue on one value and its line: which of them are the value, and where.
import type { Place, StorageState } from '../../model/finding.ts';
import type { Span } from '../../model/match.ts';
import type { PatternReference } from '../../model/reference.ts';
import { findLiteralBeside } from './literal-beside.ts';
import { countOpaque } from './readability.ts';
import type { CompiledReference, ReferenceCatalogue } from './reference-index.ts';
import type { FindKeywords } from './text-keywords.ts';

/** A value where it stands. Offsets count characters of `line`. */
export interface SituatedValue {
  readonly value: string;
  readonly line: string;
  readonly valueStart: number;
  readonly keyName: string;
  readonly place: Place;
  /** File kind and language of the file. */
  readonly languages: readonly string[];
  /** True for text of any language, such as documentation: there, forms of every language count. */
  readonly isProse: boolean;
  readonly isCode: boolean;
  /** Keywords of references in a part of `line`. */
  readonly findKeywords: FindKeywords;
}

/** The literal beside a reference. */
export interface Literal extends Span {
  readonly value: string;
}

export interface ReferenceMatch {
  readonly entry: PatternReference;
  readonly span: Span;
  readonly path?: Literal;
  readonly fallback?: Literal;
}

/** No pattern sees more characters of a value. */
const MAX_VALUE_LENGTH = 1024;
/** No pattern sees more characters of the line before and after the beginning of a value. */
const MAX_BEFORE = 384;
const MAX_AFTER = 640;
/** More characters than this that no person writes are a credential of their own beside a reference. */
const MAX_OPAQUE_REST = 5;
/** A name under a key has fewer opaque characters than a credential. */
const MAX_OPAQUE_NAME = 11;

/** The references that the value is, or is part of, without a credential beside them. */
export function matchReferences(situated: SituatedValue, catalogue: ReferenceCatalogue): ReferenceMatch[] {
  const matches: ReferenceMatch[] = [];
  // Behind a cut, `$` must not match.
  const cut = situated.value.length > MAX_VALUE_LENGTH ? '\0' : '';
  const head = situated.value.slice(0, MAX_VALUE_LENGTH);
  const once = (text: string, form: 'value' | 'key', toMatch: (found: RegExpExecArray) => number): void => {
    const tried = new Set<CompiledReference>();
    catalogue.forms[form].search(text, (reference) => {
      if (tried.has(reference) || !applies(reference.entry, situated)) return;
      tried.add(reference);
      const found = execute(reference, text, 0);
      if (found) matches.push(toReferenceMatch(reference.entry, found, toMatch(found)));
    });
  };
  once(head + cut, 'value', () => situated.valueStart);
  const prefix = `${situated.keyName}=`;
  if (prefix.length > 1) once(prefix + head + cut, 'key', () => situated.valueStart - prefix.length);
  matchLine(situated, matches);
  return matches.filter((match) => isTheValue(match, situated));
}

function matchLine(situated: SituatedValue, matches: ReferenceMatch[]): void {
  const { line, valueStart, value } = situated;
  const start = Math.max(0, valueStart - MAX_BEFORE);
  const window = line.slice(start, valueStart + MAX_AFTER);
  const end = valueStart + value.length;
  for (const { reference, at } of situated.findKeywords(start, Math.min(start + window.length, end))) {
    if (!applies(reference.entry, situated)) continue;
    const found = execute(reference, window, at - start);
    if (found) matches.push(addLiteral(toReferenceMatch(reference.entry, found, start), situated));
  }
}

const READS: ReadonlySet<StorageState> = new Set<StorageState>(['runtime-injected', 'managed-reference']);

/** A literal that stands in for what a read of code does not give is beside it, whatever the read. */
function addLiteral(match: ReferenceMatch, { line, isCode }: SituatedValue): ReferenceMatch {
  if (match.fallback || !isCode || !READS.has(match.entry.state)) return match;
  const fallback = findLiteralBeside(line, match.span.end);
  return fallback ? { ...match, span: { start: match.span.start, end: fallback.end + 1 }, fallback } : match;
}

function applies({ languages, places }: PatternReference, situated: SituatedValue): boolean {
  if (places && !places.includes(situated.place)) return false;
  return (
    !languages || situated.isProse || situated.languages.some((language) => languages.includes(language))
  );
}

function execute({ expression }: CompiledReference, text: string, at: number): RegExpExecArray | null {
  const pattern = expression();
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function toReferenceMatch(entry: PatternReference, found: RegExpExecArray, offset: number): ReferenceMatch {
  const [start, end] = found.indices![0]!;
  const path = toLiteral(found, 'path', offset);
  const fallback = toLiteral(found, 'fallback', offset);
  return {
    entry,
    span: { start: start + offset, end: end + offset },
    ...(path ? { path } : {}),
    ...(fallback ? { fallback } : {}),
  };
}

function toLiteral(found: RegExpExecArray, group: string, offset: number): Literal | undefined {
  const range = found.indices!.groups?.[group];
  const value = found.groups?.[group];
  return range && value !== undefined
    ? { value, start: range[0] + offset, end: range[1] + offset }
    : undefined;
}

function isTheValue(match: ReferenceMatch, situated: SituatedValue): boolean {
  const start = situated.valueStart;
  const end = start + situated.value.length;
  if (match.entry.form === 'key') return countOpaque(nameOf(match)) <= MAX_OPAQUE_NAME;
  if (match.span.start >= end || match.span.end <= start) return false;
  return (
    standsInReference(match, start) &&
    !isGivenToCommand(match, situated) &&
    countOpaque(restOf(match, situated)) <= MAX_OPAQUE_REST
  );
}

function nameOf({ path }: ReferenceMatch): string {
  return withoutNumbers(path?.value ?? '');
}

/** A name without numbers of accounts and projects, which are long but no secret. */
function withoutNumbers(name: string): string {
  return name.replace(/(?<![A-Za-z0-9])\d{6,16}(?![A-Za-z0-9])/g, '');
}

/**
 * `$(curl -H "Authorization: …")`, or code in a document: the command is a reference, but what stands among its
 * words is a literal when nobody would give a secret such a name.
 */
function isGivenToCommand({ span, path }: ReferenceMatch, { value, valueStart }: SituatedValue): boolean {
  if (valueStart <= span.start || !path || !/\s/.test(path.value)) return false;
  return countOpaque(withoutNumbers(value)) > MAX_OPAQUE_REST;
}

/** What begins behind the name that a reference gives is not the reference, unless it is the literal beside it. */
function standsInReference({ span, path, fallback, entry }: ReferenceMatch, start: number): boolean {
  if (start <= span.start || entry.state === 'encrypted-in-repo') return true;
  if (fallback && start >= fallback.start && start < fallback.end) return true;
  return path !== undefined && start < path.end;
}

/** What of the value the reference leaves over. */
function restOf({ span }: ReferenceMatch, { value, valueStart }: SituatedValue): string {
  const before = value.slice(0, Math.max(0, span.start - valueStart));
  const after = value.slice(Math.max(0, span.end - valueStart), MAX_VALUE_LENGTH);
  return `${before} ${after}`;
}
