// `nhi-scan hook run`: what the installed scripts call. Scans what is about to be published, and says what to do.
import { UserError } from '../../model/user-error.ts';
import type { HistoryRequest } from '../../scan/open-source.ts';
import { EXIT } from '../exit-code.ts';
import { readUpdates } from '../hook-input.ts';
import type { CommitScope } from '../hook-scope.ts';
import { toLocalScope, toPushScope, toReceiveScope } from '../hook-scope.ts';
import type { HookType } from '../hook-script.ts';
import { readSafeFolders } from '../safe-folders.ts';
import { SCAN_DEFAULTS } from '../scan-defaults.ts';
import { complain } from '../standard-streams.ts';
import { runScan } from './scan.ts';

/** @param args what git hands to the hook: for a push the name and the address of the remote */
export async function runHook(type: HookType, args: readonly string[]): Promise<number> {
  const code = await runFor(type, args);
  if (code !== EXIT.clean) complain(`${explain(type, code)}\n`);
  return code;
}

async function runFor(type: HookType, args: readonly string[]): Promise<number> {
  if (type === 'pre-commit') return runScan([], { ...SCAN_DEFAULTS, staged: true });
  const updates = readUpdates(type, await readInput());
  if (updates.length === 0) return runWithoutInput(type, args);
  return runScope(type === 'pre-push' ? toPushScope(updates, args) : toReceiveScope(updates));
}

/** Git starts pre-push so where all is up to date; or a line of the user's script has read what git said. */
async function runWithoutInput(type: HookType, args: readonly string[]): Promise<number> {
  if (type === 'pre-receive') throw new UserError('standard input is empty: git says there what it receives');
  const code = await runScope(toLocalScope(args));
  if (code !== EXIT.clean) {
    complain('nhi-scan: standard input did not say what is pushed, so all branches and tags were scanned.\n');
  }
  return code;
}

async function runScope(scope: CommitScope): Promise<number> {
  if (scope.include.length === 0) return EXIT.clean;
  const source: HistoryRequest = {
    kind: 'history',
    folder: process.cwd(),
    environment: process.env,
    // What a server receives lies in quarantine, which these variables name.
    isHook: true,
    ...readSafeFolders(process.cwd()),
    scope,
  };
  return runScan([], { ...SCAN_DEFAULTS, history: true }, source);
}

/** In bytes, one character each: names of refs need not be UTF-8. */
async function readInput(): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('latin1');
}

const VERBS: Readonly<Record<HookType, string>> = {
  'pre-commit': 'commit',
  'pre-push': 'push',
  'pre-receive': 'push',
};

function explain(type: HookType, code: number): string {
  const verb = VERBS[type];
  if (code !== EXIT.findings)
    return `nhi-scan: the ${verb} was stopped, for not everything could be scanned.`;
  const remedy =
    type === 'pre-commit'
      ? 'take the value out, read it from a secrets manager or the environment, and stage the file again'
      : 'take the value out of the commits that brought it; one that has left this machine must be revoked';
  const skip = type === 'pre-receive' ? '' : ` (or once: git ${verb} --no-verify)`;
  return [
    `nhi-scan: the ${verb} was stopped, for it would publish a credential. What to do:`,
    `  1. ${remedy};`,
    `  2. is it no credential? Say so beside it: nhi-scan:allow RULE -- REASON${skip}.`,
  ].join('\n');
}
