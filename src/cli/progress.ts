// One line on a terminal that says how far a long scan is.
import { complain, isTerminal } from './standard-streams.ts';

const FIRST_AFTER_MS = 800;
const EVERY_MS = 120;
const CLEAR_LINE = '\r\u001B[2K';

export interface Progress {
  update(scanned: number, bytes: number): void;
  stop(): void;
}

const SILENT: Progress = { update: () => undefined, stop: () => undefined };

/** Draws on standard error when that is a terminal and the user wants it. */
export function createProgress(isWanted: boolean): Progress {
  if (!isWanted || !isTerminal('stderr')) return SILENT;
  let last = Date.now() + FIRST_AFTER_MS - EVERY_MS;
  let isDrawn = false;
  return {
    update: (scanned, bytes) => {
      const now = Date.now();
      if (now - last < EVERY_MS) return;
      last = now;
      isDrawn = true;
      const megabytes = (bytes / 1_000_000).toFixed(0);
      complain(`${CLEAR_LINE}scanned ${scanned.toLocaleString('en')} files, ${megabytes} MB`);
    },
    stop: () => {
      if (isDrawn) complain(CLEAR_LINE);
    },
  };
}
