// Other ways to write a secret that a text may hold beside it: in an address, in a string, in HTML.
import { decodePercent } from './identity/url-query.ts';

/** Most secrets are written in one way only, wherever they stand. */
const PLAIN = /^[\w.~-]*$/;
/** Longer ones are not written again in another way. */
const MAX_LENGTH = 16_384;
const NONE: readonly string[] = [];

/** @returns what differs from `value` */
export function listSpellings(value: string): readonly string[] {
  if (value.length > MAX_LENGTH || PLAIN.test(value)) return NONE;
  const plain = [decodePercent(value), decodeString(value), decodeHtml(value)];
  const written = [value, ...plain].flatMap((text) => [
    text,
    encodePercent(text),
    encodeString(text),
    encodeHtml(text),
  ]);
  return [...new Set(written)].filter((text) => text !== value);
}

function encodePercent(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

function encodeString(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function decodeString(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|([nrt"'`\\/]))/g, (_, code?: string, sign = '') =>
    code === undefined ? (ESCAPES[sign] ?? sign) : String.fromCharCode(parseInt(code, 16)),
  );
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function encodeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]!);
}

function decodeHtml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replace(/&#39;|&apos;/g, "'")
    .replaceAll('&amp;', '&');
}
