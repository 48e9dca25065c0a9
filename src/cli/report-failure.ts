// Whatever went wrong → one message and an exit code.
import { escapeControls } from '../model/redact.ts';
import { UserError } from '../model/user-error.ts';
import { EXIT } from './exit-code.ts';
import { OutputFailure } from './output-failure.ts';
import { complain } from './standard-streams.ts';

export function reportFailure(error: unknown): number {
  if (error instanceof UserError) {
    const place = error.place === undefined ? '' : `${error.place}: `;
    complain(`nhi-scan: ${escapeControls(place + error.message)}\n`);
    if (error.hint) complain(`  ${escapeControls(error.hint)}\n`);
    return EXIT.usage;
  }
  if (error instanceof OutputFailure) {
    complain(`nhi-scan: ${escapeControls(error.message)}\n`);
    return EXIT.internal;
  }
  // A fault of ours. The stack names our files only; messages of the runtime may quote input, so only ours show.
  const { name, stack } = error instanceof Error ? error : { name: 'unknown', stack: '' };
  complain(`nhi-scan: internal fault (${name}). This is a bug; the scan says nothing.\n`);
  const frames = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  complain(`${frames.join('\n')}\n`);
  return EXIT.internal;
}
