// Compiles the prefilter kernel and writes it as a module. Skipped while its source has not changed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SOURCE = 'src/engine/kernel/prefilter.ts';
/** What it imports. */
const PARTS = ['escape-marks', 'follow', 'marks'].map((name) => `src/engine/kernel/${name}.ts`);
const TARGET = 'src/engine/kernel/binary.ts';
const OPTIONS = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd'];

export function buildKernel(): void {
  const hash = hashSources();
  const header = `// Written by the build from prefilter.ts (${hash.slice(0, 16)}).\n`;
  if (existsSync(TARGET) && readFileSync(TARGET, 'utf8').startsWith(header)) return;
  const folder = mkdtempSync(join(tmpdir(), 'nhi-scan-kernel-'));
  const wasm = join(folder, 'kernel.wasm');
  execFileSync(process.execPath, ['node_modules/assemblyscript/bin/asc.js', SOURCE, '-o', wasm, ...OPTIONS], {
    stdio: 'inherit',
  });
  const base64 = readFileSync(wasm).toString('base64');
  rmSync(folder, { recursive: true });
  writeFileSync(TARGET, `${header}export const KERNEL_BASE64: string =\n  '${base64}';\n`);
}

function hashSources(): string {
  const hash = createHash('sha256');
  for (const source of [SOURCE, ...PARTS]) hash.update(readFileSync(source));
  return hash.update(OPTIONS.join(' ')).digest('hex');
}
