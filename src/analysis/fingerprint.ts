// The stable id of a finding: what the secret is and which rule found it, not where it stands.
import { createHmac } from 'node:crypto';

// A fixed key makes ids comparable between machines; it is no protection by itself. See docs/threat-model.md.
const KEY = 'nhi-scan fingerprint 1';

/** 32 hexadecimal digits of HMAC-SHA-256 over rule id and secret. Survives moves, reindents, renames and line endings. */
export function fingerprintOf(ruleId: string, secret: string): string {
  return createHmac('sha256', KEY)
    .update(`${ruleId}\0${unify(secret)}`)
    .digest('hex')
    .slice(0, 32);
}

/** A secret of several lines, such as a private key, is the same however its lines end and are indented. */
function unify(secret: string): string {
  return /[\r\n]/.test(secret) ? secret.replace(/[ \t]*(?:\r\n|\r|\n)[ \t]*/g, '\n') : secret;
}
