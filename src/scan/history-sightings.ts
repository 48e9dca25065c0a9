// Which secrets were seen in which contents of history. One secret stands in many versions of a file: it is reported
// once for each path, from the oldest.
import type { BlobAnalysis, Sighting } from '../analysis/collect.ts';
import type { Origins } from '../sources/history-origins.ts';

export interface Sightings {
  add(id: string, path: string, analyses: readonly BlobAnalysis[]): void;
  /** Something stands in the name of a file or of a ref, which no content holds. */
  addName(): void;
  readonly size: number;
  /** Contents that hold something; undefined where a name does. */
  listContents(): { id: string; path: string }[] | undefined;
  /** For each content that is to be reported, the fingerprints that it is reported for. */
  chooseOldest(origins: Origins): Map<string, Choice>;
  /** The paths under which a secret was seen, with those that are not known to be in the current tree left out. */
  listAbsent(origins: Origins): Set<string>;
  isPresent(fingerprint: string, origins: Origins): boolean;
  /** The contents that were seen with these secrets under these paths, but for the oldest. @param keys see `keyOfSeen` */
  listYounger(keys: ReadonlySet<string>, origins: Origins): Map<string, Choice>;
  listIds(): string[];
  /** How many contents hold the secret in this file, and under how many paths these stand. */
  count(place: Place, located: ReturnType<Origins['locate']>): { versions: number; paths: number };
}

interface Place {
  readonly fingerprint: string;
  /** The path under which it was seen. */
  readonly seen: string;
  /** The path under which it is reported. */
  readonly path: string;
}

export function keyOfSeen(fingerprint: string, seen: string): string {
  return `${fingerprint}\0${seen}`;
}

export interface Choice {
  /** The path under which the content was scanned first. */
  readonly path: string;
  readonly fingerprints: Set<string>;
  /** Those of them that nothing speaks against. */
  readonly standing: Set<string>;
}

interface Group {
  readonly fingerprint: string;
  readonly path: string;
  readonly by: Sighting['by'];
  readonly ids: string[];
}

export function createSightings(): Sightings {
  const groups = new Map<string, Group>();
  const byFingerprint = new Map<string, Group[]>();
  const note = (id: string, path: string, { fingerprint, by }: Sighting): void => {
    const key = `${fingerprint}\0${path}\0${by}`;
    const group = groups.get(key);
    if (group) {
      if (group.ids.at(-1) !== id) group.ids.push(id);
      return;
    }
    const fresh = { fingerprint, path, by, ids: [id] };
    groups.set(key, fresh);
    const siblings = byFingerprint.get(fingerprint);
    if (siblings) siblings.push(fresh);
    else byFingerprint.set(fingerprint, [fresh]);
  };
  const isPresent = (fingerprint: string, { isCurrent }: Origins): boolean =>
    byFingerprint.get(fingerprint)?.some(({ ids }) => ids.some(isCurrent)) === true;
  let isInName = false;
  return {
    get size() {
      return groups.size;
    },
    addName: () => {
      isInName = true;
    },
    listContents: () => (isInName ? undefined : listContents(groups.values())),
    isPresent,
    add: (id, path, analyses) => {
      for (const analysis of analyses) for (const sighting of sightingsOf(analysis)) note(id, path, sighting);
    },
    chooseOldest: (origins) => chooseOldest(groups.values(), origins),
    listAbsent: (origins) =>
      new Set(
        [...groups.values()]
          .filter(({ fingerprint }) => !isPresent(fingerprint, origins))
          .map(({ path }) => path),
      ),
    listYounger: (keys, origins) => listYounger(groups.values(), keys, origins),
    count: (place, located) => count(byFingerprint.get(place.fingerprint) ?? [], place, located),
    listIds: () => [...new Set([...groups.values()].flatMap(({ ids }) => ids))],
  };
}

function count(
  groups: readonly Group[],
  { seen, path }: Place,
  located: ReturnType<Origins['locate']>,
): { versions: number; paths: number } {
  const ids = new Set<string>();
  const paths = new Set<string>();
  for (const group of groups) {
    for (const id of group.ids) {
      const all = located.get(id) ?? [];
      if (group.path !== seen && !all.includes(path)) continue;
      ids.add(id);
      for (const each of all) paths.add(each);
    }
  }
  return { versions: ids.size, paths: Math.max(1, paths.size) };
}

function listContents(groups: Iterable<Group>): { id: string; path: string }[] {
  const contents = new Map<string, { id: string; path: string }>();
  for (const { path, ids } of groups) for (const id of ids) contents.set(`${id}\0${path}`, { id, path });
  return [...contents.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function chooseOldest(groups: Iterable<Group>, origins: Origins): Map<string, Choice> {
  const chosen = new Map<string, Choice>();
  for (const group of groups) choose(chosen, findOldest(group.ids, origins), group);
  return chosen;
}

function choose(chosen: Map<string, Choice>, id: string, { fingerprint, path, by }: Group): void {
  const choice = chosen.get(id) ?? { path, fingerprints: new Set(), standing: new Set() };
  chosen.set(id, choice);
  choice.fingerprints.add(fingerprint);
  if (by === '') choice.standing.add(fingerprint);
}

function listYounger(
  groups: Iterable<Group>,
  keys: ReadonlySet<string>,
  origins: Origins,
): Map<string, Choice> {
  const chosen = new Map<string, Choice>();
  for (const group of groups) {
    if (group.by !== '' || !keys.has(keyOfSeen(group.fingerprint, group.path))) continue;
    const oldest = findOldest(group.ids, origins);
    for (const id of group.ids) if (id !== oldest) choose(chosen, id, group);
  }
  return chosen;
}

function findOldest(ids: readonly string[], { rankOf }: Origins): string {
  let [oldest, oldestRank] = [ids[0]!, rankOf(ids[0]!)];
  for (const id of ids) {
    const rank = rankOf(id);
    if (rank > oldestRank || (rank === oldestRank && id < oldest)) [oldest, oldestRank] = [id, rank];
  }
  return oldest;
}

/** What was found in a content, whether all is known of it or only that. */
export function sightingsOf({ sightings, findings, suppressed }: BlobAnalysis): readonly Sighting[] {
  return (
    sightings ?? [
      ...findings.map(({ fingerprint }) => ({ fingerprint, by: '' as const })),
      ...suppressed.map(({ finding, by }) => ({ fingerprint: finding.fingerprint, by })),
    ]
  );
}
