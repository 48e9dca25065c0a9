// The plain words for what a file system refuses.

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'there is no such file or folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENAMETOOLONG: 'its path is too long',
  EIO: 'the device reports an error',
  ESTALE: 'the file server has lost it',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files',
  EAGAIN: 'it has nothing to read at the moment',
  EBUSY: 'it is in use',
};

/** The words for the code of an error, or the code itself. */
export function explainFileError(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return WORDS[code ?? ''] ?? code ?? 'unknown error';
}
