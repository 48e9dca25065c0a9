// Numbers and bytes as text in the alphabets that tokens use: base62, base36 and base32.

/** Digits, then upper case, then lower case: the order that token formats agree on. */
const BASE62_DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

const BASE32_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** An unsigned 32-bit number in base62 (`0-9A-Za-z`), without padding. */
export function toBase62(number: number): string {
  let text = '';
  let rest = number;
  do {
    text = BASE62_DIGITS[rest % 62]! + text;
    rest = Math.floor(rest / 62);
  } while (rest > 0);
  return text;
}

/** RFC 4648 base32, upper case, without padding. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let bitCount = 0;
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xffff;
    bitCount += 8;
    while (bitCount >= 5) {
      bitCount -= 5;
      text += BASE32_DIGITS[(bits >>> bitCount) & 31]!;
    }
  }
  return bitCount === 0 ? text : text + BASE32_DIGITS[(bits << (5 - bitCount)) & 31]!;
}

/** The whole bytes that RFC 4648 base32 text holds, in either case; undefined when a character is foreign to it. */
export function decodeBase32(text: string): Buffer | undefined {
  const bytes: number[] = [];
  let bits = 0;
  let bitCount = 0;
  for (const character of text.toUpperCase()) {
    const digit = BASE32_DIGITS.indexOf(character);
    if (digit < 0) return undefined;
    bits = ((bits << 5) | digit) & 0xfff;
    bitCount += 5;
    if (bitCount < 8) continue;
    bitCount -= 8;
    bytes.push((bits >>> bitCount) & 0xff);
  }
  return Buffer.from(bytes);
}
