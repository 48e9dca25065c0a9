// GitLab tokens: the prefix names the kind, routable ones say to whom they belong.
import type { Decoder, Facts } from './decoder.ts';

interface TokenKind {
  readonly prefix: string;
  readonly kind: string;
  readonly detail: string;
}

/** Source: GitLab documentation, “Token prefixes”. */
const KINDS: readonly TokenKind[] = [
  { prefix: 'glpat-', kind: 'personal-token', detail: 'personal, project or group access token' },
  { prefix: 'gldt-', kind: 'deploy-token', detail: 'deploy token' },
  { prefix: 'glrt-', kind: 'runner', detail: 'runner authentication token' },
  { prefix: 'glrtr-', kind: 'runner', detail: 'runner registration token' },
  { prefix: 'GR1348941', kind: 'runner', detail: 'runner registration token, legacy' },
  { prefix: 'glptt-', kind: 'trigger-token', detail: 'pipeline trigger token' },
  { prefix: 'glcbt-', kind: 'job-token', detail: 'CI/CD job token' },
  { prefix: 'gloas-', kind: 'oauth-client', detail: 'OAuth application secret' },
  { prefix: 'glsoat-', kind: 'scim-token', detail: 'SCIM token' },
  { prefix: 'glft-', kind: 'feed-token', detail: 'feed token of a user' },
  { prefix: 'glimt-', kind: 'incoming-mail-token', detail: 'incoming mail token of a user' },
  { prefix: 'glagent-', kind: 'agent', detail: 'Kubernetes agent token' },
  { prefix: 'glffct-', kind: 'feature-flag-client', detail: 'feature flag client token' },
];

export const decodeGitlab: Decoder = ({ secret }) => {
  const token = KINDS.find(({ prefix }) => secret.startsWith(prefix));
  return { kind: token?.kind, ...readRoutablePayload(secret), details: [token?.detail] };
};

/** The payload's length in two base36 digits, then seven of CRC. */
const ROUTABLE = /^([\w-]{20,400})(?:\.[0-9a-z]{2})?\.([0-9a-z]{2})[0-9a-z]{7}$/;

const ROUTING = /^[cgoput]:[0-9a-z]{1,10}(?:\n[cgoput]:[0-9a-z]{1,10}){0,5}$/;

/** Source: GitLab source code, `routable_token.rb`; its first form put the routing lines before the random bytes. */
function readRoutablePayload(secret: string): Facts {
  const token = ROUTABLE.exec(secret);
  if (!token) return {};
  const payload = Buffer.from(token[1]!.slice(-parseInt(token[2]!, 36)), 'base64url');
  const length = payload.at(-1) ?? 0;
  const end = Math.max(0, payload.length - 1 - length);
  const routing = [payload.subarray(end, -1), payload.subarray(0, end)]
    .map(String)
    .find((text) => ROUTING.test(text));
  if (routing === undefined) return {};
  const ids = new Map(routing.split('\n').map((line) => [line[0]!, parseInt(line.slice(2), 36)]));
  return {
    account: nameIds(ids, { o: 'organization', c: 'cell' }),
    subject: nameIds(ids, { g: 'group', p: 'project', u: 'user' }),
  };
}

function nameIds(
  ids: ReadonlyMap<string, number>,
  names: Readonly<Record<string, string>>,
): string | undefined {
  const named = Object.entries(names).filter(([key]) => ids.has(key));
  return named.length === 0 ? undefined : named.map(([key, name]) => `${name} ${ids.get(key)!}`).join(', ');
}
