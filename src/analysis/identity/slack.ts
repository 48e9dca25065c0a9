// Slack tokens and webhooks: the letter names the kind, the numbers name workspace and user.
import type { Decoder, Facts } from './decoder.ts';

interface TokenKind {
  readonly kind: string;
  readonly detail: string;
}

/** By what follows `xox`. Source: Slack documentation, “Tokens”. */
const KINDS: Readonly<Record<string, TokenKind>> = {
  b: { kind: 'bot', detail: 'bot token' },
  p: { kind: 'user-token', detail: 'user token' },
  a: { kind: 'app-token', detail: 'legacy workspace token' },
  r: { kind: 'refresh-token', detail: 'legacy refresh token' },
  e: { kind: 'refresh-token', detail: 'refresh token' },
  o: { kind: 'app-token', detail: 'legacy token' },
  s: { kind: 'session', detail: 'legacy session token' },
  c: { kind: 'session', detail: 'browser session token' },
  d: { kind: 'session', detail: 'browser session cookie' },
};

export const decodeSlack: Decoder = ({ secret }) =>
  readToken(secret) ?? readAppToken(secret) ?? readWebhook(secret) ?? {};

function readToken(secret: string): Facts | undefined {
  const token = /^(?:xoxe\.)?xox([a-z])-(?:(\d{9,14})-)?(?:(\d{9,14})-)?/.exec(secret);
  const known = token && KINDS[token[1]!];
  if (!known) return undefined;
  const isRotated = secret.startsWith('xoxe.');
  return {
    kind: known.kind,
    account: token[2] && `workspace ${token[2]}`,
    subject: token[3] && `user ${token[3]}`,
    details: [known.detail, isRotated ? 'rotated token, expires within 12 hours' : undefined],
  };
}

function readAppToken(secret: string): Facts | undefined {
  const app = /^xapp-\d-(A[A-Z0-9]{8,12})-/.exec(secret);
  return app ? { kind: 'app-token', subject: `app ${app[1]!}`, details: ['app-level token'] } : undefined;
}

function readWebhook(secret: string): Facts | undefined {
  const hook = /\/(?:services|workflows|triggers)\/(T[A-Z0-9]{7,12})\/([AB][A-Z0-9]{7,12})?/.exec(secret);
  return hook
    ? { kind: 'webhook', account: `workspace ${hook[1]!}`, subject: hook[2], details: ['incoming webhook'] }
    : undefined;
}
