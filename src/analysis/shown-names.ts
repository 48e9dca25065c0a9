// Names that output shows: of files, refs, authors and keys. Any of them may hold a secret of the text.
import type { Provenance } from '../model/blob.ts';
import type { KnownSecrets } from './known-secrets.ts';
import { hideSecrets } from './known-secrets.ts';
import { CUT } from './structure/key-stack.ts';

/** Where a key was cut, a part of a secret may be left. */
export function hideInKeyPath(keyPath: string, known: KnownSecrets): string {
  const pieces = keyPath.split(CUT);
  const last = pieces.length - 1;
  return pieces.map((piece, index) => hideSecrets(piece, known, { isCutBehind: index < last })).join(CUT);
}

/** The provenance as it is shown: the same, but where a name in it holds a secret. */
export function hideInProvenance(provenance: Provenance, known: KnownSecrets): Provenance {
  const path = hideSecrets(provenance.path, known);
  if (provenance.kind === 'member') {
    return { ...provenance, path, container: hideInProvenance(provenance.container, known) };
  }
  if (provenance.kind !== 'commit') return { ...provenance, path };
  return { ...provenance, path, author: hideSecrets(provenance.author, known) };
}
