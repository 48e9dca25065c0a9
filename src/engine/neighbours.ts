// Kinds of bytes beside an atom: what may stand before and behind it is known as a set of these 32 kinds. Each letter,
// whatever its case, is a kind of its own.

const OTHERS: readonly (readonly [characters: RegExp, kind: number])[] = [
  [/[0-9]/, 26],
  [/_/, 27],
  [/[-./+~]/, 28],
  [/["'`]/, 29],
  [/[ \t\r\n]/, 30],
];
const REST = 31;

/** The kind of each byte. */
export const KINDS: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {
  const letter = (byte | 0x20) - 0x61;
  if (byte < 0x80 && letter >= 0 && letter < 26) return letter;
  const character = String.fromCharCode(byte);
  return OTHERS.find(([characters]) => characters.test(character))?.[1] ?? REST;
});

/** The kinds of the bytes of a latin1 text, one bit for each, unsigned; every kind where the text is not known. */
export function kindsOf(text: string | undefined): number {
  if (text === undefined) return 0xffffffff;
  return Buffer.from(text, 'latin1').reduce((kinds, byte) => kinds | (1 << KINDS[byte]!), 0) >>> 0;
}
