// Refuses patterns whose cost or length is not bounded by construction. What passes here cannot hang a scan.
import type { AST } from '@eslint-community/regexpp';
import type { PatternComplaint } from './pattern-complaint.ts';
import { Complaint } from './pattern-complaint.ts';
import { findUnkeyedHead } from './pattern-heads.ts';
import { parsePattern, shapeOfAlternatives } from './pattern-shape.ts';
import type { Shape } from './pattern-choices.ts';

/** Longest match of a pattern, in bytes. */
export const MAX_REACH: number = 16 * 1024;
/** Of a pattern's text, as much as a redacted secret shows of itself. */
const MAX_SHOWN_HEAD = 7;

export interface PatternFacts {
  /** Upper bound of a match's length and of what its lookaheads see, in bytes. */
  readonly reach: number;
}

export interface PatternSource {
  readonly pattern: string;
  readonly ignoreCase: boolean;
  readonly keywords: readonly string[];
  readonly lookback: number;
}

/** The facts of a pattern that is safe to run, or the first reason why it is not. */
export function lintPattern(source: PatternSource): PatternFacts | PatternComplaint {
  let tree: AST.Pattern;
  try {
    tree = parsePattern(source.pattern);
  } catch (error) {
    return { problem: explainSyntax(error as Error), remedy: 'write a valid JavaScript regular expression' };
  }
  try {
    const shape = shapeOfAlternatives(tree.alternatives, source.ignoreCase);
    checkBounds(shape);
    if (source.lookback === 0) checkHeads(tree, source);
    return { reach: shape.max + shape.ahead };
  } catch (complaint) {
    if (complaint instanceof Complaint) return complaint;
    throw complaint;
  }
}

export function isComplaint(result: PatternFacts | PatternComplaint): result is PatternComplaint {
  return 'problem' in result;
}

/** Why a user's own pattern, which needs no keyword, is refused; undefined when it is safe to run. */
export function explainPattern(pattern: string): PatternComplaint | undefined {
  const facts = lintPattern({ pattern, ignoreCase: false, keywords: [], lookback: 1 });
  return isComplaint(facts) ? facts : undefined;
}

/** The parser quotes the whole pattern, which may hold a secret; its reason stands behind that. */
function explainSyntax({ message }: Error): string {
  return `it is no regular expression (${message.slice(message.lastIndexOf(': ') + 1).trim()})`;
}

function checkBounds(shape: Shape): void {
  if (shape.max + shape.ahead > MAX_REACH) {
    throw new Complaint(`a match may be ${shape.max} bytes long`, `bound it to ${MAX_REACH} bytes`);
  }
  if (shape.min === 0) throw new Complaint('it matches the empty text', 'require at least one character');
}

function checkHeads(tree: AST.Pattern, source: PatternSource): void {
  const head = findUnkeyedHead(tree, source);
  if (head === undefined) return;
  const shown = head.length > MAX_SHOWN_HEAD ? `${head.slice(0, MAX_SHOWN_HEAD)}…` : head;
  throw new Complaint(
    `a match may begin with ${JSON.stringify(shown)}, which none of the keywords begins`,
    'name every beginning in `keywords`, or give `lookback`',
  );
}
