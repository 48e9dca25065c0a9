// Refuses a secret in a text that is about to be written where others read it.
import { loadBuiltInReferences, loadBuiltInRules } from '../rules/load-rules.ts';
import { createInputScanner } from '../scan/input-scanner.ts';
import { UserError } from '../model/user-error.ts';

const CAPACITY_BYTES = 256 * 1024;

/**
 * @param what names the text in the message
 * @throws UserError where the built-in rules find something in it
 */
export function refuseSecret(what: string, text: string): void {
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
  const outcome = scanner.scan({ kind: 'bytes', provenance, bytes: Buffer.from(text, 'utf8') });
  const findings = outcome.status === 'scanned' ? outcome.analyses.flatMap((each) => each.findings) : [];
  const found = findings.find(({ confidence }) => confidence !== 'low');
  if (!found) return;
  throw new UserError(`${what} holds what looks like a secret (${found.ruleId})`, {
    hint: 'it would be written to a file that others read: say it without the secret',
  });
}
