// Whatever went wrong → one message and an exit code.
import { escapeControls } from '../model/redact.ts';
import { UserError } from '../model/user-error.ts';
import { EXIT } from './exit-code.ts';

export function reportFailure(error: unknown): number {
  if (error instanceof UserError) {
    const place = error.place === undefined ? '' : `${error.place}: `;
    process.stderr.write(`nhi-scan: ${escapeControls(place + error.message)}\n`);
    if (error.hint) process.stderr.write(`  ${escapeControls(error.hint)}\n`);
    return EXIT.usage;
  }
  // A fault of ours. The stack names our files only; messages of the runtime may quote input, so only ours show.
  const { name, stack } = error instanceof Error ? error : { name: 'unknown', stack: '' };
  process.stderr.write(`nhi-scan: internal fault (${name}). This is a bug; the scan says nothing.\n`);
  const frames = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  process.stderr.write(`${frames.join('\n')}\n`);
  return EXIT.internal;
}
