// Tests mirror src/. The last line of a run is `N passed, N failed`.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    reporters: ['default', './test/closing-line-reporter.ts'],
    onConsoleLog: (log) => {
      throw new Error(`unclaimed console output: ${log}`);
    },
  },
});
