// What stands around a candidate's value: the name, the operator between, the quote, the line.
import type { Match } from '../../model/match.ts';
import type { Candidate } from '../candidate.ts';
import { findNameAround } from '../candidate.ts';
import type { FileFacts } from './file-facts.ts';
import { fileFactsOf } from './file-facts.ts';
import type { NameReading } from './name.ts';
import { readName } from './name.ts';

export interface Surroundings {
  /** The name that the rule's keyword is part of; empty where the rule reads none. */
  readonly name: string;
  readonly reading: NameReading;
  /** Text between the name and the value. */
  readonly between: string;
  /** The quote before the value: plain, escaped, an entity, or the empty string. */
  readonly quote: string;
  /** Up to `SIDE` characters of the line before the name and after the value. */
  readonly before: string;
  readonly after: string;
  readonly file: FileFacts;
}

const SIDE = 160;
const MAX_HEAD_BYTES = 240;

const known = new WeakMap<Candidate, Surroundings>();

/** Read once for each candidate: checks, features and explanations all ask. */
export function surroundingsOf(candidate: Candidate): Surroundings {
  const found = known.get(candidate) ?? readSurroundings(candidate);
  known.set(candidate, found);
  return found;
}

function readSurroundings(candidate: Candidate): Surroundings {
  const { text, match, line, valueStart } = candidate;
  const bytes = Buffer.from(text.bytes.buffer, text.bytes.byteOffset, text.bytes.byteLength);
  const valueAt = match.secretSpan.start;
  const start = Math.max(match.span.start, valueAt - MAX_HEAD_BYTES);
  const own = isNamed(match)
    ? findNameAround(bytes, { start, end: valueAt })
    : { start: match.span.start, end: match.span.start };
  const name = bytes.toString('latin1', own.start, own.end).replace(/^[.-]+|[.-]+$/g, '');
  const between = bytes.toString('latin1', Math.max(own.end, valueAt - MAX_HEAD_BYTES), valueAt);
  const before = bytes.toString('latin1', Math.max(0, own.start - SIDE), own.start);
  return {
    name,
    reading: readName(name),
    between,
    quote: /(?:\\*["'`]|&#3[49];|&quot;)$/.exec(between)?.[0] ?? '',
    before: before.slice(before.lastIndexOf('\n') + 1),
    after: line.slice(valueStart + match.secret.length, valueStart + match.secret.length + SIDE),
    file: fileFactsOf(text),
  };
}

/** Patterns of rules that read a name begin with a part of it. */
function isNamed({ span, secretSpan }: Match): boolean {
  return span.start < secretSpan.start;
}
