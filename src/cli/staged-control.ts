// Configuration and baseline of a commit: what the index holds of them is what the commit will hold, and what is obeyed.
import { readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { BASELINE_FILE, loadBaseline } from '../config/load-baseline.ts';
import { CONFIG_FILE } from '../config/load-config.ts';
import type { Baseline, BaselineEntry } from '../model/baseline.ts';
import { isAccepting, keyOf } from '../model/baseline.ts';
import { UserError } from '../model/user-error.ts';
import type { SourceRequest } from '../scan/open-source.ts';
import { readSafeFolders } from './safe-folders.ts';
import { complain } from './standard-streams.ts';

export const CONTROL_FILES: readonly string[] = [CONFIG_FILE, BASELINE_FILE];

type ReadText = (name: string) => string | undefined;

export interface StagedControl {
  readonly readStaged: ReadText;
  /** As the last commit holds them. */
  readonly readCommitted: ReadText;
  /** Those that lie in the folder in another state. */
  readonly unstaged: readonly string[];
}

type StagedRequest = Extract<SourceRequest, { kind: 'staged' }>;

export function createStagedRequest(wholeFiles: boolean): StagedRequest {
  const folder = process.cwd();
  return {
    kind: 'staged',
    folder,
    environment: process.env,
    // Git tells its hooks which index to read, such as the temporary one of `git commit -a`.
    isHook: process.env['GIT_INDEX_FILE'] !== undefined,
    ...readSafeFolders(folder),
    wholeFiles,
  };
}

/** @param root the top of the work tree */
export async function readStagedControl(root: string): Promise<StagedControl> {
  const { readIndex } = await import('../scan/open-revision.ts');
  const files = readIndex(createStagedRequest(false), CONTROL_FILES);
  const readStaged: ReadText = (name) => {
    const text = toText(files.get(name)?.staged);
    // Where git keeps a link, it is what that leads to which counts.
    return text !== undefined && readLink(join(root, name)) === text ? readFile(join(root, name)) : text;
  };
  return {
    readStaged,
    readCommitted: (name) => toText(files.get(name)?.committed),
    unstaged: CONTROL_FILES.filter((name) => {
      const present = readFile(join(root, name));
      return present !== undefined && withoutReturns(present) !== withoutReturns(readStaged(name) ?? '');
    }),
  };
}

/** Entries by which the last commit accepts what the next one, with another baseline, does not. */
export async function listUnaccepted(
  { readCommitted }: StagedControl,
  baseline: Baseline | undefined,
): Promise<readonly BaselineEntry[]> {
  const before = await readBaseline(readCommitted);
  const today = new Date().toISOString().slice(0, 10);
  const listAccepting = (from: Baseline | undefined): BaselineEntry[] =>
    (from?.entries ?? []).filter((entry) => isAccepting(entry, today));
  const kept = new Set(listAccepting(baseline).map(keyOf));
  return listAccepting(before).filter((entry) => !kept.has(keyOf(entry)));
}

/** One that cannot be read has accepted nothing. */
async function readBaseline(readControlFile: ReadText): Promise<Baseline | undefined> {
  try {
    return await loadBaseline({ root: '', readControlFile });
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** What a person would wonder about, who looks at the files in the folder. */
export function explainControl(
  { readStaged, readCommitted, unstaged }: StagedControl,
  isClean: boolean,
): void {
  for (const name of isClean ? [] : unstaged) {
    complain(`nhi-scan: of ${name}, what is staged was obeyed; the folder holds another (git add ${name})\n`);
  }
  const before = readCommitted(CONFIG_FILE);
  if (before !== undefined && before !== readStaged(CONFIG_FILE)) {
    complain(
      `nhi-scan: the change edits ${CONFIG_FILE}; only a scan of the tree tells whether it accepts less\n`,
    );
  }
}

function toText(content: Uint8Array | undefined): string | undefined {
  return content && Buffer.from(content).toString('utf8');
}

function withoutReturns(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function readLink(file: string): string | undefined {
  try {
    return readlinkSync(file);
  } catch {
    return undefined;
  }
}

export function readFile(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
