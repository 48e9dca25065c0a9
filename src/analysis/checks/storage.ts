// A value that a manager or the environment supplies, ciphertext, or a text that only holds a credential's place.
import type { StorageState } from '../../model/finding.ts';
import type { Check } from './check.ts';

const REASONS: Readonly<Partial<Record<StorageState, string>>> = {
  'managed-reference': 'a secrets manager supplies it',
  'platform-secret': 'the platform supplies it',
  'runtime-injected': 'it is read from the environment at run time',
  federated: 'it is an identity without a stored secret',
  'encrypted-in-repo': 'it is encrypted',
};

export const isNoLiteral: Check = ({ rule, storage }) => {
  if (!storage) {
    if (rule.kind !== 'slot') return undefined;
    return { by: 'not-a-secret', because: 'it is neither a reference nor encrypted' };
  }
  const { state, manager } = storage;
  if (state === 'placeholder')
    return { by: 'placeholder', because: 'it only holds the place of a credential' };
  if (state === 'public-by-design') return { by: 'public', because: 'it is meant to be public' };
  const reason = REASONS[state];
  if (reason === undefined) return undefined;
  return { by: 'managed', because: manager === undefined ? reason : `${reason} (${manager})` };
};
