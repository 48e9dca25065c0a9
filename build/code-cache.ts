// Runs the built program on the demo and on a small history, so that V8 has compiled what scans need, and keeps the
// compiled code.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs the commands, given as JSON, one after another: each begins when there is nothing left to do for the one before. */
const SCRIPT = `
  const { writeFileSync } = require('node:fs');
  const { launch, CODE_CACHE } = require('./dist/launch.cjs');
  const commands = JSON.parse(process.argv[1]);
  let script;
  const next = () => {
    const command = commands.shift();
    if (!command) return;
    process.argv = [process.argv[0], 'nhi-scan', ...command];
    script = launch();
  };
  process.on('beforeExit', next);
  process.on('exit', () => {
    process.exitCode = 0;
    writeFileSync(CODE_CACHE, script.createCachedData());
  });
  next();
`;

export function cacheCode(): void {
  const repository = createRepository();
  const commands = [
    ['scan', 'fixtures/demo', 'fixtures/managed', '--jobs', '0'],
    ...(repository === undefined ? [] : [['scan', '--history', repository, '--jobs', '0', '--no-cache']]),
  ];
  execFileSync(process.execPath, ['-e', SCRIPT, JSON.stringify(commands)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (repository !== undefined) rmSync(repository, { recursive: true, force: true });
}

/** The demo in two commits; undefined where there is no git: then a scan of history compiles its code itself. */
function createRepository(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'nhi-scan-history-'));
  const git = (...args: string[]): void => {
    const identity = ['-c', 'user.name=build', '-c', 'user.email=build@example.com', '-c', 'core.hooksPath='];
    execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'ignore' });
  };
  try {
    git('init', '--quiet');
    for (const part of ['demo', 'managed']) {
      cpSync(join('fixtures', part), join(folder, part), { recursive: true });
      git('add', '--force', '.');
      git('commit', '--quiet', '--message', part);
    }
    return folder;
  } catch {
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
}
