// `npm run build`: kernel, rules, bundles and types, from nothing.
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import { UserError } from '../src/model/user-error.ts';
import { buildKernel } from './kernel.ts';
import { buildRules } from './rules.ts';

// Some bundled packages are CommonJS and ask for built-in modules by `require`.
const REQUIRE =
  "import { createRequire as nhiCreateRequire } from 'node:module'; const require = nhiCreateRequire(import.meta.url);";

try {
  buildKernel();
  buildRules();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(`${error.place ?? ''}: ${error.message}${error.hint ? `\n  ${error.hint}` : ''}`);
  process.exit(1);
}
rmSync('dist', { recursive: true, force: true });
cpSync('src/rules/built-in', 'dist/built-in', { recursive: true });
await build({
  entryPoints: { cli: 'src/cli/main.ts', worker: 'src/scan/worker.ts', index: 'src/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  keepNames: true,
  legalComments: 'linked',
  banner: { js: REQUIRE },
  logLevel: 'warning',
});
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'build/tsconfig.types.json'], {
  stdio: 'inherit',
});
