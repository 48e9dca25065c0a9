// Starts the bundle with code that V8 has compiled when it was built: compiling it takes longer than a small scan.
// V8 takes no code that another version of itself has made; then the bundle is compiled as any other.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

const BUNDLE = join(__dirname, 'cli.cjs');
export const CODE_CACHE: string = join(__dirname, 'cli.cache');

/** In the main thread the command line, in others a worker of a scan. Returns the script, for the build. */
export function launch(): Script {
  const source = `(function (require, __filename) {${readFileSync(BUNDLE, 'utf8')}\n})`;
  const cachedData = readCache();
  const script = new Script(source, { filename: BUNDLE, ...(cachedData ? { cachedData } : {}) });
  (script.runInThisContext() as (require: NodeJS.Require, file: string) => void)(
    createRequire(BUNDLE),
    BUNDLE,
  );
  return script;
}

function readCache(): Buffer | undefined {
  try {
    return readFileSync(CODE_CACHE);
  } catch {
    return undefined;
  }
}
