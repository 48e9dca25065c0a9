// Secrets in texts that a user or another tool has written, and that are about to be shown or written elsewhere.
import type { Finding } from '../model/finding.ts';
import { UserError } from '../model/user-error.ts';
import { loadBuiltInReferences, loadBuiltInRules } from '../rules/load-rules.ts';
import { createInputScanner } from '../scan/input-scanner.ts';

const CAPACITY_BYTES = 256 * 1024;

/** Finds what the built-in rules find, but for what they are unsure of. */
export type SecretFinder = (text: string) => readonly Finding[];

export function createSecretFinder(): SecretFinder {
  const scanner = createInputScanner({
    rules: loadBuiltInRules().rules,
    analysis: {
      allow: [],
      nowMs: Date.now(),
      only: 'secrets',
      showSecrets: false,
      honourInlineComments: false,
      references: loadBuiltInReferences(),
      keep: 'accepted',
    },
    maxBytes: Number.MAX_SAFE_INTEGER,
    archives: false,
    capacityBytes: CAPACITY_BYTES,
  });
  const provenance = { kind: 'stdin', path: 'text.txt' } as const;
  return (text) => {
    const outcome = scanner.scan({ kind: 'bytes', provenance, bytes: Buffer.from(text, 'utf8') });
    const findings = outcome.status === 'scanned' ? outcome.analyses.flatMap((each) => each.findings) : [];
    return findings.filter(({ confidence }) => confidence !== 'low');
  };
}

/**
 * @param what names the text in the message
 * @throws UserError where there is a secret in it
 */
export function refuseSecret(what: string, text: string): void {
  const [found] = createSecretFinder()(text);
  if (!found) return;
  throw new UserError(`${what} holds what looks like a secret (${found.ruleId})`, {
    hint: 'it would be written to a file that others read: say it without the secret',
  });
}

/** The text, of one line, as it may be shown. */
export function hideSecrets(text: string, find: SecretFinder): string {
  let shown = text;
  for (const { location, secret } of [...find(text)].reverse()) {
    shown = shown.slice(0, location.startColumn - 1) + secret + shown.slice(location.endColumn - 1);
  }
  return shown;
}
