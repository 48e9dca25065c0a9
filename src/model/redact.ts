// Hides a secret in output. Every sink shows what this returns, unless the user asked otherwise.

const HIDDEN = '********';

/**
 * Keeps the public prefix of a token (`xoxb-`) or, for a long opaque value, its first three characters.
 * Says nothing of the length. Never more than seven characters beyond the prefix survive.
 * @param publicPrefix the part of the secret that its format fixes, compared exactly
 */
export function redact(secret: string, publicPrefix = ''): string {
  if (
    publicPrefix.length > 0 &&
    secret.startsWith(publicPrefix) &&
    publicPrefix.length * 2 <= secret.length
  ) {
    return publicPrefix + HIDDEN;
  }
  const shown = secret.length >= 24 ? secret.slice(0, 3) : '';
  return escapeControls(shown) + HIDDEN;
}

/** Replaces control, bidirectional and zero-width characters by a visible escape. */
export function escapeControls(text: string): string {
  return text.replace(
    // C0 but tab, DEL, C1, soft hyphen, zero-width and bidirectional controls, line separators, BOM, annotations, tags
    /[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}
