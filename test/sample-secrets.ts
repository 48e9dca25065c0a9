// Secrets for tests, made when they run: the same name gives the same secret.
import { expandTemplate } from '../src/rules/template.ts';

/** Found by `slack-bot-token`, which knows its format. */
export function createToken(name: string): string {
  return expandTemplate('xoxb-<digit:12>-<digit:13>-<alnum:24>', { seed: name });
}

/** Found by a generic rule, where a credential's name stands before it. */
export function createPassword(name: string): string {
  return expandTemplate('<alnum:20>', { seed: name });
}
