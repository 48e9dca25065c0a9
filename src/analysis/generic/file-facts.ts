// What a candidate's file says, read once for each text.
import { displayPath } from '../../model/blob.ts';
import type { ScannedText } from '../candidate.ts';
import { fileKind, languageOf } from '../place/file-kind.ts';
import {
  isDocumentationPath,
  isExamplePath,
  isLockFile,
  isMinifiedName,
  isTestPath,
  isTranslationPath,
  isVendored,
} from '../place/path-traits.ts';

export interface FileFacts {
  readonly kind: string;
  /** Empty for files that are no code. */
  readonly language: string;
  readonly isTest: boolean;
  readonly isExample: boolean;
  readonly isDocument: boolean;
  readonly isVendored: boolean;
  readonly isLock: boolean;
  readonly isMinified: boolean;
  readonly isTranslation: boolean;
}

const known = new WeakMap<ScannedText, FileFacts>();

export function fileFactsOf(text: ScannedText): FileFacts {
  const found = known.get(text) ?? readFacts(displayPath(text.provenance));
  known.set(text, found);
  return found;
}

/** What the path says of a file. */
export function readFacts(path: string): FileFacts {
  return {
    kind: fileKind(path),
    language: languageOf(path) ?? '',
    isTest: isTestPath(path),
    isExample: isExamplePath(path),
    isDocument: isDocumentationPath(path),
    isVendored: isVendored(path),
    isLock: isLockFile(path),
    isMinified: isMinifiedName(path),
    isTranslation: isTranslationPath(path),
  };
}
