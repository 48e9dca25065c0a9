// An esbuild plugin: chalk looks at the terminal when it is loaded, with modules of Node that a small scan does not need.
// The program looks itself, and tells chalk; so chalk gets the look that it has for browsers.
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

export const CHALK_IS_TOLD: Plugin = {
  name: 'chalk-is-told',
  setup: (build) => {
    build.onResolve({ filter: /^#supports-color$/ }, ({ resolveDir }) => ({
      path: join(resolveDir, 'vendor', 'supports-color', 'browser.js'),
    }));
  },
};
