// What stands around a candidate's value: the name, the operator between, the quote, the line.
import type { Candidate } from '../candidate.ts';
import { languageOf, fileKind } from '../place/file-kind.ts';
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
  readonly kind: string;
  readonly language: string;
}

const SIDE = 160;
const MAX_HEAD_BYTES = 240;
const NAME_START = /[\w.$-]{0,64}$/;
const NAME_REST = /^[\w.$-]{0,64}/;

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
  const start = Math.max(match.span.start, match.secretSpan.start - MAX_HEAD_BYTES);
  const head = bytes.toString('latin1', start, match.secretSpan.start);
  const left = bytes.toString('latin1', Math.max(0, start - SIDE), start);
  const isNamed = /^[\w]/.test(head);
  const lead = isNamed ? NAME_START.exec(left)![0] : '';
  const rest = isNamed ? NAME_REST.exec(head)![0] : '';
  const name = (lead + rest).replace(/^[.-]+|[.-]+$/g, '');
  const between = head.slice(rest.length);
  const before = left.slice(0, left.length - lead.length);
  const path = candidate.path;
  return {
    name,
    reading: readName(name),
    between,
    quote: /(?:\\*["'`]|&#3[49];|&quot;)$/.exec(between)?.[0] ?? '',
    before: before.slice(before.lastIndexOf('\n') + 1),
    after: line.slice(valueStart + match.secret.length, valueStart + match.secret.length + SIDE),
    kind: fileKind(path),
    language: languageOf(path) ?? '',
  };
}
