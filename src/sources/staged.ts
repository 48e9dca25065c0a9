// The index content of a staged change: what the next commit would hold, not what the working copy holds.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { GitContext } from './git.ts';
import { readObjects } from './git-objects.ts';
import { runGit } from './git.ts';
import type { IndexFile } from './index-files.ts';
import { listIndexFiles } from './index-files.ts';
import type { Input, Ledger, Listing } from './input.ts';
import { countSkip, createLedger } from './input.ts';
import { showName } from './name-bytes.ts';
import { createPathMatcher } from './path-matcher.ts';
import { SourceFailure } from './source-failure.ts';

export interface StagedOptions extends GitContext {
  /** Globs in .gitignore syntax, relative to the top of the work tree, of what is not scanned. */
  readonly exclude: readonly string[];
  /** Files that are listed although the change leaves them as they are: it takes back what accepted them. */
  readonly alsoListed?: readonly string[];
}

interface Change {
  readonly path: string;
  readonly mode: string;
  readonly status: string;
  /** One for each parent of the commit that has the path. */
  readonly oldIds: readonly string[];
  readonly newId: string;
}

const GITLINK = '160000';
/** None of git's letters for what has become of a file. */
const UNTOUCHED = '=';

/**
 * Three runs of git: one lists the changes, one says whether they are a merge, one reads their contents. Paths are relative to the top of the work tree.
 * @throws SourceFailure when git cannot say what is staged
 */
export function listStaged(options: StagedOptions): Listing {
  const ledger = createLedger();
  const isExcluded = createPathMatcher(options.exclude);
  const all = listChanges(options);
  const findUntouched = createFinder(options, all);
  const also = [...new Set(options.alsoListed)].flatMap((path) => findUntouched(path) ?? []);
  const changes = [...all, ...also].filter((change) => isScanned(change, isExcluded, ledger));
  const contents = readObjects(options, [...new Set(changes.map((change) => change.newId))]);
  const inputs = changes.flatMap(({ path, newId, oldIds }): Input[] => {
    const bytes = contents.get(newId);
    const base = oldIds.length === 0 ? {} : { baseOids: oldIds };
    if (bytes) return [{ kind: 'bytes', provenance: { kind: 'staged', path }, bytes, ...base }];
    ledger.diagnostics.push({ level: 'error', subject: path, message: `git has no object ${newId}` });
    return [];
  });
  return {
    inputs,
    skipped: ledger.skipped,
    diagnostics: ledger.diagnostics,
    readBases: (oids) => readObjects(options, [...new Set(oids)]),
    isUntouched: (path) => findUntouched(path) !== undefined,
  };
}

type Finder = (path: string) => Change | undefined;

/** Finds files that the change leaves as they are. Git is asked for them only where one is sought. */
function createFinder(context: GitContext, changes: readonly Change[]): Finder {
  const changed = new Set(changes.map(({ path }) => path));
  let files: ReadonlyMap<string, IndexFile> | undefined;
  return (path) => {
    if (changed.has(path)) return undefined;
    files ??= listIndexFiles(context);
    const file = files.get(path);
    return file && { path, mode: file.mode, status: UNTOUCHED, oldIds: [file.id], newId: file.id };
  };
}

const DIFF = [
  'diff-index',
  '--cached',
  '--raw',
  '-z',
  '--no-renames',
  '--abbrev=64',
  '--ignore-submodules=none',
];

/** What a merge takes from one of its sides is that side's doing: left are files that no side has so. */
function listChanges(context: GitContext): Change[] {
  let changes = listChangesSinceHead(context);
  for (const side of listMerged(context)) {
    const others = new Map(listChangesSince(context, side).map((change) => [change.path, change]));
    changes = changes.flatMap((change): Change[] => {
      const other = others.get(change.path);
      return other ? [{ ...change, oldIds: [...change.oldIds, ...other.oldIds] }] : [];
    });
  }
  return changes;
}

/**
 * The commits that the next one merges with HEAD. By its name alone git would find a tag that is called so, too.
 */
function listMerged(context: GitContext): string[] {
  const file = runGit(context, ['rev-parse', '--git-path', 'MERGE_HEAD']).toString('utf8').replace(/\n$/, '');
  try {
    return readFileSync(resolve(context.folder, file), 'latin1').match(/^[0-9a-f]{40,64}$/gm) ?? [];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new SourceFailure('git-failed', `cannot read ${file}: ${(error as NodeJS.ErrnoException).code}`);
  }
}

function listChangesSinceHead(context: GitContext): Change[] {
  try {
    return listChangesSince(context, 'HEAD');
  } catch (error) {
    if (!(error instanceof SourceFailure) || !/HEAD/.test(error.message)) throw error;
    // Before the first commit there is no HEAD: everything in the index is new.
    return listChangesSince(
      context,
      runGit(context, ['hash-object', '-t', 'tree', '--stdin']).toString('latin1').trim(),
    );
  }
}

function listChangesSince(context: GitContext, revision: string): Change[] {
  return parseRaw(runGit(context, [...DIFF, revision, '--']));
}

/** `:oldmode newmode oldid newid status NUL path NUL`, over and over. */
function parseRaw(output: Buffer): Change[] {
  const fields = output.toString('latin1').split('\0');
  const changes: Change[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, mode, oldId, newId, status] = fields[at]!.split(' ') as [string, string, string, string, string];
    changes.push({
      path: showName(Buffer.from(fields[at + 1]!, 'latin1')),
      mode,
      newId,
      status: status[0]!,
      oldIds: isNull(oldId) ? [] : [oldId],
    });
  }
  return changes;
}

function isScanned(change: Change, isExcluded: (path: string) => boolean, ledger: Ledger): boolean {
  if (change.status === 'D') return false;
  if (change.status === 'U') complainOfConflict(change, ledger);
  else if (change.mode === GITLINK) countSkip(ledger, 'submodule');
  else if (isExcluded(change.path)) countSkip(ledger, 'excluded');
  // An entry without an object is an intent to add, which the next commit would not hold.
  else return !isNull(change.newId);
  return false;
}

/** The index holds several versions of it, none of which a commit would take. */
function complainOfConflict({ path }: Change, { diagnostics }: Ledger): void {
  const message = 'a merge has left a conflict in it, so it was not scanned';
  diagnostics.push({ level: 'error', subject: path, message });
}

function isNull(id: string): boolean {
  return /^0+$/.test(id);
}
