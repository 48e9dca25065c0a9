// What a checksum family offers: it checks whole secrets, and completes examples of them.

export interface ChecksumFamily {
  /** One sentence that says what is computed, and the source of the fact. */
  readonly description: string;
  /** True where the issuer has documented the format, so that a failed check may drop a finding rather than lower its confidence. */
  readonly documented: boolean;
  /** True when the check characters of the whole secret fit. Never throws, on any text. */
  verify(secret: string): boolean;
  /**
   * The check characters that must follow `before`, which is the whole secret up to them, prefix included.
   * What stands behind the check characters, in formats that have such, is for the caller to append. Never throws.
   */
  complete(before: string): string;
}
