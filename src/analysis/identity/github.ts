// GitHub tokens: the prefix names the kind, fine-grained ones hold their owner, stateless ones are a JWT.
import { decodeBase32 } from '../../model/checksum/base-text.ts';
import type { Decoder, Facts } from './decoder.ts';
import { readJwt } from './jwt.ts';
import { secondsOf } from './json-object.ts';

interface TokenKind {
  readonly prefix: string;
  readonly kind: string;
  readonly detail: string;
}

/** Source: GitHub documentation, “GitHub's token formats”. */
const KINDS: readonly TokenKind[] = [
  { prefix: 'github_pat_', kind: 'personal-token', detail: 'fine-grained personal access token' },
  { prefix: 'ghp_', kind: 'personal-token', detail: 'classic personal access token' },
  { prefix: 'gho_', kind: 'oauth-token', detail: 'OAuth access token, acts for a user' },
  { prefix: 'ghu_', kind: 'user-token', detail: 'GitHub App token, acts for a user' },
  { prefix: 'ghs_', kind: 'app-installation', detail: 'GitHub App installation token' },
  { prefix: 'ghr_', kind: 'refresh-token', detail: 'GitHub App refresh token' },
];

export const decodeGithub: Decoder = ({ secret }) => {
  const token = KINDS.find(({ prefix }) => secret.startsWith(prefix));
  if (!token) return {};
  const userId = probableUserId(secret);
  return {
    kind: token.kind,
    subject: userId === undefined ? undefined : `probable user id ${userId}`,
    ...readStatelessToken(secret),
    details: [token.detail],
  };
};

/** `github_pat_11<7 characters of base32>0…`. Observed on sample tokens, not documented by GitHub: hence “probable”. */
function probableUserId(secret: string): number | undefined {
  const owner = /^github_pat_11([A-Z2-7]{7})0/.exec(secret);
  return owner ? decodeBase32(owner[1]!)?.readUInt32BE() : undefined;
}

/** `ghs_<app id>_<JWT>`, since April 2026. */
function readStatelessToken(secret: string): Facts {
  const app = /^ghs_(\d{1,12})_eyJ/.exec(secret);
  if (!app) return {};
  const claims = readJwt(secret)?.claims;
  return {
    subject: `app ${app[1]!}`,
    createdAtMs: secondsOf(claims, 'iat'),
    expiresAtMs: secondsOf(claims, 'exp'),
  };
}
