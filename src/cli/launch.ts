// Starts the bundle with code that V8 has compiled when it was built: compiling it takes longer than a small scan.
// V8 takes no code that another version of itself has made; then the bundle is compiled as any other.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';

const BUNDLE = join(__dirname, 'cli.cjs');
export const CODE_CACHE: string = join(__dirname, 'cli.cache');

/**
 * A scan is over before optimising large functions pays: V8 puts fewer functions into others, and optimises later. Its
 * compiled code is good only under the flags that it was made under, so they are set first. They hold for the whole process:
 * where a worker is that of another program, that program's are left alone.
 */
const V8_FLAGS = ['--max-inlined-bytecode-size=60', '--interrupt-budget=300000'];

/** The command line, or a worker of its scan. */
type Role = 'program' | 'worker';
type Run = (require: NodeJS.Require, file: string, role: Role) => void;

/** Returns the script, for the build. The bundle is ASCII: esbuild escapes all else. */
export function launch(role: Role = 'program'): Script {
  if (role === 'program') for (const flag of V8_FLAGS) setFlagsFromString(flag);
  const source = `(function (require, __filename, nhiRole) {${readFileSync(BUNDLE, 'latin1')}\n})`;
  const cachedData = readCache();
  const script = new Script(source, { filename: BUNDLE, ...(cachedData ? { cachedData } : {}) });
  const run = script.runInThisContext() as Run;
  run(createRequire(BUNDLE), BUNDLE, role);
  return script;
}

function readCache(): Buffer | undefined {
  try {
    return readFileSync(CODE_CACHE);
  } catch {
    return undefined;
  }
}
