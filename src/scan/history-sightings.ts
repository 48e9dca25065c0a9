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
  /** Contents that hold the secret under this path. */
  countVersions(fingerprint: string, path: string): number;
}

export interface Choice {
  /** The path under which the content was scanned first. */
  readonly path: string;
  readonly fingerprints: Set<string>;
}

interface Group {
  readonly fingerprint: string;
  readonly path: string;
  readonly ids: string[];
}

export function createSightings(): Sightings {
  const groups = new Map<string, Group>();
  const byFingerprint = new Map<string, Group[]>();
  const note = (id: string, path: string, { fingerprint, by }: { fingerprint: string; by: string }): void => {
    const key = `${fingerprint}\0${path}\0${by}`;
    const group = groups.get(key);
    if (group) {
      if (group.ids.at(-1) !== id) group.ids.push(id);
      return;
    }
    const fresh = { fingerprint, path, ids: [id] };
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
    countVersions: (fingerprint, path) => {
      const siblings = byFingerprint.get(fingerprint)?.filter((group) => group.path === path);
      return new Set(siblings?.flatMap(({ ids }) => ids)).size;
    },
  };
}

function listContents(groups: Iterable<Group>): { id: string; path: string }[] {
  const contents = new Map<string, { id: string; path: string }>();
  for (const { path, ids } of groups) for (const id of ids) contents.set(`${id}\0${path}`, { id, path });
  return [...contents.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function chooseOldest(groups: Iterable<Group>, origins: Origins): Map<string, Choice> {
  const chosen = new Map<string, Choice>();
  for (const { fingerprint, path, ids } of groups) {
    const id = findOldest(ids, origins);
    const choice = chosen.get(id);
    if (choice) choice.fingerprints.add(fingerprint);
    else chosen.set(id, { path, fingerprints: new Set([fingerprint]) });
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
