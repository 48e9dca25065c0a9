// File names are bytes. How they are shown to people, and how patterns, which are bytes as well, see them.

/** What a name that is shown as it is must not contain: it would read like an escaped byte. */
const LOOKS_ESCAPED = /\\x[0-9a-f]{2}/;

/**
 * The text that a name or path is shown as. UTF-8 stands as it is. In any other name the bytes beyond ASCII stand as
 * `\xNN`, and a backslash as `\x5c`, so that replacing each `\xNN` by its byte gives back the name.
 */
export function showName(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  const isUtf8 = !text.includes('\uFFFD') || Buffer.from(text, 'utf8').equals(bytes);
  if (isUtf8) return LOOKS_ESCAPED.test(text) ? text.replaceAll('\\', '\\x5c') : text;
  return bytes.toString('latin1').replace(/[\\\u0080-\u00FF]/g, escapeByte);
}

function escapeByte(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16)}`;
}

/** True where `showName` may show the name that Node decoded as `text` in another way. */
export function needsBytes(text: string): boolean {
  return text.includes('\uFFFD') || (text.includes('\\') && LOOKS_ESCAPED.test(text));
}

/** One character a byte: what git's patterns are compared with. */
export function toByteText(text: string): string {
  return /[^\u0000-\u007F]/.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
}
