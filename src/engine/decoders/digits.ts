// Values of the characters of base64 and hexadecimal numbers, by byte.

/** Stands for a byte that is no digit. */
export const NO_DIGIT = 255;

function createValues(alphabets: readonly string[]): Uint8Array {
  const values = new Uint8Array(256).fill(NO_DIGIT);
  for (const alphabet of alphabets) {
    for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value;
  }
  return values;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ALPHANUMERIC = `${LETTERS}${LETTERS.toLowerCase()}0123456789`;

/** Both alphabets of RFC 4648. */
export const BASE64_VALUES: Uint8Array = createValues([`${ALPHANUMERIC}+/`, `${ALPHANUMERIC}-_`]);
export const HEX_VALUES: Uint8Array = createValues(['0123456789abcdef', '0123456789ABCDEF']);

/** The number that `count` hexadecimal digits at `at` make; -1 where one of them is none, or there is none. */
export function readHex(source: Uint8Array, at: number, count: number): number {
  let number = count > 0 ? 0 : -1;
  for (let index = 0; index < count; index++) {
    const digit = HEX_VALUES[source[at + index] ?? 0]!;
    if (digit === NO_DIGIT) return -1;
    number = number * 16 + digit;
  }
  return number;
}

/** Tab, line ends and printable ASCII. */
export function isPrintable(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
