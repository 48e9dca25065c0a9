// The error for what makes a whole source fail: the scan is incomplete, never clean (exit code 3).

/** `no-git`: no program to run; `not-a-repository`: nothing to ask; `git-failed`: it failed, was killed or lied. */
export type SourceFailureKind = 'no-git' | 'not-a-repository' | 'git-failed' | 'unreadable';

export class SourceFailure extends Error {
  readonly kind: SourceFailureKind;
  /** What to do about it. */
  readonly hint: string | undefined;

  constructor(kind: SourceFailureKind, message: string, hint?: string) {
    super(message);
    this.name = 'SourceFailure';
    this.kind = kind;
    this.hint = hint;
  }
}
