// The lists of what is known to exist, and the rule that answers each of them or why there is none.
import { readFileSync } from 'node:fs';

const FOLDER = 'rules/coverage';
const NONE = 'none: ';

/** One line of a list. */
export interface CoverageRow {
  /** What the line names: a service, or a provider and its credential. */
  readonly names: readonly string[];
  /** The id of a rule; undefined when there is none. */
  readonly ruleId: string | undefined;
  /** Why there is no rule; undefined when there is one. */
  readonly reason: string | undefined;
}

/** Every service that tools of this kind are known to detect, by its usual name. */
export function readProviders(): CoverageRow[] {
  return readList('providers.tsv');
}

/** Every credential whose format is known. */
export function readCredentials(): CoverageRow[] {
  return readList('credentials.tsv');
}

function readList(name: string): CoverageRow[] {
  const [, ...lines] = readFileSync(`${FOLDER}/${name}`, 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const cells = line.split('\t');
    const answer = cells.at(-1)!;
    const reason = answer.startsWith(NONE) ? answer.slice(NONE.length) : undefined;
    return { names: cells.slice(0, -1), ruleId: reason === undefined ? answer : undefined, reason };
  });
}
