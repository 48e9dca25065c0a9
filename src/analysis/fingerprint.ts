// The stable id of a finding: what the secret is and which rule found it, not where it stands.
import { createHmac } from 'node:crypto';

// A fixed key makes ids comparable between machines; it is no protection by itself. See docs/threat-model.md.
const KEY = 'nhi-scan fingerprint 1';

/** 32 hexadecimal digits of HMAC-SHA-256 over rule id and secret. Survives moves, reindents and renames. */
export function fingerprintOf(ruleId: string, secret: string): string {
  return createHmac('sha256', KEY).update(`${ruleId}\0${secret}`).digest('hex').slice(0, 32);
}
