// Files of a tree: walks folders, honours .gitignore, follows no link. Lists lazily, in the order of names.
import { isCredentialFile } from './credential-files.ts';
import type { FolderEntry } from './folder.ts';
import { joinPath, nameInBytes, readFolder, toPrefix } from './folder.ts';
import { isGeneratedFolder } from './generated-folders.ts';
import type { IgnoreChain } from './gitignore.ts';
import {
  addExcludeFile,
  addIgnoreFile,
  findIgnoresAbove,
  findRepositoryTop,
  isIgnored,
} from './gitignore.ts';
import type { IgnoreSubject } from './ignore-rules.ts';
import type { FilePath, Input, Ledger, Listing } from './input.ts';
import { countSkip, createLedger } from './input.ts';
import { toByteText } from './name-bytes.ts';
import type { PathMatcher } from './path-matcher.ts';
import { createPathMatcher } from './path-matcher.ts';
import { isOnPseudoFileSystem, mayBePseudoFileSystem } from './pseudo-file-system.ts';
import { explainReadError } from './read-file.ts';
import type { Start } from './tree-starts.ts';
import { findRoot, resolveStarts, toRelative } from './tree-starts.ts';

export interface TreeOptions {
  /** Files, folders and globs, as the user wrote them. */
  readonly paths: readonly string[];
  /** Absolute folder that relative paths are read from. */
  readonly workingFolder: string;
  readonly useGitignore: boolean;
  /** Globs in .gitignore syntax, relative to the root, of what is not scanned. */
  readonly exclude: readonly string[];
}

/**
 * Lists files. What the user names is listed whatever .gitignore says; what it contains is listed unless git ignores
 * it, except for well-known credential files (see `credential-files.ts`). Outside of a repository nothing is ignored. See `findRoot` for what paths are relative to.
 * @throws UserError for a path that does not exist
 */
export async function listTree(options: TreeOptions): Promise<Listing> {
  const starts = await resolveStarts(options.paths, options.workingFolder);
  const root = findRoot(starts, options.workingFolder);
  const walk: Walk = {
    root,
    ledger: createLedger(),
    useGitignore: options.useGitignore,
    isExcluded: options.exclude.length === 0 ? undefined : createPathMatcher(options.exclude),
    // A start within another start is listed for itself, and passed over where the walk meets it.
    elsewhere: new Set(starts.length > 1 ? starts.map(({ path }) => path) : []),
  };
  const { skipped, diagnostics } = walk.ledger;
  return { root, inputs: listStarts(walk, starts), skipped, diagnostics };
}

interface Walk {
  readonly root: string;
  readonly ledger: Ledger;
  readonly useGitignore: boolean;
  readonly isExcluded: PathMatcher | undefined;
  readonly elsewhere: ReadonlySet<FilePath>;
}

interface Folder {
  /** Absolute, with its separator at the end. */
  readonly prefix: FilePath;
  /** For people: relative to the root, with a slash at the end; empty at the root. */
  readonly path: string;
  /** In bytes: relative to the top of the chain of .gitignore files, with a slash at the end; empty at the top. */
  readonly ignorePath: string;
  readonly ignores: IgnoreChain | undefined;
  /** Outside of a repository git ignores nothing, whatever .gitignore files lie there. */
  readonly isInRepository: boolean;
  /** In a folder that git ignores only well-known credential files are listed. */
  readonly isIgnored: boolean;
}

function* listStarts(walk: Walk, starts: readonly Start[]): Generator<Input> {
  for (const start of starts) {
    const path = toRelative(start.path, walk.root);
    if (start.type === 'other' || isOnPseudoFileSystem(start.path)) countSkip(walk.ledger, 'not-a-file');
    else if (path !== '' && walk.isExcluded?.(start.type === 'folder' ? `${path}/` : path)) {
      countSkip(walk.ledger, 'excluded');
    } else if (start.type === 'folder') yield* walkFolder(walk, openStart(walk, start.path, path));
    else yield { kind: 'path', provenance: { kind: 'file', path }, absolutePath: start.path };
  }
}

function openStart(walk: Walk, absolute: string, path: string): Folder {
  const top = walk.useGitignore ? findRepositoryTop(absolute) : undefined;
  const inRepository = top === undefined ? '' : toRelative(absolute, top);
  return {
    prefix: toPrefix(absolute),
    path: path === '' ? '' : `${path}/`,
    ignorePath: inRepository === '' ? '' : `${toByteText(inRepository)}/`,
    ignores: top === undefined ? undefined : findIgnoresAbove(absolute, top),
    isInRepository: top !== undefined,
    isIgnored: false,
  };
}

function* walkFolder(walk: Walk, start: Folder): Generator<Input> {
  // Folders wait on a stack of our own: generators within generators would make every file pay for its depth.
  const waiting = [start];
  for (let opened = waiting.pop(); opened; opened = waiting.pop()) {
    const entries = listEntries(walk, opened);
    const folder = walk.useGitignore ? readIgnoreFiles(opened, entries, opened === start) : opened;
    const inner: Folder[] = [];
    for (const entry of entries) {
      if (entry.name === '.git') continue;
      if (entry.type === 'folder') {
        const next = enterFolder(walk, folder, entry);
        if (next) inner.push(next);
      } else {
        const input = judgeEntry(walk, folder, entry);
        if (input) yield input;
      }
    }
    while (inner.length > 0) waiting.push(inner.pop()!);
  }
}

function listEntries({ ledger }: Walk, folder: Folder): readonly FolderEntry[] {
  try {
    return readFolder(folder.prefix);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') countSkip(ledger, 'deleted');
    // What git ignores is often another user's, such as a database's volume: not reading it hides no source.
    else {
      const level = folder.isIgnored ? 'warning' : 'error';
      ledger.diagnostics.push({ level, subject: folder.path || '.', message: explainReadError(error) });
    }
    return [];
  }
}

/** A folder with a `.git` is the top of a repository of its own, to which no pattern from above applies. */
function readIgnoreFiles(opened: Folder, entries: readonly FolderEntry[], isStart: boolean): Folder {
  const hasFile = (name: string): boolean => entries.some((entry) => entry.name === name);
  const isTop = !isStart && hasFile('.git');
  const folder = isTop ? openRepository(opened) : opened;
  if (!folder.isInRepository || !hasFile('.gitignore')) return folder;
  const file = joinPath(folder.prefix, '.gitignore');
  return { ...folder, ignores: addIgnoreFile(file, folder.ignorePath.length, folder.ignores) };
}

function openRepository(folder: Folder): Folder {
  return { ...folder, ignorePath: '', ignores: addExcludeFile(folder.prefix), isInRepository: true };
}

function enterFolder(walk: Walk, folder: Folder, entry: FolderEntry): Folder | undefined {
  const absolutePath = joinPath(folder.prefix, entry.raw ?? entry.name);
  if (walk.elsewhere.size > 0 && walk.elsewhere.has(absolutePath)) return undefined;
  const path = `${folder.path}${entry.name}/`;
  const prefix = toPrefix(absolutePath);
  const subject = describe(folder, entry);
  const ignored = folder.isIgnored || isIgnored(folder.ignores, subject);
  if (walk.isExcluded?.(path)) countSkip(walk.ledger, 'excluded');
  else if (ignored && isGeneratedFolder(entry.name)) countSkip(walk.ledger, 'gitignored');
  else if (mayBePseudoFileSystem(entry.name) && isOnPseudoFileSystem(prefix))
    countSkip(walk.ledger, 'not-a-file');
  else return { ...folder, prefix, path, ignorePath: `${subject.path}/`, isIgnored: ignored };
  return undefined;
}

function judgeEntry(walk: Walk, folder: Folder, entry: FolderEntry): Input | undefined {
  const path = folder.path + entry.name;
  const absolutePath = joinPath(folder.prefix, entry.raw ?? entry.name);
  if (walk.elsewhere.size > 0 && walk.elsewhere.has(absolutePath)) return undefined;
  const subject = describe(folder, entry);
  const ignored = folder.isIgnored || isIgnored(folder.ignores, subject);
  if (walk.isExcluded?.(path)) countSkip(walk.ledger, 'excluded');
  else if (ignored && !isCredentialFile(subject.path)) countSkip(walk.ledger, 'gitignored');
  else if (entry.type !== 'file') countSkip(walk.ledger, entry.type === 'link' ? 'symlink' : 'not-a-file');
  else if (ignored)
    return { kind: 'path', provenance: { kind: 'file', path, untracked: true }, absolutePath };
  else return { kind: 'path', provenance: { kind: 'file', path }, absolutePath };
  return undefined;
}

function describe(folder: Folder, entry: FolderEntry): IgnoreSubject {
  const name = nameInBytes(entry);
  return { name, path: folder.ignorePath + name, isFolder: entry.type === 'folder' };
}
