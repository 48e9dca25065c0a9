// Where the hooks of a repository lie, and who looks after them.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { UserError } from '../model/user-error.ts';

export interface HookPlace {
  /** `own`: a folder of hook scripts. `husky`: scripts that a team shares. `lefthook`: a file names the commands. */
  readonly manager: 'own' | 'husky' | 'lefthook';
  /** Absolute folder of the scripts that people write. */
  readonly folder: string;
  /** Absolute folder in which git looks: where the scripts are run by a manager, another one. */
  readonly hooks: string;
  /** True for the folder in which git looks when nobody names another. */
  readonly isOwnOfGit: boolean;
  /** True for a folder that serves other repositories, too. */
  readonly isShared: boolean;
}

const LEFTHOOK_FILES: readonly string[] = [
  'lefthook.yml',
  'lefthook.yaml',
  '.lefthook.yml',
  '.lefthook.yaml',
];

/**
 * Asks git, with the user's own configuration: that is where a folder of hooks is named.
 * @throws UserError outside of a repository
 */
export function findHookPlace(folder: string): HookPlace {
  const hooks = resolve(folder, askGit(folder, ['rev-parse', '--git-path', 'hooks']));
  const isBare = askGit(folder, ['rev-parse', '--is-bare-repository']) === 'true';
  const gitFolder = resolve(folder, askGit(folder, ['rev-parse', '--git-common-dir']));
  const top = isBare ? gitFolder : askGit(folder, ['rev-parse', '--show-toplevel']);
  const isOwn = [top, gitFolder].some((owner) => !relative(owner, hooks).startsWith('..'));
  const place = { folder: hooks, hooks, isOwnOfGit: hooks === join(gitFolder, 'hooks'), isShared: !isOwn };
  const isLefthook = !isBare && LEFTHOOK_FILES.some((name) => existsSync(join(top, name)));
  if (isLefthook) return { ...place, manager: 'lefthook' };
  const husky = findHusky(hooks);
  return husky === undefined ? { ...place, manager: 'own' } : { ...place, manager: 'husky', folder: husky };
}

/** The scripts that husky runs: of a whole repository, or of one folder in it. */
function findHusky(hooks: string): string | undefined {
  if (basename(hooks) === '.husky') return hooks;
  const parent = dirname(hooks);
  const isRunner = basename(parent) === '.husky' || ['h', 'husky.sh'].some((n) => existsSync(join(hooks, n)));
  return basename(hooks) === '_' && isRunner ? parent : undefined;
}

/** @throws UserError outside of a repository */
export function askGit(folder: string, args: readonly string[]): string {
  try {
    return execFileSync('git', args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UserError(isMissing ? 'git is not on PATH' : 'this is not a git repository', {
      hint: isMissing ? 'install git' : 'run it within a repository',
    });
  }
}
