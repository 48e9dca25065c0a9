// Google Cloud's credential files: a JSON object that names project, service account and key.
import type { Decoder, IdentityInput } from './decoder.ts';
import { findNearest } from './text-search.ts';

const FIELDS = [
  'type',
  'project_id',
  'quota_project_id',
  'client_email',
  'client_id',
  'private_key_id',
] as const;

type Field = (typeof FIELDS)[number];

// Quotes may be escaped, where the object stands in a string of another file.
const PATTERNS = Object.fromEntries(
  FIELDS.map((field) => [
    field,
    new RegExp(`"${field}\\\\{0,3}"\\s{0,8}:\\s{0,8}\\\\{0,3}"([^"\\\\\\r\\n]{1,256})`, 'g'),
  ]),
) as Record<Field, RegExp>;

/** Both kinds of file: of a service account, and of a person (`authorized_user`). */
export const decodeGcpServiceAccount: Decoder = (input) => {
  const keyId = readField(input, 'private_key_id');
  const email = readField(input, 'client_email');
  const isPerson = email === undefined && readField(input, 'type') === 'authorized_user';
  return {
    kind: isPerson ? 'user-credential' : undefined,
    account: readField(input, isPerson ? 'quota_project_id' : 'project_id') ?? projectOf(email),
    subject: email ?? readField(input, 'client_id'),
    details: [keyId === undefined ? undefined : `key id ${keyId}`],
  };
};

function readField(input: IdentityInput, field: Field): string | undefined {
  return findNearest(input, PATTERNS[field])?.[1];
}

function projectOf(email: string | undefined): string | undefined {
  return email === undefined ? undefined : /@([a-z0-9-]{1,64})\.iam\.gserviceaccount\.com$/.exec(email)?.[1];
}
