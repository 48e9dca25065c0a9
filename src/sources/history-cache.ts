// What is kept between scans of one repository's history, in the user's cache folder: ids and paths, no content.
import type { CachePlace } from './cache-file.ts';
import { openCleanContents } from './clean-contents.ts';
import type { GitContext } from './git.ts';
import type { HistoryScope } from './history-scope.ts';
import type { Repository } from './repository.ts';
import type { FoundContent, Walked, WalkMemory } from './walk-memory.ts';
import {
  addRemembered,
  describeFound,
  describeMet,
  listMissed,
  listTips,
  recallWalk,
  rememberWalk,
} from './walk-memory.ts';

export interface HistoryCache {
  /** Commits whose history an earlier scan has seen to its end. */
  readonly tips: readonly string[];
  isClean(id: string, path: string): boolean;
  noteClean(id: string, path: string): void;
  /** To be called once, behind the walk: what is to be scanned again, and how much is not. */
  recall(): { readonly found: readonly FoundContent[]; readonly unchanged: number };
  /** Of contents that hold something, those that the earlier scan may have met without saying who brought them. */
  listMissed(ids: readonly string[]): string[];
  /**
   * @param found contents that held something; undefined after a scan that is not complete
   * @param isSecret of a path, in bytes: one that holds a secret is not written down
   */
  remember(found: readonly FoundContent[] | undefined, isSecret: (path: string) => boolean): void;
}

const NO_CACHE: HistoryCache = {
  tips: [],
  isClean: () => false,
  noteClean: () => undefined,
  recall: () => ({ found: [], unchanged: 0 }),
  listMissed: () => [],
  remember: () => undefined,
};

export interface CacheOptions extends GitContext {
  readonly scope: HistoryScope;
  readonly cache?: CachePlace;
}

export function openHistoryCache(
  options: CacheOptions,
  repository: Repository,
  walked: Walked,
): HistoryCache {
  const { cache } = options;
  if (!cache) return NO_CACHE;
  const clean = openCleanContents({ ...cache, key: `clean ${cache.key}` }, repository.digits);
  const walk = isWholeWalk(options, repository) ? openWalk(options, cache, walked) : undefined;
  return {
    tips: walk?.memory?.tips ?? [],
    isClean: clean.has,
    noteClean: clean.add,
    recall: () => walk?.recall() ?? { found: [], unchanged: 0 },
    listMissed: (ids) => (walk?.memory ? listMissed(walk.memory, ids) : []),
    remember: (found, isSecret) => {
      clean.save();
      if (found) walk?.remember(found, isSecret);
    },
  };
}

/** Only what was walked to its end can be left out later. */
function isWholeWalk({ scope }: CacheOptions, { cutCommits }: Repository): boolean {
  return scope.kind === 'all' && scope.since === undefined && !scope.unreachable && cutCommits.length === 0;
}

interface Walk extends Pick<HistoryCache, 'recall'> {
  readonly memory: WalkMemory | undefined;
  remember(found: readonly FoundContent[], isSecret: (path: string) => boolean): void;
}

function openWalk(context: GitContext, cache: CachePlace, met: Walked): Walk | undefined {
  const place = { ...cache, key: `walk 2 ${cache.key}` };
  const { commits, blobs } = met.index;
  const tips = listTips(context);
  // A ref leads to what is not there: the walk will say so.
  if (!tips) return undefined;
  const memory = recallWalk(context, place, tips);
  let walked = 0;
  return {
    memory,
    recall: () => {
      walked = commits.size + blobs.size;
      if (!memory) return { found: [], unchanged: 0 };
      addRemembered(met, memory);
      return { found: memory.found, unchanged: memory.contents - memory.found.length };
    },
    remember: (found, isSecret) => {
      const isKnown = walked === 0 && memory?.tips.length === tips.length;
      if (isKnown) return;
      // Tags are scanned each time: they are few, and no walk leads to them.
      const walkedTo = found.filter(({ id }) => commits.find(id) !== -1 || blobs.find(id) !== -1);
      const contents = (memory?.contents ?? 0) + walked;
      const described = describeFound(met, walkedTo);
      if (!described) return;
      const paths = [
        ...described.found.map(({ path }) => path),
        ...described.changes.map(([, , path]) => path),
      ];
      if (paths.some(isSecret)) return;
      rememberWalk(place, { tips, contents, met: describeMet(met, memory), ...described });
    },
  };
}
