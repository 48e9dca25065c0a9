// `nhi-scan hook run`: what the installed scripts call. Scans what is about to be published, and says what to do.
import type { HistoryRequest } from '../../scan/open-source.ts';
import { EXIT } from '../exit-code.ts';
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
  const updates = readUpdates(await readInput());
  const scope = type === 'pre-push' ? toPushScope(updates, args[0]) : toReceiveScope(updates);
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

interface Update {
  /** Ids; all zeros for a ref that is new or that is deleted. */
  readonly older: string;
  readonly newer: string;
}

/** `local-ref local-id remote-ref remote-id` before a push, `old-id new-id ref` where it is received. */
function readUpdates(input: string): Update[] {
  return input.split('\n').flatMap((line): Update[] => {
    const ids = line.split(' ').filter((word) => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(word));
    const [first, second] = ids;
    if (first === undefined || second === undefined) return [];
    const isReceived = line.startsWith(`${first} ${second} `);
    return [isReceived ? { older: first, newer: second } : { older: second, newer: first }];
  });
}

type CommitScope = Extract<HistoryRequest['scope'], { kind: 'commits' }>;

/** What the remote does not have, as far as this repository knows. */
function toPushScope(updates: readonly Update[], remote: string | undefined): CommitScope {
  return {
    kind: 'commits',
    include: updates.map(({ newer }) => newer).filter(isId),
    exclude: updates.map(({ older }) => older).filter(isId),
    known: remote === undefined || !/^[\w.-]+$/.test(remote) ? '--remotes' : `--remotes=${remote}`,
  };
}

/** What no ref of this repository has: none has been moved yet. */
function toReceiveScope(updates: readonly Update[]): CommitScope {
  return {
    kind: 'commits',
    include: updates.map(({ newer }) => newer).filter(isId),
    exclude: [],
    known: '--all',
  };
}

function isId(id: string): boolean {
  return !/^0+$/.test(id);
}

async function readInput(): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
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
