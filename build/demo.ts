// `npm run demo`: the program at work on fixtures/demo. What lies there are templates, so that no token stands in this
// repository; they are expanded into a temporary folder, always to the same text, and scanned there.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expandTemplate } from '../src/rules/template.ts';

const FIXTURE = 'fixtures/demo/payments';

export interface DemoRun {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

/** Runs the built program on the expanded fixture. */
export function runDemo(args: readonly string[], options: { readonly inTerminal?: boolean } = {}): DemoRun {
  const folder = mkdtempSync(join(tmpdir(), 'nhi-scan-demo-'));
  try {
    expandFolder(FIXTURE, folder);
    const command = [join(process.cwd(), 'bin/nhi-scan.js'), 'scan', ...args];
    if (options.inTerminal) {
      const { status } = spawnSync(process.execPath, command, { cwd: folder, stdio: 'inherit' });
      return { stdout: '', stderr: '', exitCode: status };
    }
    const { stdout, stderr, status } = spawnSync(process.execPath, command, {
      cwd: folder,
      encoding: 'utf8',
    });
    return { stdout, stderr, exitCode: status };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function expandFolder(from: string, to: string): void {
  for (const entry of readdirSync(from, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const target = join(to, path.slice(from.length));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, expandTemplate(readFileSync(path, 'utf8'), { seed: path }));
  }
  execFileSync('git', ['init', '-q', to]);
}

if (process.argv[1]?.endsWith('demo.ts')) {
  process.exitCode = runDemo(process.argv.slice(2), { inTerminal: true }).exitCode ?? 4;
}
