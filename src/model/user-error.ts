// The one error that means "the user can mend this": exit code 2, with a place and a hint.

export interface UserErrorDetails {
  /** What to do about it. */
  readonly hint?: string;
  /** `file:line:column`, as far as known. */
  readonly place?: string;
}

export class UserError extends Error {
  readonly hint: string | undefined;
  readonly place: string | undefined;

  constructor(message: string, details: UserErrorDetails = {}) {
    super(message);
    this.name = 'UserError';
    this.hint = details.hint;
    this.place = details.place;
  }
}

/**
 * Whether a text of the user's may stand in a message: short, and of plain words, as the names of rules and fields are.
 * People paste secrets where a name belongs.
 */
export function looksLikeName(text: string): boolean {
  return text.length <= 40 && /^[A-Z]?[a-z]*\d{0,4}[a-z]*(?:[-_][A-Z]?[a-z]*\d{0,4}[a-z]*)*$/.test(text);
}

/** The candidate nearest to `word` by edit distance, when it is near enough to be meant. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
