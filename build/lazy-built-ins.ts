// An esbuild plugin: built-in modules of Node that a small scan may never need are loaded when something of them is used.
import { createRequire } from 'node:module';
import type { Plugin } from 'esbuild';

const MODULES = ['child_process', 'crypto', 'os', 'readline/promises', 'tty', 'worker_threads', 'zlib'];
const FILTER = new RegExp(`^node:(?:${MODULES.join('|')})$`);
const require = createRequire(import.meta.url);

export const LAZY_BUILT_INS: Plugin = {
  name: 'lazy-built-ins',
  setup: (build) => {
    build.onResolve({ filter: FILTER }, ({ path, namespace }) =>
      namespace === 'lazy' ? { path, external: true } : { path, namespace: 'lazy' },
    );
    build.onLoad({ filter: FILTER, namespace: 'lazy' }, ({ path }) => ({
      contents: describeLazily(path),
      loader: 'js',
    }));
  },
};

function describeLazily(path: string): string {
  const names = Object.keys(require(path) as object);
  return `
    let loaded;
    const load = () => (loaded ??= require(${JSON.stringify(path)}));
    for (const name of ${JSON.stringify(names)}) {
      Object.defineProperty(exports, name, { enumerable: true, get: () => load()[name] });
    }
  `;
}
