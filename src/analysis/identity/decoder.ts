// What a decoder of identities is given, and what it may say. A decoder is total: garbage in, no facts out.

export interface IdentityInput {
  /** Name of a decoder. Without one, or with one that is not known, only what the rule says is reported. */
  readonly decoder?: string;
  /** Kind of identity, by the rule. */
  readonly kind: string;
  /** Environment, where the rule itself decides it. */
  readonly environment?: string;
  readonly provider: string;
  readonly ruleId: string;
  readonly secret: string;
  /** Named groups of the match, and values of the credential's other parts. */
  readonly captures: Readonly<Record<string, string>>;
  /** The text within a few lines around the secret, the secret included, as latin1. */
  readonly context: string;
  /** Time of the scan, epoch milliseconds: analysis has no clock. */
  readonly nowMs: number;
}

/** What was read. Nothing of it may come from the part of a credential that has to stay secret. */
export interface Facts {
  readonly kind?: string | undefined;
  readonly provider?: string | undefined;
  readonly account?: string | undefined;
  readonly subject?: string | undefined;
  readonly issuer?: string | undefined;
  readonly environment?: string | undefined;
  /** Epoch milliseconds. */
  readonly createdAtMs?: number | undefined;
  /** Epoch milliseconds. */
  readonly expiresAtMs?: number | undefined;
  /** Remarks on the identity, for its note. */
  readonly details?: readonly (string | undefined)[];
  /** Remarks that bear on severity or confidence. */
  readonly notes?: readonly (string | undefined)[];
  /** Secret parts that the decoder came across: whatever holds one is not shown. */
  readonly secretParts?: readonly (string | undefined)[];
}

export type Decoder = (input: IdentityInput) => Facts;
