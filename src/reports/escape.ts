// One escaper for each kind of sink. Names, excerpts and messages come from whoever wrote the scanned tree.
import { escapeControls } from '../model/redact.ts';

/** Breaks what the logs of CI systems take for a command: `::x::` at a line's beginning, `##[x]`, `##vso[`, `##teamcity[`. */
export function breakCommands(line: string): string {
  return line.replace(/##(?=[\w.]*\[)/g, '#\\#').replace(/^(\s*)(::|---|\+\+\+|~~~|\^\^\^)/, '$1\\$2');
}

/** One line for a terminal or a log. The caller puts something of its own before it, or passes it to `breakCommands`. */
export function escapeTerminal(text: string): string {
  return escapeControls(text).replaceAll('\t', '\\t');
}

/** Text and attribute values of XML 1.0 and HTML. Characters that XML forbids become visible escapes. */
export function escapeXml(text: string): string {
  return escapeControls(text)
    .replace(/[\uFFFE\uFFFF]|\p{Surrogate}/gu, '\uFFFD')
    .replace(/[&<>"'#\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The value after `::` of a GitHub workflow command. */
export function escapeCommandData(text: string): string {
  return escapeTerminal(text).replaceAll('%', '%25');
}

/** A property of a GitHub workflow command. */
export function escapeCommandProperty(text: string): string {
  return escapeCommandData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A quoted cell of a CSV file that no spreadsheet takes for a formula. */
export function escapeCsv(text: string): string {
  const plain = breakCommands(escapeTerminal(text));
  const inert = /^[\s'"]*[=+\-@|%\uFF1D\uFF0B\uFF0D\uFF20]/u.test(plain) ? `'${plain}` : plain;
  return `"${inert.replaceAll('"', '""')}"`;
}

/** Markdown code: links, mentions, images and HTML are inert in it. Safe within a table. */
export function escapeMarkdownCode(text: string): string {
  const plain = breakCommands(escapeTerminal(text)).replace(
    /[`|]/g,
    (it) => `\\u{${it.charCodeAt(0).toString(16)}}`,
  );
  return plain.trim() === '' ? '—' : `\`${plain}\``;
}

/** Markdown text within a line, of which only plain `https` addresses become links. */
export function escapeMarkdown(text: string): string {
  return escapeTerminal(text)
    .split(/(https:\/\/[\w.~/%&=?#+-]*[\w/])/)
    .map((part, index) => (index % 2 === 1 ? `<${part}>` : escapePlainMarkdown(part)))
    .join('');
}

function escapePlainMarkdown(text: string): string {
  return (
    text
      .replace(/[\\`*_[\]<>|~&$#]|:(?=\/\/)|(?<=www)\./gi, '\\$&')
      // What would begin a list or a rule at the beginning of a paragraph.
      .replace(/^(\s*\d*)([-+=.)])/, '$1\\$2')
      // An empty comment keeps a mention from being one; a backslash does not.
      .replaceAll('@', '@<!-- -->')
  );
}

/** A relative path as a URI reference: forward slashes stay, everything else unusual is percent-encoded. */
export function encodePath(path: string): string {
  return path
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .split('/')
    .map((segment) =>
      encodeURIComponent(segment).replace(
        /[!'()*]/g,
        (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join('/');
}

/** An address that may be written as a link. */
export function isPlainLink(url: string): boolean {
  return /^https:\/\/[\w.~/%&=?#+:-]+$/.test(url);
}
