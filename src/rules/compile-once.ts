/**
 * Changes nothing of what a pattern matches, where at least one character follows. V8 compiles what stands behind an
 * optional part once for each way that leads there, up to ten times over; behind this, only once.
 */
export const COMPILE_ONCE = '(?=[^])';
