// Which secrets were seen in which contents of history. One secret stands in many versions of a file: it is reported
// once for each path, from the oldest.
import type { BlobAnalysis, Sighting } from '../analysis/collect.ts';
import type { Origins } from '../sources/history-origins.ts';

/** What the first round notes. */
export interface SightedContents {
  add(id: string, path: string, analyses: readonly BlobAnalysis[]): void;
  /** Something stands in the name of a file or of a ref, which no content holds. */
  addName(): void;
  readonly size: number;
  /** Contents that hold something; undefined where a name does. */
  listContents(): { id: string; path: string }[] | undefined;
  /** By id of the content. */
  readonly seen: ReadonlyMap<string, readonly Seen[]>;
}

interface Seen extends Sighting {
  readonly path: string;
}

export function createSightedContents(): SightedContents {
  const seen = new Map<string, Seen[]>();
  let isInName = false;
  return {
    seen,
    get size() {
      return seen.size;
    },
    addName: () => {
      isInName = true;
    },
    listContents: () => (isInName ? undefined : listContents(seen)),
    add: (id, path, analyses) => {
      const fresh = analyses.flatMap(sightingsOf).map(({ fingerprint, by }) => ({ fingerprint, by, path }));
      if (fresh.length > 0) seen.set(id, [...(seen.get(id) ?? []), ...fresh]);
    },
  };
}

function listContents(seen: ReadonlyMap<string, readonly Seen[]>): { id: string; path: string }[] {
  return [...seen]
    .flatMap(([id, all]) => [...new Set(all.map(({ path }) => path))].sort().map((path) => ({ id, path })))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What was seen in all of history, each secret of a content under one path. */
export interface Sightings {
  /** For each content that is to be reported, the fingerprints that it is reported for. */
  chooseOldest(): Map<string, Choice>;
  /** The paths under which a secret was seen, with those that are not known to be in the current tree left out. */
  listAbsent(): Set<string>;
  isPresent(fingerprint: string): boolean;
  /** The contents that were seen with these secrets under these paths, but for the oldest. @param keys see `keyOfSeen` */
  listYounger(keys: ReadonlySet<string>): Map<string, Choice>;
  /** How many contents hold the secret in this file, and under how many paths these stand. */
  count(place: Place): { versions: number; paths: number };
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
  /** The path under which each secret was seen, by fingerprint. */
  readonly seen: Map<string, string>;
  /** Fingerprints of those that nothing speaks against. */
  readonly standing: Set<string>;
}

interface Group {
  readonly fingerprint: string;
  readonly path: string;
  readonly by: Sighting['by'];
  readonly ids: Set<string>;
}

export interface Paths {
  readonly classOf: (path: string) => string;
  readonly isExcluded: (path: string) => boolean;
}

export function createSightings({ seen }: SightedContents, origins: Origins, paths: Paths): Sightings {
  const groups = new Map<string, Group>();
  const byFingerprint = new Map<string, Group[]>();
  const note = (id: string, { fingerprint, path, by }: Seen): void => {
    const key = `${keyOfSeen(fingerprint, path)}\0${by}`;
    const group = groups.get(key);
    if (group) {
      group.ids.add(id);
      return;
    }
    const fresh = { fingerprint, path, by, ids: new Set([id]) };
    groups.set(key, fresh);
    const siblings = byFingerprint.get(fingerprint);
    if (siblings) siblings.push(fresh);
    else byFingerprint.set(fingerprint, [fresh]);
  };
  for (const [id, all] of [...seen].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const newestFirst = origins
      .pathsOf(id)
      .filter((path) => !paths.isExcluded(path))
      .toReversed();
    for (const each of settle(all, newestFirst, paths)) note(id, each);
  }
  const isPresent = (fingerprint: string): boolean =>
    byFingerprint.get(fingerprint)?.some(({ ids }) => [...ids].some(origins.isCurrent)) === true;
  return {
    isPresent,
    chooseOldest: () => {
      const chosen = new Map<string, Choice>();
      for (const group of groups.values()) choose(chosen, findOldest(group.ids, origins), group);
      return chosen;
    },
    listAbsent: () =>
      new Set(
        [...groups.values()].filter(({ fingerprint }) => !isPresent(fingerprint)).map(({ path }) => path),
      ),
    listYounger: (keys) => listYounger(groups.values(), keys, origins),
    count: (place) => count(byFingerprint.get(place.fingerprint) ?? [], place, origins),
  };
}

/**
 * Each secret of a content under one path: one under which nothing speaks against it, where there is one; of those the
 * newest. So it does not matter under which path of a class the content was scanned.
 */
function settle(all: readonly Seen[], newestFirst: readonly string[], { classOf }: Paths): Seen[] {
  const rank = new Map<string, number>();
  newestFirst.forEach((path, at) => {
    if (!rank.has(classOf(path))) rank.set(classOf(path), at);
  });
  const ranked = all
    .map((each) => ({ each, at: rank.get(classOf(each.path)) ?? newestFirst.length }))
    .sort((a, b) => a.at - b.at);
  const chosen = new Map<string, number>();
  for (const isStanding of [true, false]) {
    for (const { each, at } of ranked) {
      if ((each.by === '') === isStanding && !chosen.has(each.fingerprint)) chosen.set(each.fingerprint, at);
    }
  }
  return ranked
    .filter(({ each, at }) => chosen.get(each.fingerprint) === at)
    .map(({ each, at }) => ({ ...each, path: newestFirst[at] ?? each.path }));
}

function count(
  groups: readonly Group[],
  { seen, path }: Place,
  { pathsOf }: Origins,
): { versions: number; paths: number } {
  const ids = new Set<string>();
  const paths = new Set<string>();
  for (const group of groups) {
    for (const id of group.ids) {
      const all = pathsOf(id);
      if (group.path !== seen && !all.includes(path)) continue;
      ids.add(id);
      for (const each of all) paths.add(each);
    }
  }
  return { versions: ids.size, paths: Math.max(1, paths.size) };
}

function choose(chosen: Map<string, Choice>, id: string, { fingerprint, path, by }: Group): void {
  const choice = chosen.get(id) ?? { seen: new Map(), standing: new Set() };
  chosen.set(id, choice);
  choice.seen.set(fingerprint, path);
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

function findOldest(ids: ReadonlySet<string>, { rankOf }: Origins): string {
  let [oldest, oldestRank] = ['', -Infinity];
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
