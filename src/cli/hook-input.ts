// What git tells a hook on standard input: which refs are to move, from where, and to where.
import { UserError } from '../model/user-error.ts';
import type { HookType } from './hook-script.ts';

export interface Update {
  /** Ids; all zeros for a ref that is new or that is deleted. */
  readonly older: string;
  readonly newer: string;
  /** The ref as it is called where it is received. In bytes, one character each. */
  readonly ref: string;
}

const ID = '(?:[0-9a-f]{40}|[0-9a-f]{64})';

/** `local-ref local-id remote-ref remote-id`. The first is what the user typed: an id, or a text with blanks in it. */
const PUSHED = new RegExp(`^.+ (?<newer>${ID}) (?<ref>[^ ]+) (?<older>${ID})$`);
/** `old-id new-id ref`. */
const RECEIVED = new RegExp(`^(?<older>${ID}) (?<newer>${ID}) (?<ref>[^ ]+)$`);

/**
 * None for empty input.
 * @throws UserError for a line of another form: what it is about would not be scanned
 */
export function readUpdates(type: HookType, input: string): Update[] {
  const form = type === 'pre-push' ? PUSHED : RECEIVED;
  return input.split('\n').flatMap((line, index): Update[] => {
    if (line === '') return [];
    const { older, newer, ref } = form.exec(line)?.groups ?? {};
    if (older !== undefined && newer !== undefined && ref !== undefined) return [{ older, newer, ref }];
    throw new UserError(`line ${index + 1} of standard input is none that git writes for ${type}`, {
      hint: `hand on to 'nhi-scan hook run ${type}' what git says, as it is`,
    });
  });
}

export function isId(id: string): boolean {
  return !/^0+$/.test(id);
}
