// Runs the built program on the demo, so that V8 has compiled what a scan needs, and keeps the compiled code.
import { execFileSync } from 'node:child_process';

const SCRIPT = `
  const { writeFileSync } = require('node:fs');
  const { launch, CODE_CACHE } = require('./dist/launch.cjs');
  process.argv.splice(1, 0, 'nhi-scan');
  const script = launch();
  process.on('exit', () => {
    process.exitCode = 0;
    writeFileSync(CODE_CACHE, script.createCachedData());
  });
`;

export function cacheCode(): void {
  const scan = ['scan', 'fixtures/demo', 'fixtures/managed', '--jobs', '0'];
  execFileSync(process.execPath, ['-e', SCRIPT, ...scan], { stdio: ['ignore', 'ignore', 'inherit'] });
}
