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
 * A scan is over before optimising large functions pays, so V8 puts fewer of them into others. Its compiled code is good
 * only under the flags that it was made under, so this is set first. It holds for the whole process: where a worker is that
 * of another program, that program's flags are left alone. V8 knows it in Node 20 to 25; of a flag that it does not know it
 * complains on standard error.
 */
const V8_FLAG = '--max-inlined-bytecode-size=60';

/** The command line, or a worker of its scan. */
type Role = 'program' | 'worker';
type Run = (require: NodeJS.Require, file: string, role: Role) => void;

/** Returns the script, for the build. The bundle is ASCII: esbuild escapes all else. */
export function launch(role: Role = 'program'): Script {
  if (role === 'program') setFlagsFromString(V8_FLAG);
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
