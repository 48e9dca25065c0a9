// `npm run bench -- [--tree PATH] [--history PATH] [--small] [--growth] [--hostile] [--runs N]`: whole-process medians
// beside the installed peers, as ratios. Without flags: what needs no tree of yours.
import { readdirSync, statSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { generateHostileTree, generateTree } from './generate-tree.ts';
import type { Command, Measured } from './measure.ts';
import { measureByRules } from './growth-by-rules.ts';
import { measure } from './measure.ts';
import { listPeers } from './peers.ts';

const PROGRAM = resolve('bin/nhi-scan.js');

const { values: flags } = parseArgs({
  options: {
    tree: { type: 'string' },
    history: { type: 'string' },
    small: { type: 'boolean' },
    growth: { type: 'boolean' },
    hostile: { type: 'boolean' },
    runs: { type: 'string', default: '5' },
    timeout: { type: 'string', default: '300' },
  },
});
const options = { runs: Number(flags.runs), timeoutMs: Number(flags.timeout) * 1000 };
const isDefault = !flags.tree && !flags.history && !flags.small && !flags.growth && !flags.hostile;

if (flags.tree) benchTree(flags.tree);
if (flags.history) benchHistory(flags.history);
if (flags.small || isDefault) inTemporaryFolder(benchSmall);
if (flags.growth || isDefault) inTemporaryFolder(benchGrowth);
if (flags.hostile || isDefault) inTemporaryFolder(benchHostile);

function scanCommand(name: string, args: readonly string[]): Command {
  return {
    name,
    program: process.execPath,
    args: [PROGRAM, 'scan', '--exit-zero', '--no-progress', '--format', 'json', ...args],
    countFindings: (stdout) => (JSON.parse(stdout) as { findings: unknown[] }).findings.length,
  };
}

function benchTree(path: string): void {
  const { bytes, files } = sizeOfTree(path);
  console.log(`\n${path}: ${files} files, ${(bytes / 1e6).toFixed(0)} MB`);
  printTable(measure([scanCommand('nhi-scan', [resolve(path)]), ...listPeers('tree', path)], options), bytes);
}

function benchHistory(path: string): void {
  console.log(`\n${path}: history`);
  const git = { name: 'git cat-file --batch-all-objects', program: 'sh' };
  const floor = {
    ...git,
    args: ['-c', `git -C '${resolve(path)}' cat-file --batch-all-objects --batch > /dev/null`],
  };
  const own = [
    scanCommand('nhi-scan --history', ['--history', '--no-cache', resolve(path)]),
    scanCommand('nhi-scan --history, second run', ['--history', resolve(path)]),
  ];
  printTable(measure([...own, floor, ...listPeers('history', path)], options));
}

function benchSmall(folder: string): void {
  generateTree(folder, { files: 10, bytesPerFile: 2000 });
  console.log('\n10 small files');
  const floor = { name: 'node -e 0', program: process.execPath, args: ['-e', '0'] };
  printTable(measure([scanCommand('nhi-scan', [folder]), floor], { ...options, runs: options.runs * 4 }));
}

function benchGrowth(folder: string): void {
  console.log('\nGrowth with the size of the tree');
  const sizes = [5000, 10_000, 20_000];
  for (const files of sizes) generateTree(join(folder, `${files}`), { files, bytesPerFile: 10_000 });
  printTable(
    measure(
      sizes.map((files) => scanCommand(`${files} files, ${files / 100} MB`, [join(folder, `${files}`)])),
      options,
    ),
  );
  benchRules(join(folder, '10000'));
}

function benchRules(folder: string): void {
  console.log('\nGrowth with the number of rules: the same files, in one process');
  for (const { rules, seconds } of measureByRules(folder)) {
    console.log(`${`${rules}`.padStart(6)} rules  ${seconds.toFixed(2)} s of processor time`);
  }
}

function benchHostile(folder: string): void {
  const size = { files: 100, bytesPerFile: 1_000_000 };
  generateHostileTree(folder, size);
  console.log('\nHostile mix: 100 MB of keywords without values, runs and repetitions');
  printTable(measure([scanCommand('nhi-scan', [folder])], options), size.files * size.bytesPerFile);
}

function printTable(rows: readonly Measured[], bytes?: number): void {
  const [first] = rows;
  const cells = rows.map((row) => [
    row.name,
    row.problem ?? `${row.seconds.toFixed(2)} s`,
    `${row.fastest.toFixed(2)}–${row.slowest.toFixed(2)}`,
    row === first ? '' : `${(row.seconds / first!.seconds).toFixed(2)}`,
    bytes === undefined ? '' : `${(bytes / 1e6 / row.seconds).toFixed(0)}`,
    row.cpuSeconds.toFixed(2),
    row.peakMegabytes?.toFixed(0) ?? '',
    `${row.findings ?? ''}`,
  ]);
  const head = ['', 'median', 'range', 'times ours', 'MB/s', 'cpu s', 'peak MB', 'findings'];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...cells.map((row) => row[column]!.length)),
  );
  for (const row of [head, ...cells]) {
    console.log(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
        .join('  '),
    );
  }
}

function sizeOfTree(root: string): { files: number; bytes: number } {
  let [files, bytes] = [0, 0];
  const waiting = [root];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) waiting.push(join(folder, entry.name));
      if (!entry.isFile()) continue;
      files++;
      bytes += statSync(join(folder, entry.name)).size;
    }
  }
  return { files, bytes };
}

function inTemporaryFolder(run: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'nhi-scan-bench-'));
  try {
    run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
