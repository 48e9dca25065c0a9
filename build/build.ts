// `npm run build`: kernel, rules, bundles and types, from nothing.
import { execFileSync } from 'node:child_process';
import { isAscii } from 'node:buffer';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { UserError } from '../src/model/user-error.ts';
import { CHALK_IS_TOLD } from './chalk-is-told.ts';
import { cacheCode } from './code-cache.ts';
import { buildKernel } from './kernel.ts';
import { LAZY_BUILT_INS } from './lazy-built-ins.ts';
import { buildRules } from './rules.ts';

const SHARED = {
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: true,
  legalComments: 'linked',
  logLevel: 'warning',
} as const;
// Some bundled packages are CommonJS and ask for built-in modules by `require`.
const REQUIRE =
  "import { createRequire as nhiCreateRequire } from 'node:module'; const require = nhiCreateRequire(import.meta.url);";
const FILE_URL = "const nhiFileUrl = require('node:url').pathToFileURL(__filename).href;";

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
// The program is one CommonJS file: Node loads that faster than modules.
await build({
  ...SHARED,
  entryPoints: { cli: 'src/cli/main.ts', launch: 'src/cli/launch.ts' },
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  supported: { 'dynamic-import': false },
  define: { 'import.meta.url': 'nhiFileUrl' },
  banner: { js: FILE_URL },
  plugins: [LAZY_BUILT_INS, CHALK_IS_TOLD],
});
checkAscii('dist/cli.cjs');
writeFileSync('dist/worker.cjs', "require('./launch.cjs').launch('worker');\n");
// The library is modules.
await build({
  ...SHARED,
  entryPoints: { index: 'src/index.ts' },
  format: 'esm',
  splitting: true,
  banner: { js: REQUIRE },
});
cacheCode();
/** The bundle is read as latin1, which is faster: esbuild escapes everything else but what stands in patterns. */
function checkAscii(file: string): void {
  if (!isAscii(readFileSync(file))) throw new Error(`${file} is not ASCII: write \\u escapes in patterns`);
}

execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'build/tsconfig.types.json'], {
  stdio: 'inherit',
});
