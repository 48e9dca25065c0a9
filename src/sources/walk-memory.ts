// What an earlier, complete scan of a repository's history has seen: from where it walked, and which contents held
// something. A later scan walks only to what has come since, and looks at those contents again.
import type { CachePlace } from './cache-file.ts';
import { readCacheFile, writeCacheFile } from './cache-file.ts';
import type { GitContext } from './git.ts';
import { runGit } from './git.ts';
import type { CommitAges } from './commit-ages.ts';
import type { HistoryIndex } from './history-index.ts';
import { SourceFailure } from './source-failure.ts';

export interface WalkMemory {
  /** Ids of the commits from which all of history was walked. */
  readonly tips: readonly string[];
  /** How many contents and messages were scanned, or known to be clean. */
  readonly contents: number;
  /** Every commit that is named below, with its age. */
  readonly commits: readonly (readonly [commit: string, time: number, depth: number])[];
  /** The changes that brought contents which held something; those of a commit in the order of the walk. Paths in bytes. */
  readonly changes: readonly (readonly [commit: string, blob: string, path: string])[];
  /** Contents and messages that held something, with the path under which they were scanned. */
  readonly found: readonly FoundContent[];
  /** The first four bytes of the id of every content that was met, one after another, in base64. */
  readonly met: string;
}

export interface FoundContent {
  readonly id: string;
  readonly path: string;
}

/** The commits from which everything is reached: refs and reflogs. Undefined where git cannot list them. */
export function listTips(context: GitContext): string[] | undefined {
  try {
    const tips = runGit(context, ['rev-list', '--all', '--reflog', '--no-walk=unsorted', '--']);
    return [...new Set(tips.toString('latin1').split('\n').filter(Boolean))].sort();
  } catch (error) {
    if (error instanceof SourceFailure) return undefined;
    throw error;
  }
}

/**
 * The memory, where it still holds: what it was told from must be reached from the tips of today.
 * @param tips see `listTips`
 */
export function recallWalk(
  context: GitContext,
  place: CachePlace,
  tips: readonly string[],
): WalkMemory | undefined {
  const memory = parse(readCacheFile(place));
  if (!memory) return undefined;
  const today = new Set(tips);
  const missing = memory.tips.filter((tip) => !today.has(tip));
  if (missing.length === 0) return memory;
  try {
    const input = [...missing, ...tips.map((tip) => `^${tip}`)].join('\n');
    const lost = runGit(context, ['rev-list', '--max-count=1', '--stdin'], `${input}\n`);
    return lost.length === 0 ? memory : undefined;
  } catch (error) {
    if (error instanceof SourceFailure) return undefined;
    throw error;
  }
}

function parse(bytes: Buffer | undefined): WalkMemory | undefined {
  // The digest of the file vouches for its shape: only this program writes it.
  return bytes && (JSON.parse(bytes.toString('utf8')) as WalkMemory);
}

export function rememberWalk(place: CachePlace, memory: WalkMemory): void {
  writeCacheFile(place, Buffer.from(JSON.stringify(memory), 'utf8'));
}

/** What the walk has met, and how old its commits are. */
export interface Walked {
  readonly index: HistoryIndex;
  readonly ages: CommitAges;
}

/** Adds what the walk would have added. */
export function addRemembered({ index, ages }: Walked, memory: WalkMemory): void {
  const { commits, blobs } = index;
  for (const [commit, time, depth] of memory.commits) {
    commits.add(Buffer.from(commit, 'latin1'), 0);
    ages.add(commit, { time, depth });
  }
  for (const [commit, blob, path] of memory.changes) {
    index.addChange(commits.find(commit), blobs.add(Buffer.from(blob, 'latin1'), 0), path);
  }
}

const DIGITS_KEPT = 8;

/** What `met` is to be after this scan. */
export function describeMet({ index: { blobs } }: Walked, memory: WalkMemory | undefined): string {
  const before = Buffer.from(memory?.met ?? '', 'base64');
  const ids = Array.from({ length: blobs.size }, (_, blob) => blobs.idOf(blob).slice(0, DIGITS_KEPT));
  return Buffer.concat([before, Buffer.from(ids.join(''), 'hex')]).toString('base64');
}

/** Of contents that this scan has found something in, those that the earlier one may have met, and found nothing in. */
export function listMissed({ found, met }: WalkMemory, ids: readonly string[]): string[] {
  const known = new Set(found.map(({ id }) => id));
  const starts = new Set<number>();
  const bytes = Buffer.from(met, 'base64');
  for (let at = 0; at < bytes.length; at += 4) starts.add(bytes.readUInt32BE(at));
  return ids.filter((id) => !known.has(id) && starts.has(Number.parseInt(id.slice(0, DIGITS_KEPT), 16)));
}

/** What a later scan must know of the contents that held something; undefined where an age is not known. */
export function describeFound(
  { index, ages }: Walked,
  found: readonly FoundContent[],
): Pick<WalkMemory, 'commits' | 'changes' | 'found'> | undefined {
  const { commits, blobs } = index;
  const blobIndices = new Set(found.map(({ id }) => blobs.find(id)).filter((blob) => blob !== -1));
  const changes = [...index.findChanges(blobIndices)]
    .flatMap(([blob, list]) => list.map((change) => ({ ...change, blob })))
    .sort((a, b) => a.commit - b.commit);
  const messages = found.map(({ id }) => commits.find(id)).filter((commit) => commit !== -1);
  const named = [...new Set([...messages, ...changes.map(({ commit }) => commit)])].map((commit) =>
    commits.idOf(commit),
  );
  const known = ages.read(named);
  return (
    known && {
      found,
      commits: named.map((id) => [id, known.get(id)!.time, known.get(id)!.depth]),
      changes: changes.map(({ commit, blob, path }) => [commits.idOf(commit), blobs.idOf(blob), path]),
    }
  );
}
