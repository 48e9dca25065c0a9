// A pattern fired: where, and on what. No judgement yet.

/** Half-open range of byte offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Codec =
  | 'base64'
  | 'gzip'
  | 'zlib'
  | 'zip'
  | 'hex'
  | 'percent'
  | 'escape'
  | 'html'
  | 'quoted-printable'
  | 'utf-16le'
  | 'utf-16be'
  | 'utf-32le'
  | 'utf-32be';

export interface Match {
  readonly ruleId: string;
  /** The whole match, in the bytes that were scanned. */
  readonly span: Span;
  /** The secret within it. For a decoded match both spans cover the encoded text. */
  readonly secretSpan: Span;
  /** The captured value, as latin1 text: one character a byte. */
  readonly secret: string;
  /** Named groups other than `secret`, as latin1 text. */
  readonly captures: Readonly<Record<string, string>>;
  /** Outermost codec first; empty for plain text. */
  readonly decodedBy: readonly Codec[];
}
