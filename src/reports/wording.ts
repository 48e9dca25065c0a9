// The words in which formats for people say what a report holds. Plain text: each format escapes it for its sink.
import type { Provenance } from '../model/blob.ts';
import type {
  Finding,
  HistoryFacts,
  Identity,
  ObjectionKind,
  Place,
  StorageState,
} from '../model/finding.ts';
import type { SkipReason } from '../model/report.ts';
import type { Lifetime } from '../model/rule.ts';

const STATES: Readonly<Record<StorageState, string>> = {
  hardcoded: 'hard-coded',
  'hardcoded-fallback': 'hard-coded as a fallback',
  'hardcoded-encoded': 'hard-coded and encoded',
  'managed-reference': 'read from a secrets manager',
  'platform-secret': 'kept by the platform',
  'runtime-injected': 'injected at run time',
  federated: 'federated',
  'encrypted-in-repo': 'encrypted in the repository',
  'encrypted-key-present': 'encrypted, its key beside it',
  placeholder: 'a placeholder',
  'public-by-design': 'public by design',
};

const PLACES: Readonly<Record<Place, string>> = {
  code: 'code',
  config: 'configuration',
  ci: 'CI configuration',
  iac: 'infrastructure code',
  container: 'container configuration',
  'package-manager': 'package manager configuration',
  'ai-agent': 'AI agent configuration',
  notebook: 'a notebook',
  docs: 'documentation',
  test: 'a test',
  history: 'history',
  data: 'data',
};

const LIFETIMES: Readonly<Record<Lifetime, string>> = {
  'long-lived': 'long-lived',
  expiring: 'expires by itself',
  'short-lived': 'short-lived',
  unknown: 'unknown',
};

const SKIPPED: Readonly<Record<SkipReason, string>> = {
  gitignored: 'ignored by git',
  excluded: 'excluded',
  binary: 'binary',
  'unopened-archive': 'archives that are not opened',
  'too-large': 'too large',
  symlink: 'symbolic links',
  'not-a-file': 'not files',
  'outside-root': 'outside the root',
  submodule: 'submodules',
  unchanged: 'unchanged since an earlier scan',
  deleted: 'deleted',
};

const OBJECTIONS: Readonly<Record<ObjectionKind, string>> = {
  'inline-comment': 'accepted by a comment',
  allowlist: 'accepted by the allowlist',
  baseline: 'in the baseline',
  entropy: 'not random enough',
  checksum: 'wrong checksum',
  placeholder: 'placeholders',
  managed: 'managed',
  public: 'public by design',
  overlap: 'covered by another finding',
  'not-a-secret': 'no secrets',
  'not-added': 'not added by this change',
  threshold: 'below the thresholds',
};

/** Of one alone. */
const SINGULAR: Readonly<Record<string, string>> = {
  'symbolic links': 'symbolic link',
  'not files': 'not a file',
  submodules: 'submodule',
  'archives that are not opened': 'archive that is not opened',
  placeholders: 'placeholder',
  'no secrets': 'no secret',
};

/** "hard-coded in CI configuration", with the codecs it was found under, outermost first. */
export function describeStorage({ storage, decodedBy }: Finding): string {
  const codecs = decodedBy.length === 0 ? '' : ` (${decodedBy.join(' > ')})`;
  return `${STATES[storage.state]}${codecs} in ${PLACES[storage.place]}`;
}

export function describeLifetime(lifetime: Lifetime): string {
  return LIFETIMES[lifetime];
}

/** Kinds that a host knows: it accepts them, and a person there made them. */
const ON_A_HOST: ReadonlySet<string> = new Set(['database-user', 'basic-auth', 'registry-user']);

/** "service account deploy@example.com, Google Cloud, account 12345, live, expires 2027-01-01". */
export function describeIdentity(identity: Identity): string {
  const { kind, subject, provider, account, issuer, environment, createdAt, expiresAt, note } = identity;
  const name = [kind.replaceAll('-', ' '), subject].filter(Boolean).join(' ');
  const parts: readonly [string, string | undefined][] = [
    ['', name],
    ['', provider],
    [kind === 'database-user' ? 'database ' : 'account ', account],
    [ON_A_HOST.has(kind) ? 'at ' : 'issued by ', issuer],
    ['', environment],
    ['created ', createdAt?.slice(0, 10)],
    ['expires ', expiresAt?.slice(0, 10)],
    ['', note],
  ];
  return parts.flatMap(([label, value]) => (value ? [label + value] : [])).join(', ');
}

/** What history means for whoever has to act: a secret that was removed is as public as one that was not. */
export function describeHistory({ firstSeen, present, versions, paths }: HistoryFacts): string {
  const since = firstSeen === undefined ? '' : `since ${firstSeen.slice(0, 10)}, `;
  const spread = [
    versions > 1 ? `in ${formatCount(versions, 'version')}` : '',
    paths > 1 ? `under ${formatCount(paths, 'path')}` : '',
  ].filter(Boolean);
  const extent = spread.length === 0 ? '' : `, ${spread.join(', ')}`;
  if (present) return `${since}still in the current tree${extent}`;
  return `${since}removed but still in history${extent}: every clone has it. Revoke it first; rewriting history comes after that and does not replace it`;
}

/** The commit in which the content was seen, for content that was read from history. */
export function commitOf(provenance: Provenance): Extract<Provenance, { kind: 'commit' }> | undefined {
  if (provenance.kind === 'commit') return provenance;
  return provenance.kind === 'member' ? commitOf(provenance.container) : undefined;
}

/** The path of the file itself: for what lies in a container, the container's. */
export function filePathOf(provenance: Provenance): string {
  return provenance.kind === 'member' ? filePathOf(provenance.container) : provenance.path;
}

/** "20 binary, 11 ignored by git", the most frequent first. */
export function listSkipped(skipped: Readonly<Partial<Record<SkipReason, number>>>): string {
  return listCounts(skipped, SKIPPED);
}

/** "8 placeholders, 4 in the baseline", the most frequent first. */
export function listObjections(counts: Readonly<Partial<Record<ObjectionKind, number>>>): string {
  return listCounts(counts, OBJECTIONS);
}

export function describeObjection(by: ObjectionKind): string {
  return OBJECTIONS[by];
}

function listCounts<K extends string>(
  counts: Readonly<Partial<Record<K, number>>>,
  words: Readonly<Record<K, string>>,
): string {
  return (Object.entries(counts) as [K, number][])
    .sort(([, a], [, b]) => b - a)
    .map(([key, count]) => formatCount(count, SINGULAR[words[key]] ?? words[key], words[key]))
    .join(', ');
}

/** "1 finding", "1,204 findings". */
export function formatCount(count: number, singular: string, plural: string = `${singular}s`): string {
  return `${formatNumber(count)} ${count === 1 ? singular : plural}`;
}

export function formatNumber(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** In decimal units. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let [value, unit] = [bytes, 0];
  while (value >= 999.5 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${unit === 0 || value >= 99.5 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

export function formatDuration(durationMs: number): string {
  return durationMs < 999.5 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1000).toFixed(1)} s`;
}
