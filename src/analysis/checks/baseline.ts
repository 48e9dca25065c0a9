// Findings that a baseline accepts. Judged when all findings are known: one entry accepts one secret at one path.
import type { BaselineEntry } from '../../model/baseline.ts';
import { isAccepting, isExpired } from '../../model/baseline.ts';
import type { Finding, Suppressed } from '../../model/finding.ts';

export interface BaselineJudgement {
  readonly findings: readonly Finding[];
  readonly accepted: readonly Suppressed[];
  /** Entries that accept nothing that was found. */
  readonly unused: readonly BaselineEntry[];
  /** Entries whose time is over. */
  readonly expired: readonly BaselineEntry[];
}

export interface BaselineContext {
  /** ISO date of the scan. */
  readonly today: string;
  /** Whether a path is there, but was not looked at: its entry is about what stands there, and about nothing else. */
  readonly isUntouched?: (path: string) => boolean;
}

export function judgeByBaseline(
  found: readonly Finding[],
  entries: readonly BaselineEntry[],
  { today, isUntouched = () => false }: BaselineContext,
): BaselineJudgement {
  const byFingerprint = groupBy(entries, (entry) => entry.fingerprint);
  const groups = groupBy(found, (finding) => finding.fingerprint);
  const used = new Set<BaselineEntry>();
  const findings: Finding[] = [];
  const accepted: Suppressed[] = [];
  for (const [fingerprint, group] of groups) {
    const known = byFingerprint.get(fingerprint) ?? [];
    const entryOf = assignEntries(
      group,
      known.filter((entry) => isAccepting(entry, today)),
      isUntouched,
    );
    for (const entry of known) if (isAbout(entry, group)) used.add(entry);
    for (const finding of group) {
      const entry = entryOf(finding);
      if (entry) {
        accepted.push({ by: 'baseline', because: describe(entry), finding });
        used.add(entry);
      } else findings.push(withNote(finding, known, today));
    }
  }
  return {
    findings,
    accepted,
    unused: entries.filter((entry) => !used.has(entry)),
    expired: entries.filter((entry) => isExpired(entry, today)),
  };
}

/** History names a secret by one of the paths at which it stood. */
function isAbout({ path }: BaselineEntry, group: readonly Finding[]): boolean {
  return group.some(({ location, history }) => history !== undefined || location.path === path);
}

/** An entry holds for its own path first; one whose path is no longer there holds for a path that has no entry. */
function assignEntries(
  group: readonly Finding[],
  entries: readonly BaselineEntry[],
  isUntouched: (path: string) => boolean,
): (finding: Finding) => BaselineEntry | undefined {
  const paths = new Set(group.map(({ location }) => location.path));
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const others = [...paths].filter((path) => !byPath.has(path)).sort();
  const gone = ({ path }: BaselineEntry): boolean => !paths.has(path) && !isUntouched(path);
  const free = others.length > 0 ? entries.filter(gone) : [];
  for (const path of others) {
    const entry = free.shift();
    if (entry) byPath.set(path, entry);
  }
  // History shows a secret under every name that its file has had.
  return ({ location, history }) => byPath.get(location.path) ?? (history ? entries[0] : undefined);
}

function withNote(finding: Finding, known: readonly BaselineEntry[], today: string): Finding {
  const [entry] = known;
  if (!entry) return finding;
  const isReal = entry.verdict === 'real' || entry.verdict === 'leak';
  const late = isExpired(entry, today)
    ? `its entry in the baseline has expired on ${entry.expires}`
    : undefined;
  const real = isReal
    ? `${entry.by} has judged it to be ${entry.verdict === 'leak' ? 'leaked' : 'real'}`
    : undefined;
  const note = late ?? real ?? `the baseline accepts the same secret in ${entry.path}, but not here`;
  return { ...finding, notes: [...finding.notes, note] };
}

function describe({ verdict, by, reason }: BaselineEntry): string {
  return `${reason} (${verdict}, ${by})`;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
