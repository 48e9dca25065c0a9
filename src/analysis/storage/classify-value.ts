// Managed or not: how a value is stored, judged by what it says before anybody asks how random it is.
import type { Place, StorageState } from '../../model/finding.ts';
import type { ReferenceEntry, ReferenceState } from '../../model/reference.ts';
import { REFERENCE_STATES } from '../../model/reference.ts';
import { fileKind, isProseKind, languageOf } from '../place/file-kind.ts';
import { decodePassword } from './basic-pair.ts';
import { decodeKubernetesValue } from './kubernetes-value.ts';
import type { Literal, ReferenceMatch, SituatedValue } from './match-references.ts';
import { matchReferences } from './match-references.ts';
import { findPlaceholder } from './placeholder.ts';
import type { ReferenceCatalogue } from './reference-index.ts';
import type { FindKeywords } from './text-keywords.ts';
import { findIn } from './text-keywords.ts';

export interface ValueInput {
  readonly value: string;
  readonly keyName?: string;
  /** The line of the value, or the part of it around the value. */
  readonly line: string;
  /** Where the value begins in `line`. */
  readonly valueStart: number;
  readonly path: string;
  readonly place: Place;
  /** Keywords of references in a part of `line`, where somebody knows them already. */
  readonly findKeywords?: FindKeywords;
}

export interface Classification {
  readonly state: StorageState;
  /** The manager or platform, where the state says that one holds the value. */
  readonly manager?: string;
  /** Path or name under which the value is kept there. */
  readonly path?: string;
  /** The literal beside a reference, with its range in `line`. */
  readonly fallback?: Literal;
}

/** Defaults within defaults are judged to this depth. */
const MAX_DEPTH = 4;

/** How the value is stored, or undefined for a literal of which the catalogue knows nothing. */
export function classifyValue(input: ValueInput, catalogue: ReferenceCatalogue): Classification | undefined {
  const situated = situate(input, catalogue);
  const referenced = judgeReferences(situated, catalogue, 0);
  if (referenced) return referenced;
  const decoded = decodeKubernetesValue(input);
  if (decoded !== undefined) return judgeDecoded(decoded, situated, catalogue);
  return judgePlaceholder(decodePassword(situated) ?? input.value, catalogue);
}

function situate(input: ValueInput, catalogue: ReferenceCatalogue): SituatedValue {
  const { value, keyName = '', line, valueStart, path, place } = input;
  const kind = fileKind(path);
  const language = languageOf(path);
  const languages = language === undefined ? [kind] : [kind, language];
  const findKeywords = input.findKeywords ?? searchIn(line, catalogue);
  const isCode = kind === 'code' || kind === 'notebook';
  return {
    value,
    line,
    valueStart,
    keyName,
    place,
    languages,
    isProse: isProseKind(kind),
    isCode,
    findKeywords,
  };
}

/** The value as if it stood alone on its line. */
function standAlone(value: string, situated: SituatedValue, catalogue: ReferenceCatalogue): SituatedValue {
  return { ...situated, value, line: value, valueStart: 0, findKeywords: searchIn(value, catalogue) };
}

function searchIn(line: string, { forms }: ReferenceCatalogue): FindKeywords {
  return (start, end) =>
    findIn(line.slice(start, end + forms.line.longest), forms.line)
      .map(({ reference, at }) => ({ reference, at: at + start }))
      .filter(({ at }) => at < end);
}

function judgeReferences(
  situated: SituatedValue,
  catalogue: ReferenceCatalogue,
  depth: number,
): Classification | undefined {
  let best: { classification: Classification; rank: number } | undefined;
  for (const match of matchReferences(situated, catalogue)) {
    const classification = judgeMatch(match, situated, { catalogue, depth });
    const rank = rankOf(classification.state, match);
    if (!best || rank < best.rank) best = { classification, rank };
  }
  return best?.classification;
}

/** A literal beside a reference outranks every reference; then the stronger state, then the longer match. */
function rankOf(state: StorageState, { span }: ReferenceMatch): number {
  const length = Math.min(span.end - span.start, 9999);
  return (REFERENCE_STATES.indexOf(state as ReferenceState) + 1) * 10_000 - length;
}

interface Depth {
  readonly catalogue: ReferenceCatalogue;
  readonly depth: number;
}

function judgeMatch(
  match: ReferenceMatch,
  situated: SituatedValue,
  { catalogue, depth }: Depth,
): Classification {
  const { entry, path, fallback } = match;
  const whole = describe(entry, path?.value);
  if (!fallback || isNothing(fallback.value)) return whole;
  const alone = standAlone(fallback.value, situated, catalogue);
  const inner =
    (depth < MAX_DEPTH ? judgeReferences(alone, catalogue, depth + 1) : undefined) ??
    judgePlaceholder(fallback.value, catalogue);
  if (inner && !inner.fallback) return whole;
  const literal = inner?.fallback ?? { value: fallback.value, start: 0, end: fallback.value.length };
  const shifted = { ...literal, start: literal.start + fallback.start, end: literal.end + fallback.start };
  return { ...whole, state: 'hardcoded-fallback', fallback: shifted };
}

/** Defaults that put nothing in the place of a credential. */
function isNothing(literal: string): boolean {
  return /^(?:null|nil|none|undefined|false|true|\s{0,20})$/i.test(literal);
}

function judgeDecoded(
  decoded: string,
  situated: SituatedValue,
  catalogue: ReferenceCatalogue,
): Classification {
  const alone = standAlone(decoded, situated, catalogue);
  const inner = judgeReferences(alone, catalogue, 0) ?? judgePlaceholder(decoded, catalogue);
  if (!inner) return { state: 'hardcoded-encoded' };
  if (!inner.fallback) return inner;
  // The encoded text has no part that is the literal alone.
  const { value, valueStart } = situated;
  return {
    ...inner,
    fallback: { value: inner.fallback.value, start: valueStart, end: valueStart + value.length },
  };
}

function judgePlaceholder(value: string, catalogue: ReferenceCatalogue): Classification | undefined {
  const found = findPlaceholder(value, catalogue);
  if (found === undefined) return undefined;
  return found === 'filler' ? { state: 'placeholder' } : describe(found, undefined);
}

const HELD_BY_A_MANAGER: ReadonlySet<StorageState> = new Set<StorageState>([
  'encrypted-in-repo',
  'managed-reference',
  'platform-secret',
  'federated',
]);

function describe({ state, system }: ReferenceEntry, path: string | undefined): Classification {
  return {
    state,
    ...(HELD_BY_A_MANAGER.has(state) ? { manager: system } : {}),
    ...(path === undefined || path === '' ? {} : { path }),
  };
}
