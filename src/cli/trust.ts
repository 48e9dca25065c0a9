// Whose configuration a scan obeys: that of the scanned tree, that of a revision before a change, or nobody's.
import { join } from 'node:path';
import { UserError } from '../model/user-error.ts';
import type { Revision } from '../scan/open-revision.ts';
import { readSafeFolders } from './safe-folders.ts';
import type { StagedControl } from './staged-control.ts';
import { CONTROL_FILES, readFile, readStagedControl } from './staged-control.ts';

export const TRUST_LEVELS = ['tree', 'base', 'none'] as const;
export type TrustLevel = (typeof TRUST_LEVELS)[number];

export interface TrustFlags {
  readonly staged?: boolean;
  readonly trust?: TrustLevel;
  /** The revision before the change. */
  readonly base?: string;
}

/** What may be read by itself, without a flag that names it. */
export interface Trust {
  readonly level: TrustLevel;
  readonly base?: Revision;
  /** The text of a control file that is to be obeyed, where that is not the file in the tree. */
  readonly readControlFile?: (name: string) => string | undefined;
  /** Control files that the change edits: what is obeyed is their older state. */
  readonly edited: readonly string[];
  /** Where a staged change is trusted. */
  readonly staged?: StagedControl;
}

/** @throws UserError where no base is named, or it does not exist */
export async function decideTrust(root: string, flags: TrustFlags): Promise<Trust> {
  const { trust = 'tree', base } = flags;
  if (trust !== 'base' && base !== undefined) throw new UserError('--base needs --trust base');
  if (trust === 'tree' && flags.staged) {
    const staged = await readStagedControl(root);
    return { level: trust, readControlFile: staged.readStaged, edited: [], staged };
  }
  if (trust === 'tree') return { level: trust, edited: [] };
  if (trust === 'none') return { level: trust, readControlFile: () => undefined, edited: [] };
  if (base === undefined) {
    throw new UserError('--trust base needs --base', {
      hint: 'name the revision before the change: --base origin/main',
    });
  }
  const { openBase } = await import('../scan/open-revision.ts');
  const revision = openBase(
    { folder: root, environment: process.env, isHook: false, ...readSafeFolders(root) },
    base,
  );
  const files = revision.read(CONTROL_FILES);
  const readControlFile = (name: string): string | undefined => {
    const content = files.get(name);
    return content && Buffer.from(content).toString('utf8');
  };
  const edited = CONTROL_FILES.filter((name) => readFile(join(root, name)) !== readControlFile(name));
  return { level: trust, base: revision, readControlFile, edited };
}
